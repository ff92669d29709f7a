// Who sees a badge, whose it is, and what is left of it when its earner goes.
import { randomUUID } from 'node:crypto';
import t from 'tap';
import {
  eraseCredentials,
  listAwardRecords,
  moveCredentials,
  putVisibility,
} from '../../src/credentials/privacy-store.ts';
import { readAward, readCredential } from '../../src/credentials/store.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { issueCommons } from './issued.ts';

await onEachDatabase(t, 'only the earner of a badge says who sees it', async (t, service) => {
  const { id, learnerId } = await issueCommons(service);
  const put = (learner: string) => service.db.transaction((tx) => putVisibility(tx, id, learner, 'private'));
  t.equal(await put(randomUUID()), false);
  t.equal((await readCredential(service.db.read, id))?.visibility, 'link');
  t.equal(await put(learnerId), true);
  t.equal((await readCredential(service.db.read, id))?.visibility, 'private');
});

await onEachDatabase(t, 'badges and award records go to whom they are given', async (t, service) => {
  const { id, learnerId } = await issueCommons(service);
  const other = randomUUID();
  await service.db.transaction((tx) => moveCredentials(tx, learnerId, other));
  t.equal((await readCredential(service.db.read, id))?.learnerId, other);
  t.equal((await listAwardRecords(service.db.read, other)).length, 1);
  t.same(await listAwardRecords(service.db.read, learnerId), []);
});

await onEachDatabase(t, 'an erased badge keeps its place in the list and nothing else', async (t, service) => {
  const before = await issueCommons(service);
  await service.db.transaction((tx) => eraseCredentials(tx, before.learnerId));
  const after = await readCredential(service.db.read, before.id);
  t.match(after, { json: null, jwt: null, statusList: before.statusList, statusIndex: before.statusIndex });
  t.not(after?.learnerId, before.learnerId);
  t.equal((await readAward(service.db.read, before.awardId))?.record, null);
});
