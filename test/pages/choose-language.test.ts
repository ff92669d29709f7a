// The language of a visitor: what they chose now, what they chose before, what their browser asks for, English.
import t from 'tap';
import { chooseLanguage, languageCookieName } from '../../src/pages/choose-language.ts';

const url = 'https://badges.example.org';

await t.test('the choice on the page wins and is remembered', async (t) => {
  const choice = chooseLanguage(url, 'ar', { cookie: '__Host-lang=es', 'accept-language': 'en' });
  t.equal(choice.language, 'ar');
  t.equal(choice.setCookie, '__Host-lang=ar; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax; Secure');
});

await t.test('then the choice of before, then the browser, then English', async (t) => {
  t.same(chooseLanguage(url, undefined, { cookie: 'a=b; __Host-lang=es', 'accept-language': 'ar' }), {
    language: 'es',
  });
  t.equal(chooseLanguage(url, undefined, { 'accept-language': 'fr, ar-EG;q=0.9, es;q=0.8' }).language, 'ar');
  t.equal(chooseLanguage(url, undefined, { 'accept-language': 'fr' }).language, 'en');
  t.equal(chooseLanguage(url, undefined, {}).language, 'en');
});

await t.test('nonsense is not chosen', async (t) => {
  for (const asked of ['xx', '__proto__', ['es'], { en: 1 }, '"><script>'])
    t.same(chooseLanguage(url, asked, { cookie: '__Host-lang=<script>' }), { language: 'en' });
});

await t.test('without TLS the cookie has no prefix, which browsers would refuse', async (t) => {
  t.equal(languageCookieName('http://localhost:3000'), 'lang');
  t.notMatch(chooseLanguage('http://localhost:3000', 'es', {}).setCookie, /Secure/);
});
