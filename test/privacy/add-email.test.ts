// A second address, proved by its own link.
import t from 'tap';
import { sql } from '../../src/platform/sql.ts';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { readLearner } from '../../src/learners/store.ts';
import { rows } from '../../src/platform/database.ts';
import { addEmail } from '../../src/privacy/add-email.ts';
import { eraseLearner } from '../../src/privacy/erase-learner.ts';
import { mailClaim } from '../../src/privacy/mail-claim.ts';
import { requestClaim } from '../../src/privacy/request-claim.ts';
import { body, MOODLE, record, submission } from '../completions/submissions.ts';
import { issueCommons, learner } from '../credentials/issued.ts';
import { onEachDatabase, type TestService } from '../platform/test-service.ts';
import { learnerOf } from './earner.ts';

const add = (service: TestService, learnerId: string, email: string) =>
  service.db.transaction((tx) => addEmail(tx, service, learnerId, email));
const byMail = (email: string) =>
  record('copyright/basics', '', { learner: { identifiers: [{ type: 'email', value: email, verified: true }] } });

await onEachDatabase(
  t,
  'a record under the second address is theirs, and no platform reads that address',
  async (t, service) => {
    const { learnerId } = await issueCommons(service);
    await add(service, learnerId, 'ada@home.example');
    const [reply] = await recordCompletions(service, [submission(byMail('Ada@home.example'))]);
    t.equal(body(reply).learner, learnerId);
    const read = await readLearner(service.db.read, learnerId, [MOODLE]);
    t.same(
      read?.identifiers.filter((one) => one.value === 'ada@home.example').map((one) => one.source),
      ['https://badges.example.org'],
    );
    await add(service, learnerId, 'ada@home.example');
  },
);

await onEachDatabase(t, 'an address of another learner makes the two one', async (t, service) => {
  const { learnerId } = await issueCommons(service);
  const other = await issueCommons(service, 'ada2');
  await add(service, learnerId, 'ada2@example.edu');
  t.equal(await learnerOf(service, 'ada2'), learnerId);
  t.equal(await readLearner(service.db.read, other.learnerId, null), undefined);
});

await onEachDatabase(t, 'an address that was erased and is proved anew counts again', async (t, service) => {
  const gone = await issueCommons(service, 'old');
  const { learnerId } = await issueCommons(service);
  await eraseLearner(service, gone.learnerId);
  const tell = async () => body((await recordCompletions(service, [submission(byMail('old@example.edu'))]))[0]);
  t.equal((await tell()).status, 'dropped');
  await add(service, learnerId, 'old@example.edu');
  t.equal((await tell()).learner, learnerId);
  const both = record('copyright/global', 'old', { learner: learner('old') });
  const [reply] = await recordCompletions(service, [submission(both)]);
  t.equal(body(reply).status, 'dropped', 'with an account that was erased, which nobody can prove');
});

await onEachDatabase(t, 'an erased address is asked for in vain, and nobody can tell', async (t, service) => {
  const gone = await issueCommons(service, 'old');
  await eraseLearner(service, gone.learnerId);
  await requestClaim(service, { email: 'old@example.edu', language: 'en' });
  const [claim] = await rows<{ id: string }>(service.db.read, sql`select id from claims`);
  const sent: string[] = [];
  const mail = { configured: true, close() {}, send: async ({ to }: { to: string }) => void sent.push(to) };
  await mailClaim({ ...service, mail }, claim!.id, () => ({ subject: '', text: '', html: '' }));
  t.same(sent, []);
  t.same(await rows(service.db.read, sql`select 1 from claims`), [], 'and the address is not kept');
});

await onEachDatabase(t, 'nobody who is gone is given an address', async (t, service) => {
  await t.rejects(add(service, '0d4c8a52-7f3b-4c1e-9a6d-2b8e5f7a9c10', 'ada@home.example'), /taken away/);
});
