// The list of recipients: only what they chose, and nothing that a spreadsheet would run.
import t from 'tap';
import {
  achievementTitle,
  csvField,
  recipientsCsv,
  recipientsPage,
  recipientsQuery,
} from '../../src/pages/recipients-page.ts';
import { wordsOf } from '../../src/pages/words.ts';
import { HOSTILE } from './badge-for-pages.ts';

const one = { id: 'a', name: 'Ada Example', achievement: 'core', awardedAt: '2026-03-04T12:00:00.000Z' };

await t.test('names, badges and days, with what was searched kept in the links', async (t) => {
  const view = {
    recipients: [one],
    count: { total: 51, isLeast: false },
    name: 'a&b',
    achievement: 'core',
    next: 'CURSOR',
    later: false,
  };
  const { text } = recipientsPage(view, wordsOf('en')).body;
  t.match(text, /Ada Example/);
  t.match(text, /51 badges listed/);
  t.match(text, /href="\/recipients\?name&#61;a%26b&#38;achievement&#61;core&#38;cursor&#61;CURSOR"/);
  t.equal(recipientsQuery({}), '');
});

await t.test('hostile names are text, in the page and in the file', async (t) => {
  const view = {
    recipients: [{ ...one, name: HOSTILE }],
    count: { total: 1, isLeast: false },
    name: HOSTILE,
    later: false,
  };
  t.notMatch(recipientsPage(view, wordsOf('en')).body.text, /<script|<img/);
  t.equal(csvField('=1+1'), `"'=1+1"`);
  t.equal(csvField('say "hi"'), '"say ""hi"""');
  t.match(
    recipientsCsv([one], 'https://x.example'),
    '"Ada Example","Creative Commons CORE Certificate","core","2026-03-04","https://x.example/credentials/a"\r\n',
  );
});

await t.test('what was not counted to the end is said to be the least', async (t) => {
  const view = { recipients: [one], count: { total: 0, isLeast: true }, later: false };
  t.match(recipientsPage(view, wordsOf('en')).body.text, /At least 1 badges? listed/);
});

await t.test('an empty list says so, and an achievement of before goes by its key', async (t) => {
  t.match(
    recipientsPage({ recipients: [], count: { total: 0, isLeast: false }, later: false }, wordsOf('en')).body.text,
    /Nobody is listed/,
  );
  t.equal(achievementTitle('gone/one'), 'gone/one');
});
