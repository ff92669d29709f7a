// The contract held: the file is what the routes draw, every body and every answer is shown by an example that fits its
// schema, and every operation says who may call it.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import t from 'tap';
import { parse } from 'yaml';
import { drawContract, writeContract } from './contract/document.ts';
import { holdTo } from './contract/hold.ts';
import { follow, operations, type Json } from './contract/operations.ts';

const file = readFileSync(new URL('../openapi.yaml', import.meta.url), 'utf8');
const document = await drawContract();
const all = operations(document);
const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema({ ...document, $id: 'contract' });

interface Shown {
  name: string;
  medium: Json;
}

const mediaOf = (name: string, content: unknown): Shown[] =>
  Object.entries((content ?? {}) as Record<string, Json>).map(([type, medium]) => ({
    name: `${name} ${type}`,
    medium,
  }));

/** Every media type of every request body and answer. */
const shown: Shown[] = all.flatMap(({ name, operation }) => [
  ...mediaOf(`${name} body`, (operation.requestBody as Json | undefined)?.content),
  ...Object.entries(operation.responses as Json).flatMap(([status, response]) =>
    mediaOf(`${name} ${status}`, follow(document, response).content),
  ),
]);

function examplesOf({ medium }: Shown): unknown[] {
  if (medium.example !== undefined) return [medium.example];
  return Object.values((medium.examples ?? {}) as Json).map((one) => follow(document, one));
}

/** The references of a schema, as references into the document that the validator knows. */
const located = (schema: unknown): object =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"contract#/components/')) as object;

await t.test('openapi.yaml is what the routes draw: run `npm run openapi` when they change', async (t) => {
  t.equal(file, await writeContract());
  t.same(parse(file), document, 'and reads back as the same document');
});

await t.test('every request body and every answer with a body has an example', async (t) => {
  for (const one of shown) t.ok(examplesOf(one).length > 0, one.name);
});

await t.test('every example fits its schema', async (t) => {
  for (const one of shown) {
    const validate = ajv.compile(located(one.medium.schema));
    for (const example of examplesOf(one)) {
      const { externalValue, value = example } = example as { externalValue?: string; value?: unknown };
      if (externalValue) continue;
      t.ok(validate(value), `${one.name} ${ajv.errorsText(validate.errors)}`);
    }
  }
});

await t.test('every problem is shown as a problem of its own status, under its code', async (t) => {
  for (const { name, operation } of all)
    for (const [status, response] of Object.entries(operation.responses as Json)) {
      const content = follow(document, response).content as Record<string, { examples: object }> | undefined;
      for (const [code, { value }] of Object.entries(content?.['application/problem+json']?.examples ?? {}))
        t.match(value, { status: Number(status), code, type: `/docs#problem-${code}` }, `${name} ${code}`);
    }
});

await t.test('every operation has a name of its own, a known tag and a summary', async (t) => {
  const tags = new Set((document.tags as { name: string }[]).map((tag) => tag.name));
  const names = all.map(({ operation }) => operation.operationId);
  t.equal(new Set(names).size, all.length);
  for (const { name, operation } of all) {
    t.match(operation.operationId, /^[a-z][A-Za-z0-9]+$/, name);
    t.ok((operation.tags as string[]).every((tag) => tags.has(tag)) && operation.summary, name);
  }
});

await t.test(
  'who may call is said of every operation, and a token is asked for on /v1 unless anybody may',
  async (t) => {
    const open = new Set(['GET /v1/catalogue', 'GET /v1/catalogue/{track}', 'POST /v1/verify']);
    const issuing = new Set(['POST /credentials/issue', 'POST /credentials/status']);
    for (const { name, operation } of all) {
      const security = operation.security as Record<string, string[]>[];
      t.ok(Array.isArray(security), name);
      const scopes = security.flatMap((one) => one.token ?? []);
      const guarded = issuing.has(name) || (name.includes(' /v1/') && !open.has(name));
      t.equal(scopes.includes('admin'), guarded, name);
      t.equal('401' in (operation.responses as Json) && scopes.length > 0, guarded, name);
    }
  },
);

await t.test('posting a completion lists every answer it can get', async (t) => {
  const statuses = (name: string) => Object.keys(all.find((one) => one.name === name)!.operation.responses as Json);
  const refusals = ['400', '401', '403', '413', '415', '422', '429', '503'];
  t.same(statuses('POST /v1/completions').sort(), ['200', '201', '202', '409', ...refusals].sort());
  t.same(statuses('POST /v1/completions/batch').sort(), ['207', ...refusals].sort());
});

await t.test('an answer may gain members, a request may not', async (t) => {
  const { operation } = all.find((one) => one.name === 'POST /v1/completions')!;
  const body = (operation.requestBody as { content: Record<string, { schema: Json }> }).content['application/json']!;
  t.equal(body.schema.additionalProperties, false);
  const answer = (operation.responses as Record<string, { content: Record<string, { schema: Json }> }>)['201']!;
  t.equal(answer.content['application/json']!.schema.additionalProperties, undefined);
});

await t.test('an answer with a member that the contract does not name fails the test that gets it', async (t) => {
  const hold = holdTo(document);
  const answered = (body: object) =>
    hold('GET', '/v1/completions', {
      statusCode: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(body),
      json: () => body,
    } as never);
  t.equal(answered({ completions: [] }), undefined);
  t.match(answered({ completions: [], secret: 'x' }), /must NOT have additional properties/);
  t.match(answered({ next: 'x' }), /must have required property 'completions'/);
});
