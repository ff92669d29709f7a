// A link is good once, for a quarter of an hour, in the right browser.
import t from 'tap';
import { sql } from '../../src/platform/sql.ts';
import { rows } from '../../src/platform/database.ts';
import { claimKind, confirmClaim } from '../../src/privacy/confirm-claim.ts';
import { insertClaim } from '../../src/privacy/store.ts';
import { hashToken } from '../../src/privacy/token.ts';
import { mergeLearners } from '../../src/privacy/merge-learners.ts';
import { eraseLearner } from '../../src/privacy/erase-learner.ts';
import { resumeSession } from '../../src/privacy/resume-session.ts';
import { readLearner } from '../../src/learners/store.ts';
import { issueCommons } from '../credentials/issued.ts';
import { holdCommits, untilWaiting } from '../platform/held-transaction.ts';
import { onEachDatabase, type TestService } from '../platform/test-service.ts';
import { learnerOf, linkToken } from './earner.ts';

await onEachDatabase(t, 'of ten who confirm one link in one instant one is let in', async (t, service) => {
  const { learnerId } = await issueCommons(service);
  const token = await linkToken(service, learnerId);
  const confirmed = await Promise.all(Array.from({ length: 10 }, () => confirmClaim(service, token)));
  t.equal(confirmed.filter((one) => one.outcome === 'signed-in').length, 1);
  t.equal(confirmed.filter((one) => one.outcome === 'unknown').length, 9);
  t.equal((await rows(service.db.read, sql`select 1 from sessions`)).length, 1);
});

await onEachDatabase(t, 'looking at a link burns nothing, however often', async (t, service) => {
  const { learnerId } = await issueCommons(service);
  const token = await linkToken(service, learnerId);
  for (let n = 0; n < 3; n += 1) t.equal(await claimKind(service, token), 'link');
  t.equal((await confirmClaim(service, token)).outcome, 'signed-in');
  t.equal(await claimKind(service, token), undefined);
});

await onEachDatabase(t, 'after 15 minutes a link is as unknown as one that never was', async (t, service) => {
  const { learnerId } = await issueCommons(service);
  const token = await linkToken(service, learnerId);
  service.clock.advance(15 * 60_000);
  t.equal(await claimKind(service, token), undefined);
  t.same(await confirmClaim(service, token), { outcome: 'unknown' });
  t.same(await confirmClaim(service, 'never-was'), { outcome: 'unknown' });
  t.same(await confirmClaim(service, hashToken(token)), { outcome: 'unknown' }, 'what is stored opens nothing');
});

async function addressToken(service: TestService, learnerId: string, email: string): Promise<string> {
  const token = `token-for-${email}`;
  const expiresAt = new Date(service.now().getTime() + 60_000);
  const id = '0d4c8a52-7f3b-4c1e-9a6d-2b8e5f7a9c10';
  await insertClaim(service.db.read, {
    ...{ id, kind: 'add-email', learnerId, email, language: 'en' },
    ...{ tokenHash: hashToken(token), askedAt: service.now(), expiresAt },
  });
  return token;
}

await onEachDatabase(t, 'an address is added only where its owner is signed in as who asked', async (t, service) => {
  const ada = (await issueCommons(service)).learnerId;
  const eve = (await issueCommons(service, 'eve')).learnerId;
  const token = await addressToken(service, eve, 'ada@example.edu');
  for (const signedIn of [undefined, ada])
    t.same(await confirmClaim(service, token, signedIn), { outcome: 'elsewhere' }, 'a click alone hands nothing over');
  t.equal(await learnerOf(service, 'ada'), ada);
  t.same(await confirmClaim(service, token, eve), { outcome: 'added', learnerId: eve }, 'and the link was not burnt');
  t.match(
    (await readLearner(service.db.read, eve, null))?.identifiers.map((one) => one.value),
    ['ada'],
  );
});

await onEachDatabase(t, 'nobody is let in as somebody who is gone at that moment', async (t, service) => {
  if (service.db.kind === 'pglite') return t.comment('PGlite runs one transaction at a time');
  const [ada, bob] = [(await issueCommons(service)).learnerId, (await issueCommons(service, 'bob')).learnerId];
  const ends = {
    merged: () => service.db.transaction((tx) => mergeLearners(tx, service, ada, bob)),
    erased: () => eraseLearner(service, bob),
  };
  for (const [end, learnerId, then] of [
    [ends.merged, ada, bob],
    [ends.erased, bob, undefined],
  ] as const) {
    const confirming = holdCommits(service);
    const confirmed = confirmClaim(confirming.service, await linkToken(service, learnerId));
    await confirming.reached;
    const ended = end();
    await untilWaiting(service);
    confirming.commit();
    const letIn = await confirmed;
    await ended;
    if (letIn.outcome !== 'signed-in') return t.fail(letIn.outcome);
    t.equal(await resumeSession(service, letIn.session), then);
  }
});
