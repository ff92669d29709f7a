// Two who were one all along: nothing is lost, nothing is there twice.
import t from 'tap';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { readStories } from '../../src/completions/read-story.ts';
import { revokeLocked } from '../../src/credentials/revoke-credential.ts';
import { lockCredential, readCredential, type StoredCredential } from '../../src/credentials/store.ts';
import { readLearner } from '../../src/learners/store.ts';
import { changeConsents } from '../../src/privacy/change-consents.ts';
import { mergeLearners } from '../../src/privacy/merge-learners.ts';
import { resumeSession } from '../../src/privacy/resume-session.ts';
import type { Service } from '../../src/platform/service.ts';
import { body, COMMONS, coreUnits, record, submission } from '../completions/submissions.ts';
import { badgeOf, issueCommons, learner, readIssued, strangerVerifies } from '../credentials/issued.ts';
import { hold, untilWaiting } from '../platform/held-transaction.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { everyTable, learnerOf, signIn } from './earner.ts';

const merge = (service: Service, from: string, into: string) =>
  service.db.transaction((tx) => mergeLearners(tx, service, from, into));
const tell = async (service: Service, account: string, ...units: string[]) => {
  const told = units.map((unit) => submission(record(unit, account, { learner: learner(account) })));
  return { told, replies: await recordCompletions(service, told) };
};

await onEachDatabase(t, 'what two completed in part together is awarded when they are one', async (t, service) => {
  await tell(service, 'ada', ...COMMONS.slice(0, 2));
  await tell(service, 'ada2', ...COMMONS.slice(2));
  const [into, from] = [(await learnerOf(service, 'ada'))!, (await learnerOf(service, 'ada2'))!];
  await merge(service, from, into);
  t.equal(await learnerOf(service, 'ada2'), into);
  const story = (await readStories(service.db.read, [into])).get(into);
  t.equal(story?.history.length, COMMONS.length);
  t.same(
    story?.standings.map((one) => one.achievement),
    ['core/commons'],
  );
  for (const [table, text] of await everyTable(service))
    t.notOk(text.includes(from), `${table} names nobody who is gone`);
});

await onEachDatabase(
  t,
  'of two badges of one achievement the younger is revoked as a duplicate',
  async (t, service) => {
    const younger = await (async () => {
      const elder = await issueCommons(service, 'ada2');
      service.clock.advance(60_000);
      return { elder, badge: await issueCommons(service, 'ada') };
    })();
    const { elder, badge } = younger;
    await merge(service, elder.learnerId, badge.learnerId);
    t.match(await readCredential(service.db.read, elder.id), { learnerId: badge.learnerId, revokedAt: null });
    t.match(await readCredential(service.db.read, badge.id), {
      revocationReason: 'duplicate',
      learnerId: badge.learnerId,
    });
    t.match((await everyTable(service)).get('public.status_bits'), new RegExp(`,${badge.statusIndex},`));
    t.ok(await strangerVerifies(service, badgeOf(await readIssued(service, elder.id))));
    const { replies } = await tell(service, 'ada', 'copyright/basics');
    t.same(body(replies[0]).awarded, [], 'and no third is awarded');
  },
);

await onEachDatabase(t, 'a replay of what was told of either is answered with who they are now', async (t, service) => {
  const { told } = await tell(service, 'ada2', 'copyright/basics');
  await tell(service, 'ada', 'copyright/global');
  const into = (await learnerOf(service, 'ada'))!;
  await merge(service, (await learnerOf(service, 'ada2'))!, into);
  const [reply] = await recordCompletions(service, told);
  t.match(body(reply), { replayed: true, learner: into, progress: [{ unitsDone: 2 }] });
});

