// What the mail says.
import t from 'tap';
import { claimMail } from '../../src/pages/claim-mail.ts';
import { LANGUAGES } from '../../src/pages/words.ts';
import { site } from './badge-for-pages.ts';

const link = `${site.publicUrl}/claim/${'x'.repeat(43)}`;

for (const language of [...LANGUAGES, 'tlh'])
  await t.test(`in ${language} both forms carry the link, and nothing from elsewhere`, async (t) => {
    for (const kind of ['mail', 'add-email'] as const) {
      const { subject, text, html } = claimMail(site)(kind, language, link);
      t.match(subject, /Example Commons/);
      t.notMatch(subject, /[\r\n]/);
      t.ok(text.includes(`\n${link}\n`), 'on a line of its own');
      t.notMatch(text, /[<>{}]/);
      t.ok(html.includes(`href="${link}"`));
      t.notMatch(html.replaceAll(link, ''), /https?:|src=/);
      t.match(html, language === 'ar' ? /dir="rtl"/ : /dir="ltr"/);
    }
  });

await t.test('a mail for another purpose has another text', async (t) => {
  const write = claimMail(site);
  t.not(write('mail', 'en', link).text, write('add-email', 'en', link).text);
  t.not(write('mail', 'en', link).text, write('mail', 'es', link).text);
});
