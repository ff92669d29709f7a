// The jobs of this room run what they say.
import t from 'tap';
import { openMailer } from '../../src/platform/mailer.ts';
import { requestClaim } from '../../src/privacy/request-claim.ts';
import { workPrivacyJobs } from '../../src/privacy/work-jobs.ts';
import { issueCommons } from '../credentials/issued.ts';
import { openTestMail } from '../platform/test-mail.ts';
import { onEachDatabase } from '../platform/test-service.ts';

await onEachDatabase(t, 'whoever asks gets their mail without anybody else’s doing', async (t, service) => {
  const server = await openTestMail();
  t.teardown(() => server.close());
  const mailing = { ...service, mail: openMailer({ smtpUrl: server.url, mailFrom: 'badges@example.org' }) };
  t.teardown(() => mailing.mail.close());
  await issueCommons(service);
  await workPrivacyJobs(mailing, (_kind, _language, link) => ({ subject: 'In', text: link, html: link }));
  await service.jobs.start();
  await requestClaim(mailing, { email: 'ada@example.edu', language: 'en' });
  while (server.letters.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
  t.match(server.letters[0]?.text, /\/claim\//);
});
