// Texts that cannot be stored are named, wherever they stand.
import Fastify from 'fastify';
import t from 'tap';
import { guardTexts, textFaults } from '../../src/platform/text-guard.ts';

void t.test('NUL and lone surrogates are found in values, names and lists', async (t) => {
  t.same(
    textFaults({ a: ['ok', { b: 'x\0' }] }).map((one) => one.pointer),
    ['/a/1/b'],
  );
  t.equal(textFaults({ 'a\ud800': 1 }).length, 1);
  t.same(textFaults({ name: 'Ἀριάδνη 😀 אדה', n: 1, yes: true, nothing: null }), []);
});

void t.test('a value nested without end is refused and not followed', async (t) => {
  let deep: unknown = 'x';
  for (let n = 0; n < 100_000; n += 1) deep = [deep];
  t.equal(textFaults(deep)[0]?.code, 'too_deep');
});

void t.test('a request is refused unless its route judges its records one by one', async (t) => {
  const app = Fastify();
  guardTexts(app);
  app.post('/plain', async () => 'taken');
  app.post('/records', { config: { ownTextCheck: true } as object }, async () => 'taken');
  const payload = { name: 'a\0b' };
  t.equal((await app.inject({ method: 'POST', url: '/plain', payload })).statusCode, 422);
  t.equal((await app.inject({ method: 'POST', url: '/records', payload })).statusCode, 200);
  t.equal((await app.inject({ method: 'POST', url: '/plain?x=%00', payload: {} })).statusCode, 422);
  await app.close();
});

void t.test('a body in another encoding is refused: its letters would all become one, and be signed', async (t) => {
  const app = Fastify();
  guardTexts(app);
  app.post('/', async (request) => request.body);
  const post = (text: string, encoding: BufferEncoding) =>
    app.inject({
      method: 'POST',
      url: '/',
      headers: { 'content-type': 'application/json' },
      payload: Buffer.from(text, encoding),
    });
  const name = '{"name":"André"}';
  const refused = await post(name, 'latin1');
  t.equal(refused.statusCode, 400);
  t.match(refused.json(), { message: /UTF-8/ });
  t.equal((await post(name, 'utf16le')).statusCode, 400);
  t.same((await post(name, 'utf8')).json(), { name: 'André' });
  t.same((await post(`\ufeff${name}`, 'utf8')).json(), { name: 'André' }, 'a byte order mark is no part of it');
  t.same((await post('{"name":"\ufffd"}', 'utf8')).json(), { name: '\ufffd' }, 'the character itself is a text');
  t.equal((await post('', 'utf8')).statusCode, 400);
  t.equal((await post('{"__proto__":{}}', 'utf8')).statusCode, 400);
  await app.close();
});
