// What privacy asks of this room: everything about somebody is found, and nothing about anybody else.
import t from 'tap';
import { sql } from '../../src/platform/sql.ts';
import { listParked } from '../../src/completions/parked-store.ts';
import { deleteHistory, moveHistory, readParkedOf } from '../../src/completions/privacy-store.ts';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { readEnrolments, readPasts } from '../../src/completions/store.ts';
import type { IdentifierKey } from '../../src/learners/identifier.ts';
import { rows } from '../../src/platform/database.ts';
import type { Service } from '../../src/platform/service.ts';
import { learner } from '../credentials/issued.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { body, MOODLE, record, submission } from './submissions.ts';

const keysOf = (account: string): IdentifierKey[] => [
  { kind: 'account', authority: MOODLE, value: account },
  { kind: 'email', authority: '', value: `${account}@example.edu` },
];
const tell = (service: Service, account: string, ...units: string[]) =>
  recordCompletions(
    service,
    units.map((unit) => submission(record(unit, account, { learner: learner(account) }))),
  );

async function idOf(service: Service, account: string): Promise<string> {
  return body((await tell(service, account, 'copyright/basics'))[0]).learner!;
}

const count = async (service: Service): Promise<number> =>
  (await rows(service.db.read, sql`select 1 from receipts`)).length;

await onEachDatabase(
  t,
  'what waits is found by identifier and by candidate, and taken away with its receipts',
  async (t, service) => {
    const [ada, bob] = [await idOf(service, 'ada'), await idOf(service, 'bob')];
    await tell(service, 'ada', 'not/a-unit');
    await tell(service, 'bob', 'not/a-unit');
    const both = { identifiers: [...learner('ada').identifiers, ...learner('bob').identifiers] };
    await recordCompletions(service, [submission(record('copyright/global', '', { learner: both }))]);
    const found = await readParkedOf(service.db.read, ada, keysOf('ada'));
    t.same(found.map((one) => one.reason).sort(), ['identity_conflict', 'unknown_unit']);
    t.equal((await readParkedOf(service.db.read, ada, [])).length, 1, 'as a candidate, whatever it names');
    t.equal(await count(service), 5);
    await deleteHistory(service.db.read, ada, keysOf('ada'));
    const left = await listParked(service.db.read, { sources: null, limit: 10 });
    t.same(
      left.map((one) => one.record.learner.identifiers[0]),
      learner('bob').identifiers.slice(0, 1),
    );
    t.equal(await count(service), 2);
    const pasts = await readPasts(service.db.read, [ada, bob]);
    t.same([pasts.get(ada)?.history.length, pasts.get(bob)?.history.length], [0, 1]);
    t.same(
      (await readEnrolments(service.db.read, [ada, bob])).map((one) => one.learnerId).filter((id) => id === ada),
      [],
    );
  },
);

await onEachDatabase(t, 'moved, history, enrolments, receipts and candidacies are the other’s', async (t, service) => {
  const [ada, bob] = [await idOf(service, 'ada'), await idOf(service, 'bob')];
  const both = { identifiers: [...learner('ada').identifiers, ...learner('bob').identifiers] };
  await recordCompletions(service, [submission(record('copyright/global', '', { learner: both }))]);
  await moveHistory(service.db.read, ada, bob);
  t.equal((await readPasts(service.db.read, [bob])).get(bob)?.history.length, 2);
  t.same([...new Set((await readEnrolments(service.db.read, [ada, bob])).map((one) => one.learnerId))], [bob]);
  const [waiting] = await listParked(service.db.read, { sources: null, limit: 10 });
  t.same(waiting?.candidates, [bob]);
  const named = await rows(service.db.read, sql`select 1 from receipts where answer->>'learner' = ${ada}`);
  t.equal(named.length, 0);
});
