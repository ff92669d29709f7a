// Mail reaches a real server whole, and nothing of it is told when it does not.
import t from 'tap';
import { LetterRefusedError, openMailer } from '../../src/platform/mailer.ts';
import { openTestMail } from './test-mail.ts';

const letter = {
  to: 'zoë.o+badges@example.edu',
  subject: 'Ζωή, your badges',
  text: 'Follow https://badges.example.org/claim/x\n',
  html: '<p>Follow <a href="https://badges.example.org/claim/x">this</a></p>',
  language: 'es',
};

await t.test('a letter arrives as text and HTML, in any script, with its language', async (t) => {
  const server = await openTestMail();
  const mailer = openMailer({ smtpUrl: server.url, mailFrom: 'Badges <badges@example.org>' });
  t.teardown(async () => {
    mailer.close();
    await server.close();
  });
  t.equal(mailer.configured, true);
  await mailer.send({ ...letter, to: 'ada@example.edu' });
  const [got] = server.letters;
  t.match(got, { subject: letter.subject, from: { address: 'badges@example.org', name: 'Badges' } });
  t.equal(got?.text?.trim(), letter.text.trim());
  t.equal(got?.html?.trim(), letter.html);
  t.same(server.recipients, ['ada@example.edu']);
  const header = (name: string) => got?.headers.find((one) => one.key === name)?.value;
  t.equal(header('content-language'), 'es');
  t.equal(header('auto-submitted'), 'auto-generated');
});

await t.test('an address that looks like several is one, or none', async (t) => {
  const server = await openTestMail();
  const mailer = openMailer({ smtpUrl: server.url, mailFrom: 'badges@example.org' });
  t.teardown(async () => {
    mailer.close();
    await server.close();
  });
  await mailer.send({ ...letter, to: 'ada@example.edu, eve@example.edu' }).catch(() => {});
  t.notOk(server.recipients.includes('eve@example.edu'));
  t.ok(server.recipients.length <= 1);
});

await t.test('a refusal says the code and never the address', async (t) => {
  const server = await openTestMail();
  server.refusing = true;
  const mailer = openMailer({ smtpUrl: server.url, mailFrom: 'badges@example.org' });
  const error: unknown = await mailer.send({ ...letter, to: 'ada@example.edu' }).catch((caught: unknown) => caught);
  t.type(error, LetterRefusedError);
  t.match(String(error), /452/);
  t.notMatch(`${String(error)} ${JSON.stringify(error)} ${(error as Error).stack}`, /ada/);
  t.equal((error as Error).cause, undefined);
  mailer.close();
  await server.close();
  await t.rejects(mailer.send(letter), LetterRefusedError, 'nor does a server that is gone');
});

await t.test('without a server there is no mail', async (t) => {
  const mailer = openMailer({});
  t.equal(mailer.configured, false);
  await t.rejects(mailer.send(letter), /SMTP_URL/);
  mailer.close();
});
