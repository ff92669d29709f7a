// The contract of a small app: what is drawn from its routes, and what is added.
import { serializerCompiler, validatorCompiler } from '@fastify/type-provider-zod';
import Fastify from 'fastify';
import t from 'tap';
import { z } from 'zod';
import { allow, SCOPES } from '../../src/platform/callers.ts';
import { installContract, objectWith, type RoomContract } from '../../src/platform/contract.ts';
import { Problem, PROBLEM_SCHEMA } from '../../src/platform/problem.ts';

const stone = z.object({ weight: z.int() });

async function draw(room: RoomContract): Promise<Record<string, never>> {
  const app = Fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  installContract(app, {
    ...{ publicUrl: 'https://stones.example', title: 'Stones', version: '1.0', description: 'Stones.' },
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    tags: [{ name: 'stones', description: 'Stones.' }],
    scopes: Object.fromEntries(SCOPES.map((scope) => [scope, scope])) as never,
    rooms: [room],
  });
  app.register(async (scope) => {
    const schema = { tags: ['stones'], summary: 'A stone', response: { 200: stone, 500: PROBLEM_SCHEMA } };
    const body = z.strictObject({ weight: z.int().max(9) });
    scope.put('/stones/:id', { onRequest: allow('admin', 'vc:issue'), schema: { ...schema, body } }, async () => ({
      weight: 1,
    }));
    scope.get('/stone', { schema }, async () => ({ weight: 1 }));
    scope.get('/hidden', { schema: { hide: true } }, async () => 'x');
  });
  await app.ready();
  return JSON.parse(JSON.stringify(app.swagger())) as Record<string, never>;
}

const drawn = (await draw({
  operations: {
    'PUT /stones/:id': {
      operationId: 'layStone',
      body: { example: { weight: 3 } },
      answers: {
        200: { examples: { light: { weight: 1 }, heavy: { weight: 9 } }, headers: { ETag: 'Of the stone.' } },
      },
      problems: [new Problem('stone_gone', 404, 'It rolled away.'), new Problem('taken', 409, 'It lies already.')],
    },
    'GET /stone': {
      operationId: 'readStone',
      answers: { 200: { content: { 'text/plain': { schema: { $ref: '#/components/schemas/Stone' }, example: 'o' } } } },
    },
  },
  schemas: { Stone: objectWith({ weight: { type: 'integer' } }), Unused: {} },
})) as unknown as { paths: Record<string, Record<string, never>>; components: Record<string, object> };

await t.test('who may call is read from the route itself; any one scope will do, and admin always', async (t) => {
  t.same(drawn.paths['/stones/{id}']!.put!['security'], [{ token: ['admin'] }, { token: ['vc:issue'] }]);
  t.same(drawn.paths['/stone']!.get!['security'], []);
});

await t.test('the problems of its kind stand with those of its own, and its own come first', async (t) => {
  const responses = drawn.paths['/stones/{id}']!.put!['responses'] as Record<string, never>;
  t.same(Object.keys(responses), ['200', '400', '401', '403', '404', '409', '413', '415', '422', '429', '500']);
  t.same(Object.keys(responses['404']!['content']['application/problem+json']['examples']), [
    'stone_gone',
    'not_found',
  ]);
  t.same(responses['401'], { $ref: '#/components/responses/TokenMissing' });
});

await t.test('examples and media types stand where they are shown, and headers are described', async (t) => {
  t.match(drawn.paths['/stones/{id}']!.put, {
    operationId: 'layStone',
    requestBody: { content: { 'application/json': { example: { weight: 3 } } } },
    responses: { 200: { content: { 'application/json': { examples: { heavy: { value: { weight: 9 } } } } } } },
  });
  t.match(drawn.paths['/stone']!.get, { responses: { 200: { content: { 'text/plain': { example: 'o' } } } } });
});

await t.test(
  'what a client sends is closed, what it gets is open, and limits are said where there are any',
  async (t) => {
    const { requestBody, responses } = drawn.paths['/stones/{id}']!.put as never as Record<
      string,
      Record<string, never>
    >;
    t.match(requestBody!['content']!['application/json'], {
      schema: { additionalProperties: false, properties: { weight: { maximum: 9, minimum: undefined } } },
    });
    const answer = responses![200]!['content']['application/json']['schema'] as Record<string, unknown>;
    t.equal(answer.additionalProperties, undefined);
  },
);

await t.test('hidden routes and components that nothing leads to are left out', async (t) => {
  t.same(Object.keys(drawn.paths), ['/stones/{id}', '/stone']);
  t.same(Object.keys(drawn.components.schemas!).sort(), ['Problem', 'Stone']);
});