await onEachDatabase(t, 'the last word on each consent holds, and no badge says more than it', async (t, service) => {
  const from = await issueCommons(service, 'ada2', { name: 'Ada Two', consents: { name: true, listed: true } });
  await tell(service, 'ada', 'copyright/basics');
  const into = (await learnerOf(service, 'ada'))!;
  service.clock.advance(60_000);
  await changeConsents(service, into, { name: false });
  const session = await signIn(service, from.learnerId);
  await merge(service, from.learnerId, into);
  const merged = await readLearner(service.db.read, into, null);
  t.match(merged, { name: 'Ada Two', consents: { name: { granted: false }, listed: { granted: true } } });
  t.notMatch((await readIssued(service, from.id)).json, /Ada Two/);
  t.equal(await resumeSession(service, session), into, 'who was signed in stays so');
});

await onEachDatabase(t, 'records of both that arrive while they become one are all theirs', async (t, service) => {
  await tell(service, 'ada', 'copyright/basics');
  await tell(service, 'ada2', 'copyright/global');
  const [into, from] = [(await learnerOf(service, 'ada'))!, (await learnerOf(service, 'ada2'))!];
  const { openIntake } = await import('../../src/completions/intake.ts');
  const intake = openIntake(service);
  const told = COMMONS.map((unit, n) =>
    record(unit, n % 2 ? 'ada' : 'ada2', { learner: learner(n % 2 ? 'ada' : 'ada2') }),
  );
  const replies = told.map((one) => intake.submit([submission(one)]));
  const { tryAgain } = await import('../../src/learners/try-again.ts');
  await tryAgain(() => merge(service, from, into));
  for (const reply of (await Promise.all(replies)).flat()) t.equal(body(reply).status, 'recorded');
  const story = (await readStories(service.db.read, [into])).get(into);
  t.equal(story?.history.length, COMMONS.length + 2);
  t.equal(story?.standings.filter((one) => one.revokedAt === null).length, 1);
});

await onEachDatabase(t, 'a badge that is revoked while two become one keeps its reason', async (t, service) => {
  if (service.db.kind === 'pglite') return t.comment('PGlite runs one transaction at a time');
  const elder = await issueCommons(service, 'ada2');
  service.clock.advance(60_000);
  const younger = await issueCommons(service, 'ada');
  const revoking = await hold(service, (tx) =>
    revokeLocked(tx, service, younger, 'evidence_misconduct', 'Its evidence was another’s.'),
  );
  const merged = merge(service, elder.learnerId, younger.learnerId);
  await untilWaiting(service);
  await revoking.commit();
  await merged;
  t.match(await readCredential(service.db.read, younger.id), {
    revocationReason: 'evidence_misconduct',
    revocationSentence: 'Its evidence was another’s.',
    liftedAt: null,
    learnerId: younger.learnerId,
  });
});

await onEachDatabase(
  t,
  'whoever revokes one of their badges meanwhile and they never wait crosswise',
  async (t, service) => {
    if (service.db.kind === 'pglite') return t.comment('PGlite runs one transaction at a time');
    const units = [...COMMONS, ...coreUnits().filter((unit) => /^(copyright|step\/mastery\/copyright)/.test(unit))];
    await tell(service, 'ada2', ...units);
    service.clock.advance(60_000);
    const { replies } = await tell(service, 'ada', ...units);
    const badges = replies.flatMap((reply) => body(reply).awarded.map((one) => one.credential.split('/').at(-1)!));
    t.equal(badges.length, 2);
    const [into, from] = [(await learnerOf(service, 'ada'))!, (await learnerOf(service, 'ada2'))!];
    // Of badges of one second that with the greatest id is the last that is looked at.
    const last = badges.sort().at(-1)!;
    let badge: StoredCredential | undefined;
    const revoking = await hold(service, async (tx) => (badge = await lockCredential(tx, last)));
    const merged = merge(service, from, into);
    await untilWaiting(service);
    await revoking.commit((tx) => revokeLocked(tx, service, badge!, 'holder_request', 'As its earner asked.'));
    await merged;
    t.match(await readCredential(service.db.read, last), { revocationReason: 'holder_request', learnerId: into });
    t.match(await readCredential(service.db.read, badges[0]!), { revocationReason: 'duplicate', learnerId: into });
  },
);
