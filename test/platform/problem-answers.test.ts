// Everything that goes wrong, as an answer.
import t from 'tap';
import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { Problem } from '../../src/platform/problem.ts';
import { installProblems, problemOf } from '../../src/platform/problem-answers.ts';

function build() {
  const app = Fastify({ bodyLimit: 100 });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  installProblems(app, (problem) => (problem.status === 404 ? `<h1>${problem.code}</h1>` : undefined));
  const body = z.strictObject({ name: z.string(), age: z.int().optional() });
  app.post(
    '/people/:id',
    {
      schema: {
        body,
        params: z.object({ id: z.uuid() }),
        querystring: z.strictObject({ dry: z.literal('yes').optional() }),
      },
    },
    async () => 'ok',
  );
  app.get('/broken', async () => {
    throw new Error('password=hunter2');
  });
  app.get('/gone', async () => {
    throw new Problem('gone', 410, 'It was erased.', { headers: { 'x-why': 'asked' } });
  });
  app.get('/files/:name.json', async () => 'file');
  return app;
}

const person = '/people/9f1d6f0e-2c53-4f0e-9d5e-0d1b3f6f8c11';

await t.test('each fault of a request has its status, its code and its remedy', async (t) => {
  const app = build();
  t.teardown(() => app.close());
  const post = (payload: string | object, url = person, type = 'application/json') =>
    app.inject({ method: 'POST', url, headers: { 'content-type': type }, payload });
  const cases: [Awaited<ReturnType<typeof post>>, number, string][] = [
    [await post('{"name":'), 400, 'malformed_json'],
    [await post(''), 400, 'malformed_json'],
    [await post('{"__proto__":{"x":1},"name":"a"}'), 400, 'malformed_json'],
    [await post('{"constructor":{"prototype":{}},"name":"a"}'), 400, 'malformed_json'],
    [await post({ name: 'x'.repeat(200) }), 413, 'too_large'],
    [await post('<xml/>', person, 'application/xml'), 415, 'media_type'],
    [await post({ name: 5 }), 422, 'invalid'],
    [await post({ name: 'a' }, `${person}?dry=no`), 422, 'invalid'],
    [await post({ name: 'a' }, '/people/7'), 404, 'not_found'],
    [await app.inject('/nowhere'), 404, 'not_found'],
    [await app.inject(person), 405, 'method_not_allowed'],
    [await app.inject({ method: 'DELETE', url: '/files/x.json' }), 405, 'method_not_allowed'],
    [await app.inject('/gone'), 410, 'gone'],
    [await app.inject('/broken'), 500, 'internal'],
  ];
  for (const [answer, status, code] of cases) {
    t.equal(answer.statusCode, status, code);
    t.match(answer.headers['content-type'], /^application\/problem\+json/);
    t.match(answer.json(), { status, code, title: String, detail: String, instance: /^urn:uuid:/ });
  }
  t.same((await post({ age: 'old', nme: 'x' })).json<{ errors: object[] }>().errors, [
    { pointer: '/name', code: 'missing', detail: 'This is required. Give a string.' },
    { pointer: '/age', code: 'wrong_type', detail: 'Give a number.' },
    {
      pointer: '/nme',
      code: 'unknown_field',
      detail: 'There is no such field here: check its spelling, or leave it out.',
    },
  ]);
});

await t.test('405 names the methods that are possible', async (t) => {
  const app = build();
  t.teardown(() => app.close());
  t.equal((await app.inject(person)).headers.allow, 'POST');
  t.equal((await app.inject({ method: 'PUT', url: '/gone' })).headers.allow, 'GET, HEAD');
});

await t.test('a failure of ours tells nothing, and a problem brings its headers', async (t) => {
  const app = build();
  t.teardown(() => app.close());
  t.notMatch((await app.inject('/broken')).body, /hunter2/);
  t.match((await app.inject('/gone')).headers, { 'x-why': 'asked', 'cache-control': 'no-store' });
});

await t.test('a browser gets a page where there is one', async (t) => {
  const app = build();
  t.teardown(() => app.close());
  const headers = { accept: 'text/html' };
  t.match(await app.inject({ url: '/nowhere', headers }), {
    body: '<h1>not_found</h1>',
    headers: { 'content-type': /^text\/html/ },
  });
  t.match((await app.inject({ url: '/gone', headers })).headers['content-type'], /problem\+json/);
});

await t.test('whatever is thrown becomes a problem', async (t) => {
  t.match(problemOf('text'), { status: 500, code: 'internal' });
  t.match(problemOf(Object.assign(new Error('x'), { statusCode: 418 })), { status: 418, code: 'refused' });
  t.match(problemOf(undefined), { status: 500 });
});

await t.test('whoever sends too much is told how much is taken', async (t) => {
  const app = build();
  t.teardown(() => app.close());
  app.post('/many', { bodyLimit: 300 }, async () => 'ok');
  for (const [url, limit] of [
    [person, 100],
    ['/many', 300],
  ] as const) {
    const answer = await app.inject({ method: 'POST', url, payload: { name: 'x'.repeat(400) } });
    t.match(answer.json(), { code: 'too_large', detail: `at most ${limit} bytes` });
  }
});

await t.test('while the database is away any route says so, and when to come again', async (t) => {
  const app = build();
  t.teardown(() => app.close());
  app.get('/read', async () => {
    throw new Error('a query failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) });
  });
  const answer = await app.inject('/read');
  t.equal(answer.statusCode, 503);
  t.equal(answer.headers['retry-after'], '5');
  t.match(answer.json(), { code: 'unavailable', status: 503 });
  const aborted = Object.assign(new Error('aborted'), { code: 'ECONNRESET', statusCode: 400 });
  t.equal(problemOf(aborted).status, 400, 'a sender who went away is not the database');
});

await t.test('a problem bears no file name, not even one that would break the answer', async (t) => {
  const app = build();
  t.teardown(() => app.close());
  app.get<{ Params: { name: string } }>('/pictures/:name', async (request, reply) => {
    void reply.header('content-disposition', `inline; filename="${request.params.name}"`);
    throw new Problem('picture_unknown', 404, 'There is no such picture.');
  });
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  for (const name of ['%F0%9F%98%80', 'x']) {
    const answer = await fetch(`${address}/pictures/${name}`);
    t.equal(answer.headers.get('content-type'), 'application/problem+json', name);
    t.equal(answer.headers.get('content-disposition'), null);
    t.match(await answer.json(), { code: 'picture_unknown' });
  }
});
