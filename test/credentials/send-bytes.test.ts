// Bytes and their entity tags.
import fastify from 'fastify';
import t from 'tap';
import { etagOf, sendBytes } from '../../src/credentials/send-bytes.ts';

void t.test('the same bytes have the same tag, and whoever has them gets none', async (t) => {
  t.equal(etagOf('a'), etagOf(Buffer.from('a')));
  t.not(etagOf('a'), etagOf('b'));
  const app = fastify();
  t.teardown(() => app.close());
  app.get('/', async (request, reply) => sendBytes(request, reply, 'text', 'text/plain', etagOf('text')));
  const get = (headers: Record<string, string>) => app.inject({ url: '/', headers });
  const first = await get({});
  t.match(first, { statusCode: 200, body: 'text', headers: { 'content-type': 'text/plain; charset=utf-8' } });
  t.match(await get({ 'if-none-match': `"x", ${etagOf('text')}` }), { statusCode: 304, body: '' });
  t.match(await get({ 'if-none-match': '"x"' }), { statusCode: 200 });
});
