// Whatever may be done, at once and on two replicas: nobody is told of a fault that is ours, and when all is over what stands
// fits together. In what order things happen is left to chance; what must hold does so in every order.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { liftRevocation, moveEnrolment } from '../../src/completions/award-due.ts';
import { openIntake } from '../../src/completions/intake.ts';
import { mapActivity } from '../../src/completions/map-activity.ts';
import { listParked } from '../../src/completions/parked-store.ts';
import { resolveParked } from '../../src/completions/resolve-parked.ts';
import type { Submission } from '../../src/completions/submission.ts';
import { checkIssued } from '../../src/credentials/check-issued.ts';
import { correctCredential } from '../../src/credentials/correct-credential.ts';
import { listEndorsements } from '../../src/credentials/endorsement-store.ts';
import { issueEndorsement } from '../../src/credentials/issue-endorsement.ts';
import { credentialJwt } from '../../src/credentials/make-jwt.ts';
import { currentStatusList, renewStatusLists } from '../../src/credentials/publish-status-list.ts';
import { recoverFromCompromise } from '../../src/credentials/recover-from-compromise.ts';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { revokeEndorsement } from '../../src/credentials/revoke-endorsement.ts';
import { readBits, readSignedBits } from '../../src/credentials/status-store.ts';
import { listCredentials, type StoredCredential } from '../../src/credentials/store.ts';
import { LIST_LENGTH_BITS } from '../../src/credentials/take-status-indexes.ts';
import { RaceLost } from '../../src/learners/match-learners.ts';
import { tryAgain } from '../../src/learners/try-again.ts';
import { compromiseKey } from '../../src/platform/compromise-key.ts';
import { rows } from '../../src/platform/database.ts';
import { Problem } from '../../src/platform/problem.ts';
import { rotateKey } from '../../src/platform/rotate-key.ts';
import { changeConsents } from '../../src/privacy/change-consents.ts';
import { confirmClaim } from '../../src/privacy/confirm-claim.ts';
import { eraseLearner } from '../../src/privacy/erase-learner.ts';
import { exportLearner } from '../../src/privacy/export-learner.ts';
import { makeClaimLink } from '../../src/privacy/make-claim-link.ts';
import { mergeLearners } from '../../src/privacy/merge-learners.ts';
import { setVisibility } from '../../src/privacy/set-visibility.ts';
import { COMMONS, MOODLE, record, submission } from '../completions/submissions.ts';
import { learner } from '../credentials/issued.ts';
import { openTestService, type TestService } from '../platform/test-service.ts';
import { postgresFound } from '../platform/test-postgres.ts';

const DEEDS = 1_000;
const AT_ONCE = 12;
/** After so many deeds others come, since whoever was erased stays so. */
const GENERATION = 250;

const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(Math.random() * list.length)];
const chance = (of: number): boolean => Math.random() < of;
const NOBODY = '00000000-0000-4000-8000-000000000000';

type Deed = (service: TestService, n: number) => Promise<unknown>;

async function someone(service: TestService): Promise<string> {
  return pick(await rows<{ id: string }>(service.db.read, sql`select id from learners`))?.id ?? NOBODY;
}

function withBadge(deed: (service: TestService, badge: StoredCredential) => Promise<unknown>): Deed {
  return async (service) => {
    const badge = pick(await listCredentials(service.db.read, { learnersOf: null, limit: 500 }));
    if (badge) await deed(service, badge);
  };
}

/** Every deed with how often it comes. */
function deedsOf(services: TestService[]): [often: number, deed: Deed][] {
  const intakes = services.map((service) => openIntake(service));
  const who = (n: number): string => `${pick(['ada', 'bob', 'eve', 'dan', 'fay'])}-${Math.floor(n / GENERATION)}`;
  const tell = async (n: number, submissions: Submission[]): Promise<void> => {
    for (const reply of await intakes[n % intakes.length]!.submit(submissions))
      if ('problem' in reply) throw reply.problem;
  };
  const told = (n: number, unit: string): Submission =>
    submission(
      record(unit, who(n), {
        // Somebody's account with somebody's address: they may be one or two.
        learner: learner(who(n), { name: 'Name', ...(chance(0.3) && { consents: { name: true } }) }),
        type: chance(0.15) ? 'uncompleted' : 'completed',
      }),
      { mayStateConsents: true },
    );
  const activity = (n: number): string => `https://moodle.example.edu/mod/quiz/${n % 4}`;
  return [
    [
      12,
      (_, n) =>
        tell(
          n,
          [1, 2, 3].map(() => told(n, pick(COMMONS)!)),
        ),
    ],
    [
      8,
      (_, n) => {
        const account = who(n);
        return tell(
          n,
          COMMONS.map((unit) => submission(record(unit, account, { learner: learner(account) }))),
        );
      },
    ],
    [2, (_, n) => tell(n, [submission(record('', who(n), { activity: { id: activity(n) } }))])],
    [2, (service, n) => mapActivity(service, { source: MOODLE, activity: activity(n), unit: pick(COMMONS)! }, true)],
    [
      2,
      async (service) => {
        const [parked] = await listParked(service.db.read, { sources: null, limit: 1 });
        const decision = chance(0.5) ? { learnerId: await someone(service) } : { vouched: true };
        if (parked) await resolveParked(service, parked.id, decision, true);
      },
    ],
    [2, withBadge((service, { id }) => revokeCredential(service, id, 'issued_in_error', 'By mistake.'))],
    [2, withBadge((service, { id }) => liftRevocation(service, id, chance(0.7)))],
    [3, withBadge((service, { id }) => correctCredential(service, id, { name: 'Another' }))],
    [2, withBadge((service, { id, learnerId }) => setVisibility(service, learnerId, id, 'listed'))],
    [2, withBadge((service, badge) => credentialJwt(service, badge))],
    [2, withBadge((service, { id }) => checkIssued(service, [id]))],
    [2, async (service) => changeConsents(service, await someone(service), { name: chance(0.5), listed: true })],
    [2, async (service) => moveEnrolment(service, await someone(service), 'core', '1.0')],
    [2, async (service) => exportLearner(service, await someone(service))],
    [1, async (service) => chance(0.2) && eraseLearner(service, await someone(service))],
    [
      2,
      async (service) => {
        const [from, into] = [await someone(service), await someone(service)];
        if (from !== into) await tryAgain(() => service.db.transaction((tx) => mergeLearners(tx, service, from, into)));
      },
    ],
    [
      2,
      async (service) => {
        const { url } = await makeClaimLink(service, await someone(service), null);
        await confirmClaim(service, url.split('/').at(-1)!);
      },
    ],
    [2, (service) => issueEndorsement(service, { subject: 'https://x.example', name: 'X', comment: 'Good.' })],
    [
      2,
      async (service) => {
        const one = pick(await listEndorsements(service.db.read, 20));
        if (one) await revokeEndorsement(service, one.id);
      },
    ],
    [2, (service) => renewStatusLists(service, true)],
    [2, (service) => currentStatusList(service, 'revocation', 0)],
    [1, (service) => rotateKey(service, pick(['data-integrity', 'vc-jwt'] as const)!)],
    [
      1,
      async (service) => {
        const { kid } = service.keys.active('data-integrity');
        await compromiseKey(service, kid);
        await recoverFromCompromise(service, kid);
      },
    ],
    [2, (service) => service.keys.refresh()],
  ];
}

