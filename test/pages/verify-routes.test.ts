// The verify page over HTTP: text, link, JSON, JWT and pictures, without JavaScript, and nothing kept.
import t from 'tap';
import { bakeCredential } from '../../src/credentials/bake-credential.ts';
import { pictureOf } from '../../src/pages/verify-routes.ts';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { issueCommons } from '../credentials/issued.ts';
import { openTestApp } from '../platform/test-app.ts';
import { openTestService } from '../platform/test-service.ts';

const html = { accept: 'text/html' };

await t.test('a badge is verified in every form it travels in', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const issued = await issueCommons(service);
  const url = `https://badges.example.org/credentials/${issued.id}`;

  const post = async (parts: Record<string, string | Blob>) => {
    const form = new FormData();
    for (const [name, part] of Object.entries(parts))
      if (typeof part === 'string') form.set(name, part);
      else form.set(name, part, 'badge.png');
    const request = new Request('http://localhost/verify', { method: 'POST', body: form });
    return app.app.inject({
      method: 'POST',
      url: '/verify',
      headers: { ...html, 'content-type': request.headers.get('content-type')! },
      payload: Buffer.from(await request.arrayBuffer()),
    });
  };

  const linked = await app.get(`/verify?url=${encodeURIComponent(url)}`, html);
  t.equal(linked.statusCode, 200);
  t.match(linked.body, />Verified<\/h1>/);
  t.match(linked.body, new RegExp(`href="/credentials/${issued.id}"`), 'ours leads to its page');
  t.equal(linked.headers['cache-control'], 'no-store');

  for (const form of ['png', 'svg'] as const) {
    const bytes = await bakeCredential(service.workers, issued, form);
    const answer = await post({ badge: '', email: '', file: new Blob([new Uint8Array(Buffer.from(bytes))]) });
    t.match(answer.body, />Verified/, form);
    t.match(
      answer.body,
      form === 'png' ? 'src="data:image/png;base64,' : 'src="data:image/svg+xml;base64,',
      `${form} is shown as a picture alone`,
    );
  }
  t.match((await post({ badge: issued.json, email: 'ada@example.edu' })).body, /It belongs to the person you named/);
  const other = await post({ badge: issued.json, email: 'eve@example.edu' });
  t.match(other.body, />Not valid</);
  t.notMatch(other.body, /eve@example/);
  const jwt = (await app.get(`/credentials/${issued.id}.jwt`)).body;
  t.match((await post({ badge: jwt })).body, />Verified/);
  t.match((await post({ badge: issued.json.replace('"Creative', '"Destructive') })).body, />Not valid</);
  t.match((await post({ badge: 'no badge at all' })).body, />No badge found</);
  const page = (await app.get(`/credentials/${issued.id}`, html)).body;
  t.match((await post({ badge: page })).body, />Verified</, 'the source of its page');
  const pdf = (await app.get(`/credentials/${issued.id}.pdf`)).rawPayload;
  const certificate = await post({ badge: '', email: '', file: new Blob([new Uint8Array(pdf)]) });
  t.match(certificate.body, />Verified, with remarks</, 'its certificate');
  t.match(certificate.body, /pages was not checked/);

  const simple = await app.app.inject({
    method: 'POST',
    url: '/verify',
    headers: { ...html, 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ badge: url }).toString(),
  });
  t.match(simple.body, />Verified/);

  await revokeCredential(service, issued.id, 'issued_in_error', 'An error.');
  t.match((await app.get(`/verify?url=${encodeURIComponent(url)}`, html)).body, />Not valid</);

  const empty = await post({ badge: ' ' });
  t.equal(empty.statusCode, 400);
  t.match(empty.body, /role="alert"/);
  t.equal((await post({ badge: url, email: 'nonsense' })).statusCode, 400);
  t.match((await app.get('/verify', html)).body, /<form/);
});

await t.test('only pictures become pictures', async (t) => {
  t.match(pictureOf('<?xml version="1.0"?><svg>'), /^data:image\/svg\+xml;base64,/);
  t.equal(pictureOf('{"a":1}'), undefined);
  t.equal(pictureOf('<html>'), undefined);
});

await t.test('a form that is broken off is its sender’s to mend, not a failure of ours', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  for (const type of ['multipart/form-data', 'multipart/form-data; boundary=x']) {
    const headers = { ...html, 'content-type': type };
    const answer = await app.app.inject({ method: 'POST', url: '/verify', headers, payload: '--x\r\n\r\n' });
    t.equal(answer.statusCode, 400, type);
    t.match(answer.headers['content-type'], 'text/html');
  }
});
