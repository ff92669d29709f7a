// Somebody leaves: nothing personal is left in any table, no page of theirs answers, and no replay brings them back.
import t from 'tap';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { openIntake } from '../../src/completions/intake.ts';
import { mapActivity } from '../../src/completions/map-activity.ts';
import { correctCredential } from '../../src/credentials/correct-credential.ts';
import { credentialJwt } from '../../src/credentials/make-jwt.ts';
import { publishStatusList } from '../../src/credentials/publish-status-list.ts';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { setBits } from '../../src/credentials/status-store.ts';
import { readCredential } from '../../src/credentials/store.ts';
import { eraseLearner } from '../../src/privacy/erase-learner.ts';
import { setVisibility } from '../../src/privacy/set-visibility.ts';
import { requestClaim } from '../../src/privacy/request-claim.ts';
import { issueCommons, learner } from '../credentials/issued.ts';
import { body, COMMONS, MOODLE, record, submission } from '../completions/submissions.ts';
import { openTestApp } from '../platform/test-app.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { everyTable, learnerOf, signIn } from './earner.ts';

const PERSONAL = /zelda|lovelace|acct-4711/i;
const who = { name: 'Zelda Lovelace', consents: { name: true, listed: true } };
const said = (unit: string, parts = {}) =>
  submission(record(unit, 'acct-4711', { learner: learner('acct-4711', who), ...parts }), { mayStateConsents: true });

await onEachDatabase(t, 'after an erasure no table holds a personal word of theirs', async (t, service) => {
  const badge = await issueCommons(service, 'acct-4711', who);
  await credentialJwt(service, badge);
  await correctCredential(service, badge.id, { name: 'Zelda King Lovelace' });
  const id = (await learnerOf(service, 'acct-4711'))!;
  await recordCompletions(service, [
    // One waits for its unit, one for its learner, and one waited and was placed.
    said('zelda/unit', {
      learner: { identifiers: [{ type: 'email', value: 'ACCT-4711@example.edu' }], name: 'Zelda' },
    }),
    said('copyright/basics', { learner: { identifiers: [{ type: 'email', value: 'acct-4711@example.edu' }] } }),
    said('https://moodle.example.edu/zelda/quiz', { activity: { id: 'https://moodle.example.edu/lovelace/quiz' } }),
    said('copyright/global', { evidence: [{ url: 'https://zelda.example.edu/work', name: 'By Zelda' }] }),
  ]);
  await mapActivity(
    service,
    { source: MOODLE, activity: 'https://moodle.example.edu/lovelace/quiz', unit: 'copyright/other-ip' },
    false,
  );
  await requestClaim(service, { email: 'acct-4711@example.edu', language: 'en' });
  await signIn(service, id);
  const before = await everyTable(service);
  for (const table of ['learners', 'learner_identifiers', 'completions', 'parked', 'claims', 'credentials'])
    t.match(before.get(`public.${table}`), PERSONAL, `${table} holds something before`);
  await issueCommons(service, 'bob', { name: 'Bob' });

  await eraseLearner(service, id);
  for (const [table, text] of await everyTable(service)) {
    // The activity of a mapping is its platform's name for a lesson, not for a person.
    if (table !== 'public.mappings') t.notMatch(text, PERSONAL, `${table} holds nothing after`);
    t.notOk(text.includes(id), `${table} does not name the learner's id`);
  }
  t.ok(await learnerOf(service, 'bob'), 'and nobody else is gone');
  await t.rejects(eraseLearner(service, id), { code: 'learner_unknown' });
});

