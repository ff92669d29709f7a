// The mail that lets somebody in, through a real mail server.
import { Writable } from 'node:stream';
import t from 'tap';
import { sql } from '../../src/platform/sql.ts';
import { rows } from '../../src/platform/database.ts';
import { LetterRefusedError, openMailer } from '../../src/platform/mailer.ts';
import { openLog } from '../../src/platform/logging.ts';
import type { Service } from '../../src/platform/service.ts';
import { confirmClaim } from '../../src/privacy/confirm-claim.ts';
import { mailClaim, type WriteClaimMail } from '../../src/privacy/mail-claim.ts';
import { requestClaim } from '../../src/privacy/request-claim.ts';
import { issueCommons } from '../credentials/issued.ts';
import { openTestMail } from '../platform/test-mail.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { everyTable, learnerOf } from './earner.ts';

const write: WriteClaimMail = (kind, language, link) => ({
  subject: `${kind} in ${language}`,
  text: link,
  html: `<a href="${link}">${kind}</a>`,
});

/** Asks, and runs the job. */
async function ask(service: Service, email: string, more = {}): Promise<string> {
  await requestClaim(service, { email, language: 'en', ...more });
  const [claim] = await rows<{ id: string }>(
    service.db.read,
    sql`select id from claims where token_hash is null order by asked_at desc limit 1`,
  );
  await mailClaim(service, claim!.id, write);
  return claim!.id;
}

const tokenIn = (text: string | undefined): string => text!.trim().split('/').at(-1)!;

await onEachDatabase(
  t,
  'a known address gets one mail in its language, and no table holds the token',
  async (t, service) => {
    const server = await openTestMail();
    t.teardown(() => server.close());
    const mailing = { ...service, mail: openMailer({ smtpUrl: server.url, mailFrom: 'badges@example.org' }) };
    t.teardown(() => mailing.mail.close());
    await issueCommons(service);
    await ask(mailing, 'ADA@example.edu', { language: 'ar' });
    t.same(server.recipients, ['ada@example.edu']);
    t.equal(server.letters[0]?.subject, 'mail in ar');
    const token = tokenIn(server.letters[0]?.text);
    for (const [table, text] of await everyTable(service)) t.notOk(text.includes(token), table);
    const confirmed = await confirmClaim(service, token);
    t.match(confirmed, { outcome: 'signed-in', learnerId: await learnerOf(service, 'ada') });
  },
);

await onEachDatabase(t, 'an unknown address gets no mail, and is forgotten at once', async (t, service) => {
  const server = await openTestMail();
  t.teardown(() => server.close());
  const mailing = { ...service, mail: openMailer({ smtpUrl: server.url, mailFrom: 'badges@example.org' }) };
  t.teardown(() => mailing.mail.close());
  await ask(mailing, 'nobody@example.edu');
  t.same(server.recipients, []);
  for (const [table, text] of await everyTable(service)) t.notMatch(text, /nobody@/, table);
});

await onEachDatabase(
  t,
  'a mail that is refused is sent again with another token; an old wish is not',
  async (t, service) => {
    const server = await openTestMail();
    t.teardown(() => server.close());
    const mailing = { ...service, mail: openMailer({ smtpUrl: server.url, mailFrom: 'badges@example.org' }) };
    t.teardown(() => mailing.mail.close());
    await issueCommons(service);
    server.refusing = true;
    await t.rejects(ask(mailing, 'ada@example.edu'), LetterRefusedError);
    server.refusing = false;
    const [claim] = await rows<{ id: string; hash: string }>(
      service.db.read,
      sql`select id, token_hash as hash from claims`,
    );
    await mailClaim(mailing, claim!.id, write);
    const [again] = await rows<{ hash: string }>(service.db.read, sql`select token_hash as hash from claims`);
    t.not(again!.hash, claim!.hash);
    t.match(await confirmClaim(service, tokenIn(server.letters[0]?.text)), { outcome: 'signed-in' });

    await requestClaim(service, { email: 'ada@example.edu', language: 'en' });
    const [late] = await rows<{ id: string }>(service.db.read, sql`select id from claims`);
    service.clock.advance(3_600_001);
    await mailClaim(mailing, late!.id, write);
    t.equal(server.letters.length, 1, 'an hour later nobody waits for it any more');
  },
);

await onEachDatabase(
  t,
  'nobody’s mailbox is filled: three good links, then no more until they run out',
  async (t, service) => {
    const server = await openTestMail();
    t.teardown(() => server.close());
    const mailing = { ...service, mail: openMailer({ smtpUrl: server.url, mailFrom: 'badges@example.org' }) };
    t.teardown(() => mailing.mail.close());
    await issueCommons(service);
    for (let n = 0; n < 5; n += 1) await ask(mailing, 'ada@example.edu');
    t.equal(server.letters.length, 3);
    service.clock.advance(15 * 60_000);
    await ask(mailing, 'ada@example.edu');
    t.equal(server.letters.length, 4);
  },
);

await onEachDatabase(t, 'nor by all that are asked for at once', async (t, service) => {
  const server = await openTestMail();
  t.teardown(() => server.close());
  const mailing = { ...service, mail: openMailer({ smtpUrl: server.url, mailFrom: 'badges@example.org' }) };
  t.teardown(() => mailing.mail.close());
  await issueCommons(service);
  for (let n = 0; n < 5; n += 1) await requestClaim(service, { email: 'ada@example.edu', language: 'en' });
  const asked = await rows<{ id: string }>(service.db.read, sql`select id from claims`);
  await Promise.all(asked.map(({ id }) => mailClaim(mailing, id, write)));
  t.equal(server.letters.length, 3);
});

await onEachDatabase(
  t,
  'without a mail server the link is logged in development, and never in production',
  async (t, service) => {
    await issueCommons(service);
    for (const production of [false, true]) {
      let logged = '';
      const sink = new Writable({ write: (chunk, _encoding, done) => ((logged += String(chunk)), done()) });
      const log = openLog({ logLevel: 'trace' }, sink);
      await ask({ ...service, log, config: { ...service.config, production } }, 'ada@example.edu');
      t.equal(/\/claim\/[\w-]{43}/.test(logged), !production);
      t.match(logged, /SMTP_URL/);
      t.notMatch(logged, /ada@/);
    }
  },
);
