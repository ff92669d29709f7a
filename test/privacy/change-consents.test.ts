// Consents are dated, can be taken back, and what is signed follows them.
import t from 'tap';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { lockLearners, readLearner } from '../../src/learners/store.ts';
import type { Tx } from '../../src/platform/database.ts';
import { changeConsents } from '../../src/privacy/change-consents.ts';
import { record, submission } from '../completions/submissions.ts';
import { badgeOf, issueCommons, learner, readIssued, strangerVerifies } from '../credentials/issued.ts';
import { openTestApp } from '../platform/test-app.ts';
import { hold, untilWaiting } from '../platform/held-transaction.ts';
import { onEachDatabase } from '../platform/test-service.ts';

await onEachDatabase(
  t,
  'a name that may be shown is signed under the same id and verifies; taken back, it goes',
  async (t, service) => {
    const badge = await issueCommons(service, 'ada', { name: 'Ada Example' });
    t.notMatch(badge.json, /Ada Example/);
    for (const name of [true, false]) {
      service.clock.advance(60_000);
      const before = badgeOf(await readIssued(service, badge.id));
      await changeConsents(service, badge.learnerId, { name });
      const issued = await readIssued(service, badge.id);
      const after = badgeOf(issued);
      t.equal(issued.json.includes('Ada Example'), name);
      t.equal(after.id, before.id);
      t.ok(after.validFrom > before.validFrom);
      t.equal(after.awardedDate, before.awardedDate);
      t.same(after.credentialStatus, before.credentialStatus);
      t.ok(await strangerVerifies(service, after));
    }
  },
);

await onEachDatabase(
  t,
  'each consent has the date it was given on; saying it again changes nothing',
  async (t, service) => {
    const badge = await issueCommons(service, 'ada', { name: 'Ada Example' });
    const { learnerId } = badge;
    const given = service.now().toISOString();
    await changeConsents(service, learnerId, { listed: true });
    service.clock.advance(60_000);
    await changeConsents(service, learnerId, { listed: true, evidence: true });
    const consents = (await readLearner(service.db.read, learnerId, null))?.consents;
    t.same(consents, {
      listed: { granted: true, at: given, by: 'earner' },
      evidence: { granted: true, at: service.now().toISOString(), by: 'earner' },
    });
    t.equal(
      (await readIssued(service, badge.id)).json,
      badge.json,
      'what is signed did not change, nor was it signed again',
    );
  },
);

await onEachDatabase(t, 'what the earner took back no platform gives again', async (t, service) => {
  const consents = { name: true, listed: true };
  const badge = await issueCommons(service, 'ada', { name: 'Ada Example', consents });
  service.clock.advance(60_000);
  await changeConsents(service, badge.learnerId, { name: false });
  const again = record('copyright/basics', 'ada', { learner: learner('ada', { consents }) });
  await recordCompletions(service, [submission(again, { mayStateConsents: true })]);
  const read = await readLearner(service.db.read, badge.learnerId, null);
  t.match(read?.consents, { name: { granted: false, by: 'earner' }, listed: { granted: true } });
});

await onEachDatabase(t, 'of a revoked badge the name goes, too, since its page is still there', async (t, service) => {
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const badge = await issueCommons(service, 'ada', { name: 'Ada Example', consents: { name: true } });
  await revokeCredential(service, badge.id, 'duplicate', 'Twice.');
  service.clock.advance(60_000);
  await changeConsents(service, badge.learnerId, { name: false });
  const page = await app.get(`/credentials/${badge.id}`, { accept: 'text/html' });
  t.notMatch(page.body, /Ada Example/);
  await changeConsents(service, badge.learnerId, { name: true });
  t.notMatch((await readIssued(service, badge.id)).json, /Ada Example/, 'and does not come back on it');
});

await onEachDatabase(t, 'a badge of this very second is changed, and valid at once', async (t, service) => {
  const badge = await issueCommons(service, 'ada', { name: 'Ada Example' });
  await changeConsents(service, badge.learnerId, { name: true });
  t.match((await readIssued(service, badge.id)).json, /Ada Example/);
  await t.rejects(changeConsents(service, badge.id, { name: true }), { code: 'learner_unknown' });
});

await onEachDatabase(
  t,
  'whoever waits in a line that becomes a circle is not the one to be told',
  async (t, service) => {
    if (service.db.kind === 'pglite') return t.comment('PGlite runs one transaction at a time');
    const [ada, bob] = [(await issueCommons(service)).learnerId, (await issueCommons(service, 'bob')).learnerId];
    const lock = (id: string) => (tx: Tx) => lockLearners(tx, [id]);
    const [one, other] = [await hold(service, lock(ada)), await hold(service, lock(bob))];
    const changed = changeConsents(service, ada, { listed: true });
    await untilWaiting(service);
    // It stands in line for Ada; behind it who holds Bob; and for Bob who holds Ada. PostgreSQL ends whoever waited for a second
    // first, which is the change; on a slow machine it may be another.
    const ended = other.commit(lock(ada));
    await untilWaiting(service, 2);
    await Promise.allSettled([ended, one.commit(lock(bob))]);
    await changed;
    t.match((await readLearner(service.db.read, ada, null))?.consents, { listed: { granted: true, by: 'earner' } });
  },
);
