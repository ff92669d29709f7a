// What privacy asks of this room.
import t from 'tap';
import {
  eraseCredentials,
  listAwardRecords,
  lockCredentialsOf,
  lockEarnerOf,
  moveCredentials,
  putVisibility,
} from '../../src/credentials/privacy-store.ts';
import { listCredentials, lockCredential, readAward, readCredential } from '../../src/credentials/store.ts';
import { hold, untilWaiting } from '../platform/held-transaction.ts';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { body, record, submission } from '../completions/submissions.ts';
import { lockLearners } from '../../src/learners/store.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { issueCommons } from './issued.ts';

const STRANGER = '0d4c8a52-7f3b-4c1e-9a6d-2b8e5f7a9c10';

await onEachDatabase(t, 'a badge is shown or hidden by whose it is', async (t, service) => {
  const badge = await issueCommons(service);
  t.equal(await putVisibility(service.db.read, badge.id, STRANGER, 'private'), false);
  t.equal((await readCredential(service.db.read, badge.id))?.visibility, 'link');
  t.equal(await putVisibility(service.db.read, badge.id, badge.learnerId, 'listed'), true);
  t.equal((await readCredential(service.db.read, badge.id))?.visibility, 'listed');
});

await onEachDatabase(t, 'moved, badge and award are the other’s as they were signed', async (t, service) => {
  const badge = await issueCommons(service);
  await moveCredentials(service.db.read, badge.learnerId, STRANGER);
  t.same(await readCredential(service.db.read, badge.id), { ...badge, learnerId: STRANGER });
  t.equal((await readAward(service.db.read, badge.awardId))?.learnerId, STRANGER);
  t.equal((await listAwardRecords(service.db.read, STRANGER)).length, 1);
});

await onEachDatabase(t, 'erased, a badge says nothing and is nobody’s; its status entry stands', async (t, service) => {
  const badge = await issueCommons(service);
  const other = await issueCommons(service, 'bob');
  await eraseCredentials(service.db.read, badge.learnerId);
  const left = await readCredential(service.db.read, badge.id);
  t.match(left, { json: null, jwt: null, subjectId: '', statusList: badge.statusList, statusIndex: badge.statusIndex });
  t.not(left?.learnerId, badge.learnerId);
  t.match(await readAward(service.db.read, badge.awardId), { record: null });
  t.same(await listAwardRecords(service.db.read, left!.learnerId), []);
  t.same(await listCredentials(service.db.read, { learner: badge.learnerId, learnersOf: null, limit: 9 }), []);
  t.equal((await readCredential(service.db.read, other.id))?.json, other.json);
});

await onEachDatabase(t, 'the earner of a badge is locked, whoever that is by then', async (t, service) => {
  const { id, learnerId } = await issueCommons(service);
  const [reply] = await recordCompletions(service, [submission(record('copyright/basics', 'bob'))]);
  const bob = body(reply).learner!;
  t.equal(await service.db.transaction((tx) => lockEarnerOf(tx, STRANGER)), undefined);
  t.equal((await service.db.transaction((tx) => lockEarnerOf(tx, id)))?.learnerId, learnerId);
  if (service.db.kind === 'pglite') return t.comment('PGlite runs one transaction at a time');
  const moving = await hold(service, async (tx) => {
    await lockLearners(tx, [learnerId]);
    await moveCredentials(tx, learnerId, bob);
  });
  let held: Awaited<ReturnType<typeof hold>> | undefined;
  const locking = (async () => {
    held = await hold(service, async (tx) => t.equal((await lockEarnerOf(tx, id))?.learnerId, bob));
  })();
  await untilWaiting(service);
  await moving.commit();
  await locking;
  const other = service.db.transaction((tx) => lockLearners(tx, [bob]));
  await untilWaiting(service);
  await held?.commit();
  t.equal((await other).length, 1, 'and another waits for them');
});

await onEachDatabase(t, 'all badges of learners are locked', async (t, service) => {
  const [ada, bob] = [await issueCommons(service), await issueCommons(service, 'bob')];
  if (service.db.kind === 'pglite') return t.comment('PGlite runs one transaction at a time');
  const locking = await hold(service, (tx) => lockCredentialsOf(tx, [ada.learnerId, bob.learnerId]));
  const others = [ada, bob].map(({ id }) => service.db.transaction((tx) => lockCredential(tx, id)));
  await untilWaiting(service, 2);
  await locking.commit();
  t.same(
    (await Promise.all(others)).map((one) => one?.id),
    [ada.id, bob.id],
  );
});
