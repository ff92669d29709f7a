// Whose record is it, and what has to wait: consents and trust are the client's, never the record's.
import t from 'tap';
import { claimOf, findLearners, park, type Parking } from '../../src/completions/find-learners.ts';
import { listParked } from '../../src/completions/parked-store.ts';
import { sortSubmissions, type Sorted } from '../../src/completions/sort-submissions.ts';
import type { Submission } from '../../src/completions/submission.ts';
import { readHolders } from '../../src/learners/match-learners.ts';
import { readLearner } from '../../src/learners/store.ts';
import type { Service } from '../../src/platform/service.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { MOODLE, record, submission } from './submissions.ts';

async function find(service: Service, ...given: Submission[]): Promise<{ sorted: Sorted[]; parkings: Parking[] }> {
  return service.db.transaction(async (tx) => {
    const claims = given.map((one) => claimOf(one, service.now()));
    const sorted = await sortSubmissions(tx, given, claims);
    const holders = await readHolders(tx, claims);
    const { parked: parkings, stored } = await findLearners(tx, sorted, holders, service.now(), service.keyedHash);
    await stored;
    await park(tx, parkings, service.now());
    return { sorted, parkings };
  });
}

const account = { type: 'account' as const, homePage: MOODLE, name: 'ada' };
const consenting = { identifiers: [account], consents: { name: true, listed: false } };

await onEachDatabase(
  t,
  'consents count from a client that may state them, dated; from others they are not kept',
  async (t, service) => {
    const one = () => record('copyright/basics', 'ada', { learner: consenting });
    const { sorted } = await find(service, submission(one()));
    const read = async () => (await readLearner(service.db.read, sorted[0]!.learnerId!, null))?.consents;
    t.same(await read(), {});
    await find(service, submission(one(), { mayStateConsents: true }));
    const at = service.now().toISOString();
    t.same(await read(), { name: { granted: true, at }, listed: { granted: false, at } });
  },
);

await onEachDatabase(t, 'what is parked names its reason and makes no learner', async (t, service) => {
  const mail = { identifiers: [{ type: 'email' as const, value: 'ada@example.edu', verified: true }] };
  const { sorted, parkings } = await find(
    service,
    submission(record('un/known', 'ada')),
    submission(record('copyright/basics', '', { learner: mail }), { trustEmail: false }),
  );
  t.same(
    parkings.map(({ row }) => row.reason),
    ['unknown_unit', 'unverified_email'],
  );
  t.ok(sorted.every((each) => each.learnerId === undefined && each.answer?.status === 'parked'));
  const listed = await listParked(service.db.read, { sources: null, limit: 10 });
  t.same(listed.map((one) => one.reason).sort(), ['unknown_unit', 'unverified_email']);
  t.match(
    listed.find((one) => one.reason === 'unknown_unit'),
    { activity: 'un/known', record: { type: 'completed' } },
  );
});

await onEachDatabase(t, 'what waited before waits on under its id, not twice', async (t, service) => {
  const one = record('un/known', 'ada');
  const { parkings } = await find(service, submission(one));
  const parkedId = parkings[0]!.row.id;
  const again = await find(service, submission(one, { resolution: { parkedId } }));
  t.equal(again.parkings[0]?.again, true);
  t.same(
    (await listParked(service.db.read, { sources: null, limit: 10 })).map((each) => each.id),
    [parkedId],
  );
});

await onEachDatabase(t, 'a refused record finds and makes nobody', async (t, service) => {
  const fee = submission(record('step/core/fee', 'ada'), { mayReview: false });
  const { sorted, parkings } = await find(service, fee);
  t.equal(sorted[0]?.learnerId, undefined);
  t.same(parkings, []);
});
