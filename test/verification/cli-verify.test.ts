// The command verifies many files offline, one line each.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { recipientFrom, runVerifyCommand } from '../../src/verification/cli-verify.ts';
import { badge, ISSUER, issuerDocuments, sign } from '../openbadges/signed-badges.ts';

async function folder(t: { testdir: () => string }): Promise<string> {
  const path = t.testdir();
  await writeFile(join(path, 'good.json'), JSON.stringify(await sign(badge())));
  await writeFile(join(path, 'bad.json'), JSON.stringify({ ...(await sign(badge())), name: 'Forged' }));
  await writeFile(join(path, 'issuer.json'), JSON.stringify(issuerDocuments[ISSUER]));
  await writeFile(
    join(path, 'map.json'),
    JSON.stringify({ [ISSUER]: { file: 'issuer.json', status: 200, contentType: 'application/json' } }),
  );
  return path;
}

async function run(...args: string[]): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  return { code: await runVerifyCommand(args, (line) => lines.push(line)), lines };
}

void t.test('one JSON line a file; the exit code says whether all are good', async (t) => {
  const path = await folder(t);
  const options = ['--documents', join(path, 'map.json'), '--at', '2026-06-01T00:00:00Z', '--json'];
  const both = await run(join(path, 'good.json'), join(path, 'bad.json'), ...options);
  t.equal(both.code, 1);
  t.match(
    both.lines.map((line) => JSON.parse(line)),
    [
      { file: /good/, outcome: 'valid' },
      { file: /bad/, outcome: 'invalid' },
    ],
  );
  t.equal((await run(join(path, 'good.json'), ...options)).code, 0);
  const mismatched = await run(join(path, 'good.json'), ...options, '--recipient', 'did:example:eve');
  t.match(JSON.parse(mismatched.lines[0]!), { outcome: 'invalid' });
});

void t.test('for people: a heading and a line for each check that says something', async (t) => {
  const path = await folder(t);
  const { lines } = await run(
    join(path, 'good.json'),
    '--documents',
    join(path, 'map.json'),
    '--at',
    '2026-06-01T00:00:00Z',
  );
  t.match(lines[0], /good\.json: Valid\n.*✓ format/s);
});

void t.test('a missing file does not hide the others; a wrong command is told', async (t) => {
  const path = await folder(t);
  const { code, lines } = await run(
    join(path, 'none.json'),
    join(path, 'good.json'),
    '--documents',
    join(path, 'map.json'),
    '--at',
    '2026-06-01T00:00:00Z',
    '--json',
  );
  t.equal(code, 2);
  t.match(
    lines.map((line) => JSON.parse(line)),
    [{ error: /cannot be read/ }, { outcome: 'valid' }],
  );
  for (const args of [[], ['x', '--at', 'yesterday'], ['x', '--unheard-of'], ['x', '--documents', 'nowhere.json']])
    t.equal((await run(...args)).code, 2);
});

void t.test('a recipient by e-mail or id', async (t) => {
  t.match(recipientFrom('mailto:a@b.c'), { id: 'mailto:a@b.c', identities: [{ identifier: 'a@b.c' }] });
  t.match(recipientFrom('did:x:1'), { id: 'did:x:1', identities: [] });
  t.equal(recipientFrom(' '), undefined);
});
