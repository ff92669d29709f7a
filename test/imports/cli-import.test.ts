// cairn import: the file, the answer, the refused rows, the exit code.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { runServiceCommand } from '../../src/commands.ts';
import { createClient } from '../../src/platform/create-client.ts';
import { COMMONS, MOODLE, record } from '../completions/submissions.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { ndjson } from './streams.ts';

const example = fileURLToPath(new URL('../../examples/import.csv', import.meta.url));
const newClient = (name: string, scopes: string[]) => ({
  ...{ name, scopes, sources: [MOODLE], trustEmail: true, mayStateConsents: false },
});

await onEachDatabase(
  t,
  'a file is imported, and the exit code says whether all of it was taken',
  async (t, service) => {
    const folder = t.testdir({});
    const file = join(folder, 'all.ndjson');
    async function run(...args: string[]): Promise<{ code: number; told: string; failed: string }> {
      let [told, failed] = ['', ''];
      const out = { write: (text: string) => void (told += text), fail: (text: string) => void (failed += text) };
      return { code: await runServiceCommand(service, ['import', ...args], out), told, failed };
    }
    writeFileSync(file, ndjson(COMMONS.map((unit, n) => record(unit, 'ada', { id: `r-${n}` }))));
    t.match(await run(file), { code: 1, failed: /none yet; see: cairn clients create/ });
    const { client } = await createClient(service, newClient('Moodle', ['completions:write']) as never);
    await createClient(service, newClient('Reader', ['completions:read']) as never);

    const dry = await run('--dry-run', file);
    t.match(JSON.parse(dry.told), { state: 'done', dryRun: true, recorded: 5, awarded: 1 });
    t.equal(dry.code, 0);
    const first = await run(file);
    t.match(first, { code: 0, failed: /reading +100 %[^]*recording 100 %  5 rows, 5 recorded, 1 badges\n$/ });
    t.match(JSON.parse(first.told), { client: client.id, state: 'done', recorded: 5, replayed: 0, awarded: 1 });
    t.match(JSON.parse((await run(file)).told), { recorded: 0, replayed: 5, awarded: 0 });

    writeFileSync(
      file,
      ndjson([record('commons/significance', 'bob'), ...Array.from({ length: 60 }, () => ({ id: 'bad' }))]),
    );
    const refused = await run(file);
    t.equal(refused.code, 1);
    t.match(
      refused.failed,
      /\nrow 2 \(bad\) \/source missing: .*[^]*… and more: --errors[^]*60 of 61 rows were refused/,
    );
    t.match(JSON.parse(refused.told), { recorded: 1, refused: 60 });
    const errors = join(folder, 'errors.ndjson');
    t.match(await run(file, '--errors', errors), { code: 1, failed: /is in .*errors\.ndjson/ });
    const lines = readFileSync(errors, 'utf8').trim().split('\n');
    t.match(JSON.parse(lines[0]!), { row: 2, recordId: 'bad', code: 'missing' });
    t.ok(lines.length >= 60);
    t.equal(statSync(errors).mode & 0o077, 0);
    t.match(await run(file, '--errors', join(folder, 'no', 'where')).catch((error: Error) => error.message), /ENOENT/);

    service.clock.advance(1);
    await createClient(service, newClient('Canvas', ['completions:write']) as never);
    t.match(await run(file), { code: 1, failed: /--client ID. There are: .* \(Moodle\), .* \(Canvas\)/ });
    t.match(await run(file, '--client', 'nobody'), { code: 1, failed: /No client nobody/ });
    t.match(await run(join(folder, 'none.csv'), '--client', client.id), { code: 1, failed: /There is no file/ });
    t.match(await run('--client', client.id), { code: 2, failed: /Which file/ });
    const columns = join(folder, 'a.csv');
    writeFileSync(columns, 'a,b\n');
    t.match(await run(columns, '--client', client.id), { code: 1, failed: /There is no such column/ });
    const shown = await run(example, '--client', client.id);
    t.match(JSON.parse(shown.told), { rows: 6, recorded: 6, refused: 0, awarded: 1 }, 'the example');
    t.equal(shown.code, 0);
  },
);
