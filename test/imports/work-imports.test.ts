// All imports that wait are worked on, in turns, by whoever has time.
import { setTimeout } from 'node:timers/promises';
import t from 'tap';
import { readImport } from '../../src/imports/store.ts';
import { workImportJobs, workImports } from '../../src/imports/work-imports.ts';
import { record } from '../completions/submissions.ts';
import { onEachDatabase, type TestService } from '../platform/test-service.ts';
import { makeCaller, ndjson, receive } from './streams.ts';

const rowsOf = (count: number, who: string) =>
  ndjson(Array.from({ length: count }, (_, n) => record('commons/significance', `${who}-${n % 7}`)));
const read = async (service: TestService, id: string) => (await readImport(service.db.read, id))!;

await onEachDatabase(t, 'a short import does not wait for a long one', async (t, service) => {
  const long = await receive(service, await makeCaller(service), rowsOf(3500, 'long'));
  service.clock.advance(1);
  const short = await receive(service, await makeCaller(service), rowsOf(10, 'short'));
  let turns = 0;
  t.equal(await workImports(service, () => turns++ < 2), true, 'told to end, it says that something is left');
  t.match(await read(service, short.id), { state: 'done', counts: { recorded: 10 } });
  t.match(await read(service, long.id), { state: 'running', counts: { read: 1000 } });
  t.equal(await workImports(service), false);
  t.match(await read(service, long.id), { state: 'done', counts: { recorded: 3500 } });
});

await onEachDatabase(
  t,
  'one that fails is told, after the others had their turn, and goes on the next time',
  async (t, service) => {
    const caller = await makeCaller(service);
    const [first, second] = [
      await receive(service, caller, rowsOf(5, 'a')),
      await receive(service, caller, rowsOf(5, 'b')),
    ];
    let failing = true;
    const db = Object.create(service.db, {
      transaction: {
        value: async (work: (tx: never) => Promise<unknown>) =>
          service.db.transaction(async (tx) => {
            const answer = await work(tx as never);
            if (failing && (await readImport(tx, first.id))?.state === 'done')
              throw Object.assign(new Error('the disk is full'), { code: '53100' });
            return answer;
          }),
      },
    });
    const outages = { ...service, db } as TestService;
    await t.rejects(workImports(outages), /disk is full/);
    t.match([await read(service, first.id), await read(service, second.id)], [{ state: 'waiting' }, { state: 'done' }]);
    failing = false;
    await workImports(outages);
    t.match(await read(service, first.id), { state: 'done', counts: { recorded: 5 } });
  },
);

await onEachDatabase(
  t,
  'the job works on what came before the start, and on what comes after it',
  async (t, service) => {
    const caller = await makeCaller(service);
    const until = async (id: string): Promise<void> => {
      while ((await read(service, id)).state !== 'done') await setTimeout(20);
    };
    const before = await receive(service, caller, rowsOf(5, 'a'));
    await workImportJobs(service);
    await service.jobs.start();
    await until(before.id);
    const after = await receive(service, caller, rowsOf(1500, 'b'));
    await until(after.id);
    t.match(await read(service, after.id), { counts: { recorded: 1500 } });
  },
);
