// What is issued: one badge, signed as it stands, that tells of its earner what they allow and nothing else.
import { createHash } from 'node:crypto';
import { sql } from '../../src/platform/sql.ts';
import { randomUUID } from 'node:crypto';
import t from 'tap';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { wholeSecond } from '../../src/credentials/badge-content.ts';
import { issueCredentials, type AwardOrder } from '../../src/credentials/issue-credentials.ts';
import { readAward } from '../../src/credentials/store.ts';
import { insertLearners } from '../../src/learners/store.ts';
import { brokenConstraint, rows, type Tx } from '../../src/platform/database.ts';
import { hashIdentity } from '../../src/openbadges/recipient.ts';
import { awardablesOf } from '../../src/tracks/catalogue.ts';
import type { Verdict } from '../../src/tracks/evaluate.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { body, COMMONS, record, submission } from '../completions/submissions.ts';
import { badgeOf, issueCommons, strangerVerifies, type Badge, type IssuedCredential } from './issued.ts';

const WHOLE_SECOND = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const identity = (badge: Badge, type: string) =>
  badge.credentialSubject.identifier?.find((one) => one.identityType === type);

/** The order that led to a badge. */
async function orderOf(issued: IssuedCredential, tx: Tx): Promise<AwardOrder> {
  const award = await readAward(tx, issued.awardId);
  const awardable = awardablesOf('core', '1.0').find((one) => one.key === issued.achievement);
  if (!award || !awardable) throw new Error('no award');
  return {
    learnerId: issued.learnerId,
    awardable,
    verdict: (JSON.parse(award.record ?? '') as { verdict: Verdict }).verdict,
  };
}

await onEachDatabase(
  t,
  'a badge verifies with code that is not ours, and not when it was changed',
  async (t, service) => {
    const badge = badgeOf(await issueCommons(service));
    t.equal(await strangerVerifies(service, badge), true);
    t.equal(await strangerVerifies(service, { ...badge, awardedDate: '2020-01-01T00:00:00Z' }), false);
  },
);

await onEachDatabase(t, 'every date in a badge has whole seconds, and none lies in the future', async (t, service) => {
  service.clock.set('2026-03-04T12:00:00.999Z');
  const badge = badgeOf(await issueCommons(service));
  t.match(badge, { validFrom: WHOLE_SECOND, awardedDate: WHOLE_SECOND });
  t.equal(badge.validFrom, '2026-03-04T12:00:00Z');
  t.match(badge.proof[0]?.created, WHOLE_SECOND);
  t.equal(wholeSecond(new Date(1999)).getTime(), 1000);
});

await onEachDatabase(
  t,
  'the e-mail stands in it hashed in lower case, with a fresh salt of 128 bits',
  async (t, service) => {
    const [ada, bob] = [await issueCommons(service, 'Ada'), await issueCommons(service, 'bob')];
    const mails = [ada, bob].map((one) => identity(badgeOf(one), 'emailAddress'));
    for (const [n, mail] of mails.entries()) {
      t.equal(mail?.hashed, true);
      t.match(mail?.salt, /^[0-9a-f]{32}$/);
      t.equal(mail?.identityHash, hashIdentity(['ada@example.edu', 'bob@example.edu'][n]!, mail?.salt));
    }
    t.not(mails[0]?.salt, mails[1]?.salt);
    t.notOk(ada.json.toLowerCase().includes('ada@example.edu'));
  },
);

await onEachDatabase(t, 'the name stands in it by consent only', async (t, service) => {
  const silent = await issueCommons(service, 'ada', { name: 'Ada Lovelace' });
  const refusing = await issueCommons(service, 'eve', { name: 'Eve Moneypenny', consents: { name: false } });
  const willing = await issueCommons(service, 'bob', { name: 'Bób & Söhne 山田', consents: { name: true } });
  t.notOk(silent.json.includes('Lovelace'));
  t.notOk(refusing.json.includes('Moneypenny'));
  t.match(identity(badgeOf(willing), 'name'), { hashed: false, identityHash: 'Bób & Söhne 山田' });
  t.equal(await strangerVerifies(service, badgeOf(willing)), true);
});

await onEachDatabase(t, 'the subject is a urn of its own for each badge, never the learner', async (t, service) => {
  const [a, b] = [await issueCommons(service, 'ada'), await issueCommons(service, 'bob')];
  for (const one of [a, b]) {
    t.match(badgeOf(one).credentialSubject.id, /^urn:uuid:/);
    t.notOk(one.json.includes(one.learnerId));
  }
  t.not(badgeOf(a).credentialSubject.id, badgeOf(b).credentialSubject.id);
});

await onEachDatabase(t, 'the award record is bound by its digest and names no person', async (t, service) => {
  const issued = await issueCommons(service, 'ada', { name: 'Ada Lovelace', consents: { name: true } });
  const [resource] = badgeOf(issued).relatedResource;
  const award = await readAward(service.db.read, issued.awardId);
  t.equal(resource?.id, `https://badges.example.org/awards/${issued.awardId}`);
  const hash = createHash('sha256')
    .update(award?.record ?? '')
    .digest();
  const multihash = Buffer.concat([Buffer.from([0x12, 0x20]), hash]);
  t.equal(resource?.digestMultibase, `u${multihash.toString('base64url')}`);
  for (const personal of ['ada', 'Lovelace', 'example.edu"', issued.learnerId, badgeOf(issued).credentialSubject.id])
    t.notOk(award?.record?.includes(`"${personal}`) || award?.record?.includes(`${personal}@`), personal);
  t.notOk(/lovelace|@example/i.test(award?.record ?? ''));
});

