// The list of problems: whatever is answered has its anchor on the page of the reference.
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { problemBody } from '../../src/platform/problem.ts';
import { STANDARD_PROBLEMS } from '../../src/platform/contract-problems.ts';
import { listProblems } from '../../src/pages/problem-list.ts';
import { openTestApp } from '../platform/test-app.ts';
import { openTestService } from '../platform/test-service.ts';

// Said on the command line alone.
const ON_THE_TERMINAL = [
  'client_disabled',
  'client_invalid',
  'client_unknown',
  'file_unknown',
  'import_not_done',
  'key_active',
  'key_of_an_issuer',
  'rows_refused',
];

const root = fileURLToPath(new URL('../../src', import.meta.url));
const codesInTheCode = new Set(
  globSync('**/*.ts', { cwd: root }).flatMap((path) =>
    [...readFileSync(`${root}/${path}`, 'utf8').matchAll(/new Problem\(\s*'([a-z0-9_]+)'/g)].map(([, code]) => code!),
  ),
);

await t.test('every problem that is thrown anywhere stands on the page, under the anchor its type names', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const page = await app.get('/docs', { accept: 'text/html' });
  t.ok(codesInTheCode.size > 40, `${codesInTheCode.size} codes were found`);
  const missing = [...codesInTheCode].filter((code) => !page.body.includes(`id="problem-${code}"`)).sort();
  t.same(missing, ON_THE_TERMINAL);
  for (const problem of Object.values(STANDARD_PROBLEMS)) {
    const [path, anchor] = problemBody(problem, { id: 'x' }).type.split('#');
    t.equal(path, '/docs');
    t.ok(page.body.includes(`id="${anchor}"`), anchor!);
  }
});

await t.test('each has its status, its sentence, and the remedy of its example', async (t) => {
  const content = {
    'application/problem+json': {
      examples: { odd: { value: { errors: [{ pointer: '/a', code: 'odd', detail: 'Make it even.' }] } } },
    },
  };
  const document = {
    paths: {
      '/a': { post: { responses: { 422: { $ref: '#/components/responses/Odd' } } } },
      '/b': { get: { responses: { 404: { description: '`odd`: It is odd.', content } } } },
    },
    components: { responses: { Odd: { description: '`odd`: It is odd.\n\n`even`: It is even.', content } } },
  };
  const listed = listProblems(document).find(({ code }) => code === 'odd');
  t.same(listed, { code: 'odd', statuses: [422, 404], sentence: 'It is odd.', remedy: 'Make it even.' });
});

await t.test('a document that says nothing leaves what any route can answer', async (t) => {
  const codes = listProblems({}).map(({ code }) => code);
  t.ok(codes.includes('internal') && codes.includes('method_not_allowed'));
  t.same(codes, [...codes].sort());
});
