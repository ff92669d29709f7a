// The heap stays near to what is alive.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const root = fileURLToPath(new URL('../..', import.meta.url));

// Half a million objects at a time grow old, and are dropped together. The first limit is V8's own, until it has looked
// through all once.
const churn = `
  import { getHeapSpaceStatistics } from 'node:v8';
  const oldBytes = () => getHeapSpaceStatistics().find((one) => one.space_name === 'old_space').space_used_size;
  const alive = Array.from({ length: 1_000_000 }, (_, n) => ({ n, text: 'kept ' + n }));
  gc();
  const aliveBytes = oldBytes();
  let most = 0;
  let kept = [];
  for (let n = 0; n < 12_000_000; n += 1) {
    kept.push({ n, text: 'record ' + n });
    if (kept.length > 500_000) kept = [];
    if (n > 4_000_000 && n % 50_000 === 0) most = Math.max(most, oldBytes());
  }
  console.log(alive.length > 0 && most / aliveBytes);`;

function timesAlive(...args: string[]): number {
  const given = ['--expose-gc', '--max-old-space-size=4096', '--input-type=module', ...args, '-e', churn];
  const ended = spawnSync(process.execPath, given, { cwd: root, encoding: 'utf8', env: { PATH: process.env.PATH! } });
  if (ended.status !== 0) throw new Error(ended.stderr);
  return Number(ended.stdout);
}

await t.test('garbage that has grown old takes less than what is alive would let it by itself', async (t) => {
  const plain = timesAlive();
  const ours = timesAlive('--import=./src/platform/heap-growth.ts');
  t.ok(ours > 1, 'something was alive');
  t.ok(ours < 0.85 * plain, `${ours} times what is alive, in place of ${plain}`);
});
