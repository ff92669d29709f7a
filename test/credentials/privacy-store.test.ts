// What privacy asks of this room.
import t from 'tap';
import {
  eraseCredentials,
  listAwardRecords,
  moveCredentials,
  putVisibility,
} from '../../src/credentials/privacy-store.ts';
import { listCredentials, readAward, readCredential } from '../../src/credentials/store.ts';
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