await onEachDatabase(
  t,
  'the status entry is a place in our list, as text, and nobody else has it',
  async (t, service) => {
    const badges = [badgeOf(await issueCommons(service, 'ada')), badgeOf(await issueCommons(service, 'bob'))];
    for (const { credentialStatus } of badges) {
      const list = 'https://badges.example.org/status/revocation/0';
      t.match(credentialStatus, {
        id: `${list}#${credentialStatus.statusListIndex}`,
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: /^\d+$/,
        statusListCredential: list,
      });
    }
    t.not(badges[0]?.credentialStatus.statusListIndex, badges[1]?.credentialStatus.statusListIndex);
  },
);

await onEachDatabase(
  t,
  'a second live badge of one achievement is refused by the database itself, and leaves nothing',
  async (t, service) => {
    const order = await orderOf(await issueCommons(service), service.db.read);
    const error: unknown = await service.db
      .transaction((tx) => issueCredentials(tx, service, [order]))
      .catch((thrown: unknown) => thrown);
    t.equal(brokenConstraint(error), 'credentials_live');
    for (const table of [sql`awards`, sql`credentials`])
      t.equal((await rows(service.db.read, sql`select 1 from ${table}`)).length, 1);
  },
);

await onEachDatabase(t, 'the announcement is a job of the same transaction', async (t, service) => {
  const issued = await issueCommons(service);
  const waiting = async () =>
    rows<{ data: { credentials: string[] } }>(
      service.db.read,
      sql`select data from pgboss.job where name = 'credentials-issued'`,
    );
  t.same(
    (await waiting()).map((job) => job.data),
    [{ credentials: [issued.id] }],
  );
  const failing = service.db.transaction(async (tx) => {
    const other = { id: '22222222-2222-4222-8222-222222222222', name: null, consents: {} };
    await insertLearners(tx, [other], service.now());
    const [made] = await issueCredentials(tx, service, [{ ...(await orderOf(issued, tx)), learnerId: other.id }]);
    t.match(made, { learnerId: other.id, achievement: 'core/commons' });
    throw new Error('rolled back');
  });
  await t.rejects(failing, /rolled back/);
  t.equal((await waiting()).length, 1);
});

await onEachDatabase(
  t,
  'of many badges of one transaction one of each achievement is looked at',
  async (t, service) => {
    const order = await orderOf(await issueCommons(service), service.db.read);
    const learners = Array.from({ length: 20 }, () => ({ id: randomUUID(), name: null, consents: {} }));
    await service.db.transaction((tx) => tx.execute(sql`delete from pgboss.job where name = 'credentials-issued'`));
    const made = await service.db.transaction(async (tx) => {
      await insertLearners(tx, learners, service.now());
      return issueCredentials(
        tx,
        service,
        learners.map(({ id }) => ({ ...order, learnerId: id })),
      );
    });
    const [job, ...more] = await rows<{ data: { credentials: string[] } }>(
      service.db.read,
      sql`select data from pgboss.job where name = 'credentials-issued'`,
    );
    t.same(more, []);
    t.equal(job?.data.credentials.length, 1);
    t.ok(made.some((one) => one.credentialId === job?.data.credentials[0]));
  },
);

await onEachDatabase(
  t,
  'a cohort that threads help to sign: a badge each, and each says what was stored of it',
  async (t, service) => {
    const cohort = Array.from({ length: 150 }, (_, n) =>
      COMMONS.map((unit) => {
        const told = record(unit, `many-${n}`);
        const learner = { ...told.learner, name: `Ada\nthe ${n}th\u2028`, consents: { name: true } };
        return submission({ ...told, learner }, { mayStateConsents: true });
      }),
    );
    const replies = await recordCompletions(service, cohort.flat());
    t.equal(replies.filter((reply) => body(reply).awarded.length > 0).length, 150);
    const stored = await rows<{ id: string; award: string; name: string; json: string; record: string; place: number }>(
      service.db.read,
      sql`select c.id, c.award_id as award, c.status_index as place, l.name, c.json, a.record from credentials c
          join awards a on a.id = c.award_id and a.learner_id = c.learner_id join learners l on l.id = c.learner_id`,
    );
    t.equal(stored.length, 150);
    for (const { id, award, name, json, record, place } of stored) {
      const badge = JSON.parse(json) as Badge;
      const said = [badge.id, badge.credentialStatus.statusListIndex, identity(badge, 'name')?.identityHash];
      const meant = [`https://badges.example.org/credentials/${id}`, String(place), name];
      const { id: own } = JSON.parse(record) as { id: string };
      if (said.join() !== meant.join() || !own.endsWith(award)) t.fail(`${said.join()} is not ${meant.join()}`);
    }
    t.equal(await strangerVerifies(service, JSON.parse(stored[149]!.json) as Badge), true);
  },
  { workerThreads: 2 },
);