const isOurs = (error: unknown): boolean =>
  !(error instanceof RaceLost) && !(error instanceof Problem && error.status < 500);

await t.test('whatever is done at once fits together', { skip: !postgresFound && 'no PostgreSQL' }, async (t) => {
  const first = await openTestService('postgres');
  const second = await first.openReplica();
  t.teardown(async () => {
    await second.close();
    await first.close();
  });
  const services = [first, second];
  const bag = deedsOf(services).flatMap(([often, deed]) => Array.from({ length: often }, () => deed));
  const faults: unknown[] = [];
  let n = 0;
  async function worker(): Promise<void> {
    while (n < DEEDS) {
      const mine = n++;
      first.clock.advance(700);
      await pick(bag)!(services[mine % 2]!, mine).catch((error: unknown) => isOurs(error) && faults.push(error));
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  t.same(faults, [], 'nobody is told of a fault of ours');

  // As the job does that is sent for later, for whatever a replica signed that had not heard of it.
  await first.keys.refresh();
  const lost = first.keys.keys('data-integrity').filter((key) => key.state === 'compromised');
  for (const { kid } of lost) await recoverFromCompromise(first, kid);
  const none = async (what: string, query: ReturnType<typeof sql>): Promise<unknown> =>
    t.same(await rows(first.db.read, query), [], `there is no ${what}`);
  const ofNobody = sql`not exists (select 1 from learners l where l.id = x.learner_id)`;
  const revoked = sql`select status_list, status_index from credentials where revoked_at is not null
    union all select status_list, status_index from endorsements where revoked_at is not null`;
  const bit = sql`b.purpose = 'revocation' and b.n = r.status_list and b.index = r.status_index`;
  await none(
    'achievement that somebody has twice',
    sql`select learner_id from credentials where revoked_at is null group by learner_id, achievement having count(*) > 1`,
  );
  await none('session of nobody', sql`select 1 from sessions x where ${ofNobody}`);
  await none('completion of nobody', sql`select 1 from completions x where ${ofNobody}`);
  await none(
    'badge that says something of nobody',
    sql`select 1 from credentials x where json is not null and ${ofNobody}`,
  );
  await none(
    'record that waits for a mapping that stands',
    sql`select 1 from parked join mappings using (source, activity) where resolved_at is null and reason = 'unknown_unit'`,
  );
  await none(
    'revocation that no bit says',
    sql`select 1 from (${revoked}) r where not exists (select 1 from status_bits b where ${bit})`,
  );
  await none(
    'bit without a revocation',
    sql`select 1 from status_bits b where not exists (select 1 from (${revoked}) r where ${bit})`,
  );
  await none(
    'badge by a key that was compromised',
    sql`select 1 from credentials c join keys k on k.kid in (c.kid, c.jwt_kid)
        where k.state = 'compromised' and c.json is not null`,
  );
  await none(
    'name against its earner’s wish, or missing',
    sql`select 1 from credentials c join learners l on l.id = c.learner_id where c.json is not null and c.revoked_at is null
        and (strpos(c.json, '"identityType":"name"') > 0) <> coalesce((l.consents->'name'->>'granted')::boolean, false)`,
  );
  const bits = Buffer.alloc(LIST_LENGTH_BITS / 8);
  for (const index of await readBits(first.db.read, 'revocation', 0)) bits[index >> 3]! |= 0x80 >> (index & 7);
  t.ok((await readSignedBits(first.db.read, 'revocation', 0))?.equals(bits), 'what is signed is what stands');
});
