// What a client may be given.
import t from 'tap';
import { describeClient, hashSecret, parseNewClient } from '../../src/platform/clients.ts';
import { Problem } from '../../src/platform/problem.ts';

await t.test('a description is checked, and every fault named', async (t) => {
  const client = parseNewClient({ name: ' LMS ', sources: ['https://lms.example/'], scopes: ['completions:write'] });
  t.same(client, {
    name: 'LMS',
    sources: ['https://lms.example'],
    scopes: ['completions:write'],
    trustEmail: false,
    mayStateConsents: false,
  });
  const wrong = { name: '', sources: ['lms', 'https://x.org/?a=b'], scopes: ['everything'], colour: 'red' };
  const error = await Promise.resolve(wrong)
    .then(parseNewClient)
    .catch((thrown: unknown) => thrown);
  t.ok(error instanceof Problem);
  t.same((error as Problem).errors.map(({ pointer }) => pointer).sort(), [
    '/colour',
    '/name',
    '/scopes/0',
    '/sources/0',
    '/sources/1',
  ]);
});

await t.test('a secret is kept as its hash', async (t) => {
  t.match(hashSecret('x'), /^[0-9a-f]{64}$/);
  t.not(hashSecret('x'), hashSecret('y'));
});

await t.test('an operator sees the client without any secret', async (t) => {
  const at = new Date(0);
  const shown = describeClient({
    id: 'i',
    ...parseNewClient({ name: 'a', sources: [], scopes: ['admin'] }),
    createdAt: at,
    disabledAt: null,
    secrets: 1,
  });
  t.match(shown, { id: 'i', createdAt: '1970-01-01T00:00:00.000Z', disabledAt: null, secrets: 1 });
});
