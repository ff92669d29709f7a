// Starting is cheap, and what is imported the same.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const root = fileURLToPath(new URL('../..', import.meta.url));

function run(script: string, ...args: string[]): string {
  const given = ['--input-type=module', ...args, '-e', script];
  const done = spawnSync(process.execPath, given, { cwd: root, encoding: 'utf8', env: { PATH: process.env.PATH! } });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout;
}

await t.test('drizzle is the same by either way, and takes far less memory by ours', async (t) => {
  const script = `
    const names = Object.keys({ ...(await import('drizzle-orm')), ...(await import('drizzle-orm/pg-core')) }).sort();
    console.log(JSON.stringify({ names, peakMiB: process.resourceUsage().maxRSS / 1024 }));`;
  type Answer = { names: string[]; peakMiB: number };
  const plain = JSON.parse(run(script)) as Answer;
  const ours = JSON.parse(run(script, '--import=./src/platform/quick-imports.ts')) as Answer;
  t.same(ours.names, plain.names);
  t.ok(ours.peakMiB < plain.peakMiB, `${ours.peakMiB} MiB in place of ${plain.peakMiB}`);
});

await t.test('what is compiled is kept among our own files', async (t) => {
  const kept = run(
    `import { getCompileCacheDir } from 'node:module'; console.log(getCompileCacheDir());`,
    '--import=./src/platform/quick-imports.ts',
  );
  t.ok(kept.startsWith(`${root}node_modules/.cache/compiled`), kept);
});
