// Every language says everything that English says, with the same places to fill.
import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { html } from '../../src/pages/html.ts';
import { LANGUAGES, MESSAGES, wordsOf } from '../../src/pages/words.ts';
import { CHECK_IDS } from '../../src/openbadges/report.ts';

const keysOf = (language: 'en' | 'es' | 'ar') => Object.keys(MESSAGES[language]);
const single = (keys: string[]) => keys.filter((key) => !key.includes('#')).sort();
const counted = (keys: string[]) =>
  [...new Set(keys.filter((key) => key.includes('#')).map((key) => key.split('#')[0]!))].sort();
const places = (message: string) => (message.match(/\{\w+\}/g) ?? []).sort();

for (const language of LANGUAGES) {
  await t.test(`${language} is complete`, async (t) => {
    t.same(single(keysOf(language)), single(keysOf('en')), 'the same messages');
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    for (const key of counted(keysOf('en')))
      t.same(
        keysOf(language)
          .filter((one) => one.startsWith(`${key}#`))
          .sort(),
        forms.map((form) => `${key}#${form}`).sort(),
        key,
      );
    for (const key of single(keysOf('en')))
      t.same(places(MESSAGES[language][key]!), places(MESSAGES.en[key]!), `${key} has the same places`);
    for (const [key, message] of Object.entries(MESSAGES[language]))
      t.notMatch(message, /^\s*$|<|&\w+;/, `${key} is plain text`);
  });
}

await t.test('every message is said somewhere', async (t) => {
  const folder = new URL('../../src/pages/', import.meta.url);
  const source = readdirSync(folder)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('');
  const built = /^(check|code|status|outcome|home)\./;
  for (const key of new Set(keysOf('en').map((one) => one.split('#')[0]!)))
    if (!built.test(key)) t.ok(source.includes(`'${key}'`), key);
});

await t.test('each check has its name and its sentences', async (t) => {
  for (const id of CHECK_IDS) t.ok(wordsOf('en').has(`check.${id}`), id);
});

await t.test('counting follows the language', async (t) => {
  t.equal(wordsOf('en').say('track.units', { count: 1 }), 'One unit');
  t.equal(wordsOf('en').say('track.units', { count: 1234 }), '1,234 units');
  t.equal(wordsOf('ar').say('track.units', { count: 2 }), 'درسان');
  t.equal(wordsOf('ar').say('track.units', { count: 5 }), '5 دروس');
  t.equal(wordsOf('es').say('track.units', { count: 5 }), '5 unidades');
});

await t.test('what is put into a rich message is escaped unless it is HTML', async (t) => {
  const said = wordsOf('en').rich('badge.reason', { reason: html`<q>${'<b>'}</q>` }).text;
  t.equal(said, 'Reason: <q>&#60;b&#62;</q>');
  t.equal(wordsOf('en').rich('badge.reason', { reason: '<b>' }).text, 'Reason: &#60;b&#62;');
});

await t.test('days and minutes are those of UTC, in the words of the language', async (t) => {
  t.equal(wordsOf('en').day('2026-03-04T23:59:00Z'), '4 March 2026');
  t.equal(wordsOf('es').day('2026-03-04T23:59:00Z'), '4 de marzo de 2026');
  t.match(wordsOf('ar').day('2026-03-04T23:59:00Z'), /4 مارس 2026/);
  t.match(wordsOf('en').minute('2026-03-04T13:05:00Z'), /13:05 UTC/);
  t.equal(wordsOf('ar').direction, 'rtl');
  t.equal(wordsOf('es').list(['a', 'b']), 'a y b');
  t.equal(wordsOf('en').number(1234), '1,234');
});

await t.test('an unknown message is a fault of ours', async (t) => {
  t.throws(() => wordsOf('en').say('no.such' as never), RangeError);
});
