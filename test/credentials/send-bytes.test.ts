// Bytes under their entity tags.
import fastify from 'fastify';
import t from 'tap';
import { sendBytes } from '../../src/credentials/send-bytes.ts';
import { etagOf } from '../../src/platform/entity-tag.ts';

void t.test('whoever has the bytes gets none', async (t) => {
  const app = fastify();
  t.teardown(() => app.close());
  app.get('/', async (request, reply) => sendBytes(request, reply, 'text', 'text/plain', etagOf('text')));
  const get = (headers: Record<string, string>) => app.inject({ url: '/', headers });
  const first = await get({});
  t.match(first, { statusCode: 200, body: 'text', headers: { 'content-type': 'text/plain; charset=utf-8' } });
  t.match(await get({ 'if-none-match': `"x", ${etagOf('text')}` }), { statusCode: 304, body: '' });
  t.match(await get({ 'if-none-match': '"x"' }), { statusCode: 200 });
});
