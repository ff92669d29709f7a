// The pages of claiming.
import t from 'tap';
import { claimPage, claimSentPage, claimVoidPage, confirmPage } from '../../src/pages/claim-page.ts';
import { LANGUAGES, wordsOf } from '../../src/pages/words.ts';

for (const language of LANGUAGES)
  await t.test(
    `in ${language}: forms that post, labels that belong to their fields, nothing for search engines`,
    async (t) => {
      const words = wordsOf(language);
      const asking = claimPage(words, { mailed: true });
      t.match(asking.body.text, /<form method="post" action="\/claim"/);
      t.match(asking.body.text, /<label for="email">/);
      t.notMatch(asking.body.text, /aria-invalid/);
      const faulty = claimPage(words, { mailed: true, fault: true });
      t.match(faulty.body.text, /aria-invalid="true" aria-describedby="email-fault"/);
      t.equal(faulty.status, 422);
      t.notMatch(claimPage(words, { mailed: false }).body.text, /<form/, 'what leads nowhere is not offered');
      for (const page of [asking, claimSentPage(words), claimVoidPage(words, 'unknown')]) t.notOk(page.indexed);
      t.equal(claimVoidPage(words, 'unknown').status, 410);
      t.equal(claimVoidPage(words, 'elsewhere').status, 403);
    },
  );

await t.test('a confirmation says what is confirmed, and asks for a click', async (t) => {
  const words = wordsOf('en');
  t.match(confirmPage(words, 'mail', 'abc').body.text, /method="post" action="\/claim\/abc"/);
  t.not(confirmPage(words, 'mail', 'abc').title, confirmPage(words, 'add-email', 'abc').title);
  t.notMatch(confirmPage(words, 'link', '"><script>').body.text, /<script/);
});
