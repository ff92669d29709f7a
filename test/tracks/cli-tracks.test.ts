// The commands about tracks: what they print and which code they end with.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import core10 from '../../src/tracks/catalogue/tracks/core-1.0.json' with { type: 'json' };
import { currentTrack, TRACKS } from '../../src/tracks/catalogue.ts';
import { runTracksCommand } from '../../src/tracks/cli-tracks.ts';
import { digestOf } from '../../src/tracks/track.ts';

function run(...args: string[]): { code: number; out: string; errors: string } {
  const written = { out: '', errors: '' };
  const sink = (name: 'out' | 'errors') => ({ write: (text: string) => (written[name] += text) });
  return { code: runTracksCommand(args, sink('out'), sink('errors')), ...written };
}
function file(t: Test, content: unknown): string {
  const path = join(t.testdir(), 'track.json');
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

void t.test('list: every published version with its digest', async (t) => {
  const { code, out } = run('list');
  t.equal(code, 0);
  for (const track of TRACKS) t.match(out, `${track.id} ${track.version}  ${track.digest}`);
});

void t.test('print: the very document that is digested', async (t) => {
  for (const args of [
    ['print', 'core'],
    ['print', 'core', '1.0'],
  ]) {
    const { code, out } = run(...args);
    t.equal(code, 0);
    t.equal(digestOf(JSON.parse(out)), currentTrack('core').digest);
  }
  t.match(run('print', 'core', '0.9'), {
    code: 1,
    out: '',
    errors: /There is no track core 0\.9\. There are: core 1\.0/,
  });
});

void t.test('check: the published tracks are good, and so is a file for the next version', async (t) => {
  t.match(run('check'), { code: 0, out: /core 1\.0: good, 29 units/ });
  t.match(run('check', file(t, { ...core10, version: '1.1' })), { code: 0, out: /good, 29 units, sha256-/ });
});

void t.test('check: faults with their pointers, bad JSON and missing files end with 1', async (t) => {
  t.match(run('check', file(t, { ...core10, version: 'one', title: '' })), {
    code: 1,
    errors: /\/version: must be like 1\.0\n/,
  });
  t.match(run('check', file(t, '{')), { code: 1, errors: /JSON/ });
  t.match(run('check', join(t.testdir(), 'missing.json')), { code: 1, errors: /ENOENT/ });
});

void t.test('check: other content under a published version is refused', async (t) => {
  t.match(run('check', file(t, { ...core10, audience: 'Everybody.' })), {
    code: 1,
    errors: /published with other content/,
  });
  t.match(run('check', file(t, core10)), { code: 0 });
});

void t.test('what is not understood ends with 2 and the usage', async (t) => {
  for (const args of [[], ['paint'], ['print'], ['list', 'core'], ['print', 'core', '1.0', 'please']])
    t.match(run(...args), { code: 2, out: '', errors: /Usage:/ }, args.join(' '));
});
