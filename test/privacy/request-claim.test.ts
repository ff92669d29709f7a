// Whoever asks with whatever address: the same is written, and nothing tells whether it is known.
import t from 'tap';
import { sql } from '../../src/platform/sql.ts';
import { rows } from '../../src/platform/database.ts';
import { CLAIM_QUEUE, requestClaim } from '../../src/privacy/request-claim.ts';
import { issueCommons } from '../credentials/issued.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { everyTable } from './earner.ts';

await onEachDatabase(
  t,
  'a known and an unknown address leave the same traces, and no token yet',
  async (t, service) => {
    await issueCommons(service);
    for (const email of ['Ada@Example.edu', 'nobody@example.edu'])
      await requestClaim(service, { email, language: 'es' });
    const kept = await rows<{ email: string }>(
      service.db.read,
      sql`select kind, learner_id, email, language, token_hash from claims order by email`,
    );
    const same = { kind: 'mail', learner_id: null, language: 'es', token_hash: null };
    t.same(kept, [
      { ...same, email: 'ada@example.edu' },
      { ...same, email: 'nobody@example.edu' },
    ]);
  },
);

await onEachDatabase(t, 'the job holds a reference and nothing else', async (t, service) => {
  await requestClaim(service, { email: 'ada@example.edu', language: 'en' });
  const jobs = await rows<{ data: object }>(
    service.db.read,
    sql`select data from pgboss.job where name = ${CLAIM_QUEUE}`,
  );
  const [claim] = await rows<{ id: string }>(service.db.read, sql`select id from claims`);
  t.same(jobs, [{ data: { claim: claim!.id } }]);
  for (const [table, text] of await everyTable(service))
    if (table !== 'public.claims') t.notMatch(text, /ada@example/, table);
});
