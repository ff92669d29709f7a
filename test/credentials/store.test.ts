// Queries on credentials: what there is of one learner, in which order, and page by page.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import {
  keepJwt,
  listCredentials,
  listSignedBy,
  lockCredential,
  markForReview,
  markReopened,
  readAward,
  readCredential,
  readStandings,
  setLifted,
  type CredentialFilter,
} from '../../src/credentials/store.ts';
import { learnersOfSources } from '../../src/learners/store.ts';
import type { Service } from '../../src/platform/service.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { MOODLE } from '../completions/submissions.ts';
import { issueCommons } from './issued.ts';

const all: CredentialFilter = { learnersOf: null, limit: 100 };
const ids = async (service: Service, filter: Partial<CredentialFilter>) =>
  (await listCredentials(service.db.read, { ...all, ...filter })).map((one) => one.id);
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

await onEachDatabase(t, 'a credential is read as it was stored, with its dates as ISO texts', async (t, service) => {
  const issued = await issueCommons(service);
  t.match(issued, {
    achievement: 'core/commons',
    visibility: 'link',
    awardedAt: ISO,
    validFrom: ISO,
    statusList: 0,
    jwt: null,
    revokedAt: null,
    reviewAt: null,
  });
  t.same(await service.db.transaction((tx) => lockCredential(tx, issued.id)), issued);
  t.match(await readAward(service.db.read, issued.awardId), {
    learnerId: issued.learnerId,
    trackVersion: '1.0',
    awardedAt: ISO,
  });
  const unknown = '11111111-1111-4111-8111-111111111111';
  t.equal(await readCredential(service.db.read, unknown), undefined);
  t.equal(await readAward(service.db.read, unknown), undefined);
});

await onEachDatabase(t, 'pages leave nothing out and repeat nothing, in the order of award', async (t, service) => {
  const issued: string[] = [];
  for (const who of ['a', 'b', 'c', 'd', 'e']) {
    issued.push((await issueCommons(service, who)).id);
    if (who !== 'b') service.clock.advance(1000);
  }
  const seen: string[] = [];
  for (let after: CredentialFilter['after'] = undefined; ;) {
    const page = await listCredentials(service.db.read, { ...all, after, limit: 2 });
    if (page.length === 0) break;
    seen.push(...page.map((one) => one.id));
    after = { awardedAt: page.at(-1)!.awardedAt, id: page.at(-1)!.id };
  }
  t.same([...seen].sort(), [...issued].sort());
  t.same(seen.slice(3), issued.slice(3), 'later awards come later');
});

await onEachDatabase(
  t,
  'filters: learner, achievement, state, and whose sources brought the learner',
  async (t, service) => {
    const [ada, bob] = [await issueCommons(service, 'ada'), await issueCommons(service, 'bob')];
    await revokeCredential(service, bob.id, 'duplicate', 'Twice.');
    await service.db.transaction((tx) => markForReview(tx, [ada.id, bob.id], 'doubtful', service.now()));
    t.same(await ids(service, { learner: ada.learnerId }), [ada.id]);
    t.same(await ids(service, { achievement: 'core/licenses' }), []);
    t.same(await ids(service, { status: 'live' }), [ada.id]);
    t.same(await ids(service, { status: 'revoked' }), [bob.id]);
    t.same(await ids(service, { status: 'review' }), [ada.id], 'a revoked badge needs no review');
    t.equal((await ids(service, { learnersOf: learnersOfSources([MOODLE]) })).length, 2);
    t.same(await ids(service, { learnersOf: learnersOfSources(['https://canvas.example.org']) }), []);
  },
);

await onEachDatabase(
  t,
  'what stands against an award is the last credential, even of two in one second',
  async (t, service) => {
    const first = await issueCommons(service);
    await revokeCredential(service, first.id, 'duplicate', 'Twice.');
    const columns = sql`learner_id, award_id, achievement, subject_id, kid, json, awarded_at, valid_from, status_list`;
    // Ids are random: one that sorts before the first, one that sorts after it.
    for (const [n, id] of ['00000000-0000-4000-8000-000000000000', 'ffffffff-ffff-4fff-bfff-ffffffffffff'].entries()) {
      service.clock.advance(10);
      await service.db.transaction((tx) =>
        tx.execute(sql`insert into credentials (id, status_index, ${columns})
          select ${id}::uuid, ${200_000 + n}::int, ${columns} from credentials where id = ${first.id}::uuid`),
      );
      t.equal((await readStandings(service.db.read, [first.learnerId])).at(-1)?.id, id);
      await service.db.transaction((tx) =>
        tx.execute(sql`update credentials set revoked_at = ${service.now().toISOString()}::timestamptz
          where id = ${id}::uuid`),
      );
      t.equal((await readStandings(service.db.read, [first.learnerId])).at(-1)?.id, id);
    }
  },
);

await onEachDatabase(t, 'only a revoked credential is reopened, and lifting it is dated once', async (t, service) => {
  const issued = await issueCommons(service);
  const change = (work: Parameters<Service['db']['transaction']>[0]) => service.db.transaction(work);
  await change((tx) => markReopened(tx, [issued.id], service.now()));
  t.equal((await readCredential(service.db.read, issued.id))?.reopenedAt, null);
  await revokeCredential(service, issued.id, 'duplicate', 'Twice.');
  await change((tx) => markReopened(tx, [issued.id], service.now()));
  await change((tx) => setLifted(tx, issued.id, service.now()));
  const { liftedAt, reopenedAt } = (await readCredential(service.db.read, issued.id))!;
  t.match({ liftedAt, reopenedAt }, { liftedAt: ISO, reopenedAt: ISO });
  service.clock.advance(1000);
  await change((tx) => setLifted(tx, issued.id, service.now()));
  t.equal((await readCredential(service.db.read, issued.id))?.liftedAt, liftedAt);
});

await onEachDatabase(t, 'a JWT is kept for the bytes it was made of, and the first stays', async (t, service) => {
  const { id, json, kid } = await issueCommons(service);
  t.equal(await keepJwt(service.db.read, id, 'other bytes', 'x.y.z', 'k1'), null);
  t.equal(await keepJwt(service.db.read, id, json, 'a.b.c', 'k1'), 'a.b.c');
  t.equal(await keepJwt(service.db.read, id, json, 'd.e.f', 'k2'), 'a.b.c');
  const first = '00000000-0000-0000-0000-000000000000';
  t.same(await listSignedBy(service.db.read, 'k1', first, 10), [id]);
  t.same(await listSignedBy(service.db.read, 'k2', first, 10), []);
  t.same(await listSignedBy(service.db.read, kid, first, 10), [id]);
  const other = await issueCommons(service, 'other');
  const all = [id, other.id].toSorted();
  t.same(await listSignedBy(service.db.read, kid, first, 1), all.slice(0, 1));
  t.same(await listSignedBy(service.db.read, kid, all[0]!, 10), all.slice(1), 'after those that were listed');
});
