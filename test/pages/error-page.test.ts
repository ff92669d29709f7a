// Error pages that help, in the visitor's language, and tell nothing of what went wrong inside.
import t from 'tap';
import { errorPage } from '../../src/pages/error-page.ts';
import { wordsOf } from '../../src/pages/words.ts';

await t.test('each status has its words; unknown ones fall back to their kind', async (t) => {
  for (const status of [400, 403, 404, 405, 406, 410, 413, 429, 500, 503, 418]) {
    const page = errorPage({ status }, wordsOf('es'));
    t.equal(page.status, status);
    t.match(page.body.text, /<h1>/);
  }
  t.equal(errorPage({ status: 418 }, wordsOf('en')).title, errorPage({ status: 400 }, wordsOf('en')).title);
  t.equal(errorPage({ status: 503 }, wordsOf('en')).title, errorPage({ status: 500 }, wordsOf('en')).title);
});

await t.test('the number to quote is given for our own failures alone', async (t) => {
  t.match(errorPage({ status: 500, requestId: 'r-1' }, wordsOf('en')).body.text, /<code>r-1<\/code>/);
  t.notMatch(errorPage({ status: 404, requestId: 'r-1' }, wordsOf('en')).body.text, /r-1/);
});

await t.test('when to come again is said', async (t) => {
  t.match(errorPage({ status: 429, retryAfterS: 12 }, wordsOf('en')).body.text, /in 12 seconds/);
});
