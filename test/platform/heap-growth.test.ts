// The heap stays near to what is alive, by a flag of V8. How near is measured in bench/memory.ts; what a test can hold is
// that this V8 has the flag, and that nothing is said against its value: V8 ignores flags that it does not know.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const root = fileURLToPath(new URL('../..', import.meta.url));
const file = 'src/platform/heap-growth.ts';

const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });

await t.test('V8 has the flag that is set, and takes its value', async (t) => {
  const flag = /setFlagsFromString\(`--([a-z-]+)=/.exec(readFileSync(`${root}${file}`, 'utf8'))?.[1];
  t.ok(flag);
  t.match(run('--v8-options').stdout, `--${flag}`);
  t.match(run('--input-type=module', '-e', `await import('./${file}')`), { status: 0, stderr: '' });
});

await t.test('the service sets it before anything else is loaded', async (t) => {
  const [first] = /^import .*$/m.exec(readFileSync(`${root}src/server.ts`, 'utf8')) ?? [];
  t.equal(first, "import './platform/heap-growth.ts';");
});