await onEachDatabase(t, 'the pages of an erased earner are gone, and say so', async (t, service) => {
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const badge = await issueCommons(service, 'acct-4711', who);
  const hidden = await issueCommons(service, 'acct-4712', who);
  t.match((await app.get('/recipients', { accept: 'text/html' })).body, PERSONAL);
  await setVisibility(service, hidden.learnerId, hidden.id, 'private');
  for (const account of ['acct-4711', 'acct-4712']) await eraseLearner(service, (await learnerOf(service, account))!);
  for (const form of ['', '.json', '.jwt', '.png', '.svg'])
    t.equal((await app.get(`/credentials/${badge.id}${form}`)).statusCode, 410, form);
  t.equal((await app.get(`/credentials/${badge.id}`, { accept: 'text/html' })).statusCode, 410);
  t.equal((await app.get(`/credentials/${badge.id}/preview.png`)).statusCode, 410);
  t.equal((await app.get(`/awards/${badge.awardId}`)).statusCode, 410);
  t.equal((await app.get(`/credentials/${hidden.id}`)).statusCode, 404, 'a private one goes on being unknown');
  t.notMatch((await app.get('/recipients', { accept: 'text/html' })).body, PERSONAL);
});

await onEachDatabase(t, 'status entries and bits stay, and no index is given twice', async (t, service) => {
  const badge = await issueCommons(service, 'acct-4711', who);
  await revokeCredential(service, badge.id, 'holder_request', 'Zelda asked.');
  await eraseLearner(service, badge.learnerId);
  const left = await readCredential(service.db.read, badge.id);
  t.match(left, { statusList: badge.statusList, statusIndex: badge.statusIndex, json: null, revocationSentence: null });
  t.ok(left?.revokedAt);
  await service.db.transaction((tx) => publishStatusList(tx, service, 'revocation', badge.statusList));
  const place = { purpose: 'revocation', n: badge.statusList, index: badge.statusIndex };
  await service.db.transaction((tx) => setBits(tx, [place], service.now()));
  t.match(
    (await everyTable(service)).get('public.status_bits'),
    new RegExp(`revocation,${badge.statusList},${badge.statusIndex}`),
  );
});

await onEachDatabase(
  t,
  'a replay after an erasure is acknowledged and dropped, in any disguise',
  async (t, service) => {
    const told = said('copyright/basics');
    await recordCompletions(service, [told]);
    await eraseLearner(service, (await learnerOf(service, 'acct-4711'))!);
    const kept = await everyTable(service);
    const again = [
      told,
      said('copyright/global'),
      said('not/a-unit'),
      said('copyright/global', { learner: { identifiers: [{ type: 'email', value: 'Acct-4711@EXAMPLE.edu' }] } }),
      said('copyright/global', {
        learner: {
          identifiers: [
            { type: 'account', homePage: MOODLE, name: 'new' },
            { type: 'email', value: 'acct-4711@example.edu' },
          ],
        },
      }),
    ];
    for (const reply of await recordCompletions(service, again)) {
      t.match(body(reply), { status: 'dropped', effect: 'dropped', awarded: [], progress: [] });
      t.equal('status' in reply && reply.status, 200);
    }
    t.same(await everyTable(service), kept, 'and nothing of it is written anywhere');
    const [other] = await recordCompletions(service, [submission(record('copyright/basics', 'bob'))]);
    t.equal(body(other).status, 'recorded', 'others are recorded as ever');
  },
);

await onEachDatabase(t, 'a record in flight while its learner is erased brings nobody back', async (t, service) => {
  for (let round = 0; round < 3; round += 1) {
    const account = `acct-4711-${round}`;
    const one = (unit: string) =>
      submission(record(unit, account, { learner: learner(account) }), { mayStateConsents: true });
    await recordCompletions(service, [one('copyright/basics')]);
    const id = (await learnerOf(service, account))!;
    const intakes = [openIntake(service), openIntake(service)];
    const replies = [...COMMONS, 'not/a-unit', 'nor/this'].map((unit, n) => intakes[n % 2]!.submit([one(unit)]));
    await eraseLearner(service, id);
    for (const reply of (await Promise.all(replies)).flat()) t.ok(body(reply).effect, 'each was answered');
    t.equal(await learnerOf(service, account), undefined);
    for (const [table, text] of await everyTable(service)) t.notMatch(text, new RegExp(account), table);
  }
});
