// The reference, drawn from an OpenAPI document by our own templates.
import t from 'tap';
import { docsGroupPage, docsPage, operationsOf } from '../../src/pages/docs-page.ts';
import { wordsOf } from '../../src/pages/words.ts';
import { HOSTILE } from './badge-for-pages.ts';

const document = {
  openapi: '3.1.0',
  tags: [{ name: 'completions', description: 'What was done' }],
  paths: {
    '/v1/completions': {
      post: {
        tags: ['completions'],
        summary: 'Report one',
        description: HOSTILE,
        security: [{ token: ['completions:write'] }],
        parameters: [{ name: 'strict', in: 'query', required: true, schema: { description: 'Be strict' } }],
        requestBody: {
          content: {
            'application/json': {
              schema: { type: 'object', properties: { id: { type: 'string', description: 'Yours' } } },
              example: { id: 'a' },
            },
          },
        },
        responses: {
          201: { description: 'New', content: { 'application/json': { example: { ok: true } } } },
          422: { description: 'Not wanted' },
        },
      },
    },
    '/healthz': { get: { summary: 'Alive?', responses: { 200: { description: 'Yes' } } } },
  },
};

await t.test('every operation is listed and leads to its group', async (t) => {
  const { text } = docsPage(document, 'https://badges.example.org', wordsOf('en')).body;
  for (const { id, tag } of operationsOf(document)) t.ok(text.includes(`href="/docs/${tag}#${id}"`), id);
  t.match(text, /https:\/\/badges\.example\.org\/oauth\/token/);
});

await t.test('an operation says scopes, parameters, body, answers and examples; hostile texts are text', async (t) => {
  const { text } = docsGroupPage(document, 'completions', wordsOf('en'))!.body;
  for (const part of ['completions:write', 'Be strict', 'Yours', '201', '422', 'Not wanted', '&#34;ok&#34;: true'])
    t.ok(text.includes(part), part);
  t.notMatch(text, /<script/);
});

await t.test('a group that is not there is not there', async (t) => {
  t.equal(docsGroupPage(document, 'nothing', wordsOf('en')), undefined);
});
