// Lifted revocations and moved learners: what becomes due is awarded, and nothing else is.
import t from 'tap';
import { liftRevocation, moveEnrolment } from '../../src/completions/award-due.ts';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { readEnrolments } from '../../src/completions/store.ts';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { listCredentials, readCredential } from '../../src/credentials/store.ts';
import { currentStatusList } from '../../src/credentials/publish-status-list.ts';
import { decodeBitstring } from '../../src/openbadges/status/bitstring.ts';
import { mergeLearners } from '../../src/privacy/merge-learners.ts';
import { hold, untilWaiting } from '../platform/held-transaction.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { issueCommons } from '../credentials/issued.ts';
import { body, MOODLE, record, submission } from './submissions.ts';

const UNKNOWN = '11111111-1111-4111-8111-111111111111';
const all = { learnersOf: null, limit: 10 };

await onEachDatabase(t, 'a later post alone never undoes a revocation', async (t, service) => {
  const { id } = await issueCommons(service);
  await revokeCredential(service, id, 'requirements_not_met', 'The work was not their own.');
  const [reply] = await recordCompletions(service, [submission(record('legal/marking', 'ada'))]);
  t.same(body(reply).awarded, []);
  t.equal((await listCredentials(service.db.read, all)).length, 1);
});

await onEachDatabase(
  t,
  'lifted: the next record awards anew, under a new id; the old badge stays revoked',
  async (t, service) => {
    const old = await issueCommons(service);
    await revokeCredential(service, old.id, 'issued_in_error', 'By mistake.');
    t.same(await liftRevocation(service, old.id, false), []);
    const [reply] = await recordCompletions(service, [submission(record('legal/marking', 'ada'))]);
    const [awarded] = body(reply).awarded;
    t.equal(awarded?.achievement, 'core/commons');
    t.notOk(awarded?.credential.endsWith(old.id));
    t.ok((await readCredential(service.db.read, old.id))?.revokedAt);
    const list = await currentStatusList(service, 'revocation', 0);
    const { encodedList } = (JSON.parse(list!.json) as { credentialSubject: { encodedList: string } })
      .credentialSubject;
    t.equal(decodeBitstring(encodedList, { maxBytes: 1 << 20 }).get(old.statusIndex), 1);
  },
);

await onEachDatabase(t, 'lifted and awarded at once; lifted again awards nothing more', async (t, service) => {
  const { id } = await issueCommons(service);
  await revokeCredential(service, id, 'issued_in_error', 'By mistake.');
  const issued = await liftRevocation(service, id, true);
  t.match(issued, [{ achievement: 'core/commons' }]);
  t.same(await liftRevocation(service, id, true), []);
  t.equal((await listCredentials(service.db.read, { ...all, status: 'live' })).length, 1);
});

await onEachDatabase(t, 'lifted ten times at once: one badge', async (t, service) => {
  const { id } = await issueCommons(service);
  await revokeCredential(service, id, 'issued_in_error', 'By mistake.');
  const issued = await Promise.all(Array.from({ length: 10 }, () => liftRevocation(service, id, true)));
  t.equal(issued.flat().length, 1);
});

await onEachDatabase(
  t,
  'lifted while its earner becomes one with another: awarded to whom they are',
  async (t, service) => {
    if (service.db.kind === 'pglite') return t.comment('PGlite runs one transaction at a time');
    const old = await issueCommons(service, 'ada2');
    await revokeCredential(service, old.id, 'issued_in_error', 'By mistake.');
    const [reply] = await recordCompletions(service, [submission(record('copyright/basics', 'ada'))]);
    const into = body(reply).learner!;
    const merging = await hold(service, (tx) => mergeLearners(tx, service, old.learnerId, into));
    const lifted = liftRevocation(service, old.id, true);
    await untilWaiting(service);
    await merging.commit();
    t.match(await lifted, [{ achievement: 'core/commons', learnerId: into }]);
  },
);

await onEachDatabase(t, 'revoked again after it was lifted: the second revocation stands', async (t, service) => {
  const first = await issueCommons(service);
  await revokeCredential(service, first.id, 'issued_in_error', 'By mistake.');
  const [second] = await liftRevocation(service, first.id, true);
  await revokeCredential(service, second!.credentialId, 'evidence_misconduct', 'It was not theirs.');
  const [reply] = await recordCompletions(service, [submission(record('legal/marking', 'ada'))]);
  t.same(body(reply).awarded, []);
});

await onEachDatabase(t, 'nobody lifts what befell learners whom their sources did not bring', async (t, service) => {
  const { id } = await issueCommons(service);
  await revokeCredential(service, id, 'issued_in_error', 'By mistake.');
  const foreign = liftRevocation(service, id, true, ['https://canvas.example.org']);
  await t.rejects(foreign, { code: 'credential_unknown', status: 404 });
  t.equal((await readCredential(service.db.read, id))?.liftedAt, null);
  t.equal((await liftRevocation(service, id, true, [MOODLE])).length, 1);
});

await onEachDatabase(t, 'nothing to lift: 409; nobody’s badge: 404', async (t, service) => {
  const { id } = await issueCommons(service);
  await t.rejects(liftRevocation(service, id, true), { code: 'not_revoked', status: 409 });
  await t.rejects(liftRevocation(service, UNKNOWN, true), { code: 'credential_unknown', status: 404 });
});

await onEachDatabase(t, 'a learner is moved to versions that there are, and walks that one', async (t, service) => {
  const { learnerId } = await issueCommons(service);
  t.same(await moveEnrolment(service, learnerId, 'core', '1.0'), []);
  const pinned = (await readEnrolments(service.db.read, [learnerId])).find((one) => one.trackId === 'core');
  t.equal(pinned?.version, '1.0');
  await t.rejects(moveEnrolment(service, learnerId, 'core', '9.9'), { code: 'version_unknown', status: 422 });
  await t.rejects(moveEnrolment(service, UNKNOWN, 'core', '1.0'), { code: 'learner_unknown', status: 404 });
});

await onEachDatabase(t, 'moved onto a track that is met already: its badges are awarded', async (t, service) => {
  const { learnerId, id } = await issueCommons(service);
  await revokeCredential(service, id, 'issued_in_error', 'By mistake.');
  await liftRevocation(service, id, false);
  t.match(await moveEnrolment(service, learnerId, 'core', '1.0'), [{ achievement: 'core/commons' }]);
});
