// What the page of a badge is told: state of this moment from the database, everything else from what was signed.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { liftRevocation } from '../../src/completions/award-due.ts';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { compareRecipient, viewCredential, type CredentialView } from '../../src/pages/credential-view.ts';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { body, COMMONS, coreUnits, record, submission } from '../completions/submissions.ts';
import { issueCommons, learner } from '../credentials/issued.ts';
import { openTestService } from '../platform/test-service.ts';

await t.test('a superseded badge names the one that took its place, where that is shared', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const old = await issueCommons(service);
  const first = (await viewCredential(service, old.id)) as CredentialView;
  t.match(first, {
    state: 'valid',
    comparable: true,
    recipientName: undefined,
    listed: false,
    corrected: false,
    track: { id: 'core' },
  });
  t.ok(first.verdict?.complete);

  await revokeCredential(service, old.id, 'superseded', 'Issued again with the right name.');
  t.match(await viewCredential(service, old.id), { state: 'superseded', newerUrl: undefined });
  const [{ credentialId: newer } = { credentialId: '' }] = await liftRevocation(service, old.id, true);
  t.not(newer, old.id);
  t.match(await viewCredential(service, old.id), {
    state: 'superseded',
    newerUrl: `https://badges.example.org/credentials/${newer}`,
  });
  await service.db.transaction((tx) =>
    tx.execute(sql`update credentials set visibility = 'private' where id = ${newer}::uuid`),
  );
  t.match(
    await viewCredential(service, old.id),
    { state: 'superseded', newerUrl: undefined },
    'a private one is not betrayed',
  );
});

await t.test('unknown, private and malformed are one answer; nobody is compared with them', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const { id } = await issueCommons(service);
  await service.db.transaction((tx) => tx.execute(sql`update credentials set visibility = 'private'`));
  for (const one of [id, '00000000-0000-4000-8000-000000000000', 'x', `${id}x`]) {
    t.equal(await viewCredential(service, one), 'unknown', one);
    t.equal(await compareRecipient(service, one, 'ada@example.edu'), undefined, one);
  }
});

await t.test('evidence is shown while its earner allows it, and only what the badge rests on', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const url = 'https://work.example/summit';
  const other = coreUnits().find((unit) => unit.startsWith('copyright/'));
  const said = { mayStateConsents: true };
  const consents = (evidence: boolean) => ({ learner: learner('ada', { consents: { evidence } }) });
  const replies = await recordCompletions(service, [
    ...COMMONS.map((unit) => submission(record(unit, 'ada', { ...consents(true), evidence: [{ url }] }), said)),
    submission(record(other!, 'ada', { ...consents(true), evidence: [{ url: `${url}/other` }] }), said),
  ]);
  const id = replies
    .flatMap((reply) => body(reply).awarded)[0]!
    .credential.split('/')
    .at(-1)!;
  const shown = async () => ((await viewCredential(service, id)) as CredentialView).evidence.map((one) => one.url);
  t.same(await shown(), [url], 'once, though it serves every unit');
  service.clock.advance(1000);
  await recordCompletions(service, [submission(record(other!, 'ada', consents(false)), said)]);
  t.same(await shown(), [], 'and no longer');
});
