// Addresses that the router cannot read.
import t from 'tap';
import { readableUrl, SEGMENT_LENGTH_MAX } from '../../src/platform/readable-url.ts';
import { openTestApp } from './test-app.ts';
import { openTestService } from './test-service.ts';

await t.test('what can be read stays as it is', async (t) => {
  for (const url of [
    '/',
    '/credentials/1?a=%ff',
    '/a%20b',
    '/%D9%85',
    `/${'x'.repeat(SEGMENT_LENGTH_MAX)}?${'y'.repeat(900)}`,
  ])
    t.equal(readableUrl(url), url);
});

await t.test('what cannot be read is nowhere, in the shape of every other answer', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  for (const url of ['/credentials/%ff', '/%', '/claim/%c3%28', `/credentials/${'x'.repeat(SEGMENT_LENGTH_MAX + 1)}`]) {
    const answer = await app.app.inject({ url });
    t.equal(answer.statusCode, 404, url);
    t.match(answer.json<object>(), { code: 'not_found' });
    t.match(answer.headers, { 'x-content-type-options': 'nosniff', 'content-security-policy': /default-src 'none'/ });
    const page = await app.app.inject({ url, headers: { accept: 'text/html' } });
    t.equal(page.statusCode, 404);
    t.match(page.body, /There is nothing here/);
    t.notMatch(page.body, /%ff|xxxx/);
  }
});
