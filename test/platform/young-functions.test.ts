// The functions of the PostgreSQL client are young where they are made for each query; V8 itself is asked
// (`%InYoungGeneration`, a runtime function of its own tests).
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { withYoungFunctions } from '../../src/platform/young-functions.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Whether the functions that a query is made with are young, in a process of its own. */
function areYoung(prelude: string): unknown {
  const script = `
    ${prelude}
    const { default: postgres } = await import('postgres');
    const sql = postgres({ host: '/nowhere', types: { bigint: postgres.BigInt } });
    const query = sql.unsafe('select 1');
    console.log(JSON.stringify([query.resolve, query.reject, sql.typed.bigint].map((one) => %InYoungGeneration(one))));`;
  const args = ['--allow-natives-syntax', '--input-type=module', '-e', script];
  const done = spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(done.stdout);
}

await t.test('a query leaves no function to the old generation', async (t) => {
  const ours = `await (await import('./src/platform/young-functions.ts')).loadPostgres();`;
  t.same(areYoung(ours), [true, true, true]);
});

await t.test('which it would by itself: else this file has had its day', async (t) => {
  t.same(areYoung(''), [false, false, false]);
});

await t.test('the service loads the client like that before any other module could', async (t) => {
  const lines = readFileSync(`${root}src/server.ts`, 'utf8').split('\n');
  const loaded = lines.filter((line) => /import\b/.test(line)).map((line) => /'(.*)'/.exec(line)?.[1]);
  const first = ['./platform/heap-growth.ts', './platform/quick-imports.ts', './platform/young-functions.ts'];
  t.same(loaded, [...first, './start-service.ts']);
  const at = lines.indexOf('await loadPostgres();');
  t.ok(at > 0 && at < lines.findIndex((line) => line.includes(`import('./start-service.ts')`)));
});

await t.test('only functions that a member is set to are written otherwise, and end where they ended', async (t) => {
  const before = `
    this.resolve = x => (this.active = false, resolve(x))
      c.reserved = () => queries.length
        ? c.execute(queries.shift())
        : move(c, reserved)
    queue === open
      ? c.idleTimer.start()
      : c.idleTimer.cancel()
    acc[name] = (x) => new Parameter(x)
    sql.release = () => {
      c.reserved = null
    }
    const keep = (x) => x
    sql.savepoint = savepoint
`;
  const after = `
    this.resolve = (0, x => (this.active = false, resolve(x)))
      c.reserved = (0, () => queries.length
        ? c.execute(queries.shift())
        : move(c, reserved))
    queue === open
      ? c.idleTimer.start()
      : c.idleTimer.cancel()
    acc[name] = (0, (x) => new Parameter(x))
    sql.release = () => {
      c.reserved = null
    }
    const keep = (x) => x
    sql.savepoint = savepoint
`;
  t.equal(withYoungFunctions(before), after);
});
