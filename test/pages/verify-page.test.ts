// The verify page: plain words in the order of the checks, and unknown is never green.
import t from 'tap';
import { CHECK_IDS, check, type Report } from '../../src/openbadges/report.ts';
import { verifyPage } from '../../src/pages/verify-page.ts';
import { LANGUAGES, wordsOf } from '../../src/pages/words.ts';
import { HOSTILE } from './badge-for-pages.ts';

const words = wordsOf('en');
const all = CHECK_IDS.map((id) => check(id, 'pass', 'x', 'In other words.'));
const reportOf = (parts: Partial<Report> = {}): Report => ({
  outcome: 'valid',
  checks: all,
  checkedAt: '2026-03-04T10:11:12.000Z',
  ...parts,
});
const bodyOf = (report: Report, compared = false): string => verifyPage(words, { report, compared }).body.text;

await t.test('the form works without JavaScript and takes text, a file and an e-mail', async (t) => {
  const { text } = verifyPage(words).body;
  t.match(text, /method="post"\s+action="\/verify"\s+enctype="multipart\/form-data"/);
  for (const name of ['badge', 'file', 'email']) t.match(text, new RegExp(`<label for="${name}">`), name);
});

await t.test('the checks stand in their fixed order', async (t) => {
  const body = bodyOf(reportOf());
  const places = CHECK_IDS.map((id) => body.indexOf(`<h3>${words.say(`check.${id}`)} `));
  t.ok(
    places.every((place, n) => place > 0 && place > (places[n - 1] ?? 0)),
    places.join(' '),
  );
});

await t.test('what could not be checked is grey, and green is for valid alone', async (t) => {
  t.match(bodyOf(reportOf()), /band band-good/);
  for (const [outcome, kind] of [
    ['valid_with_warnings', 'warn'],
    ['invalid', 'bad'],
    ['indeterminate', 'unknown'],
  ] as const)
    t.match(bodyOf(reportOf({ outcome })), new RegExp(`band band-${kind}`), outcome);
  const unknown = bodyOf(
    reportOf({ outcome: 'indeterminate', checks: [check('revocation', 'unknown', 'y', 'The list is away.')] }),
  );
  t.match(unknown, /check check-unknown/);
  t.notMatch(unknown, /sign-good/);
  t.match(unknown, /The list is away\./, 'what was found is said as well');
});

await t.test('every check has a sentence for every state in every language', async (t) => {
  for (const language of LANGUAGES)
    for (const status of ['pass', 'warn', 'fail', 'unknown', 'skipped'] as const) {
      const checks = CHECK_IDS.map((id) => check(id, status, 'no_such_code', 'M'));
      t.doesNotThrow(() => verifyPage(wordsOf(language), { report: reportOf({ checks }), compared: false }));
    }
});

await t.test(
  'what a badge says is a claim until its signature and key are right; issuer and key are two lines',
  async (t) => {
    const badge = { name: 'A badge', issuerId: 'did:web:a.example', issuerName: 'A School', evidence: [] };
    const proven = verifyPage(words, { report: reportOf(), badge, compared: false }).body.text;
    t.match(proven, /Key held by[^]*did:web:a\.example[^]*by its own account[^]*A School/);
    t.notMatch(proven, /claimed, not proven/);
    for (const id of ['signature', 'issuer_key'] as const) {
      const checks = all.map((one) => (one.id === id ? check(id, 'fail', 'x', 'M') : one));
      t.match(
        verifyPage(words, { report: reportOf({ outcome: 'invalid', checks }), badge, compared: false }).body.text,
        /claimed, not proven/,
        id,
      );
    }
  },
);

await t.test(
  'what a verification does not prove is said; the person is left out once an e-mail was compared',
  async (t) => {
    t.match(bodyOf(reportOf()), /That the person before you is the one who earned it/);
    t.notMatch(bodyOf(reportOf(), true), /That the person before you is the one who earned it/);
  },
);

await t.test('a hostile badge is text, its links limited, its Markdown harmless', async (t) => {
  const badge = {
    name: HOSTILE,
    description: HOSTILE,
    recipient: HOSTILE,
    issuerId: HOSTILE,
    issuerName: HOSTILE,
    issuerUrl: 'javascript:alert(1)',
    criteria: `${HOSTILE} [x](javascript:alert(1))`,
    evidence: [{ url: 'javascript:alert(1)', name: HOSTILE }],
  };
  const checks = all.map((one) => ({ ...one, status: 'fail' as const, message: HOSTILE }));
  const { text } = verifyPage(words, { report: reportOf({ outcome: 'invalid', checks }), badge, compared: false }).body;
  t.notMatch(text, /<script|<img src=x|href="javascript/);
});

await t.test('a form that cannot be read is answered with what to mend', async (t) => {
  const page = verifyPage(words, undefined, 'verify.fault.empty');
  t.equal(page.status, 400);
  t.match(page.body.text, /role="alert"/);
});

await t.test('what holds no badge is never called a bad badge', async (t) => {
  const checks = [check('format', 'fail', 'archive', 'This is an archive.'), ...all.slice(1)];
  const page = verifyPage(words, { report: reportOf({ outcome: 'invalid', checks }), compared: false });
  t.equal(page.title, 'No badge found');
  t.match(page.body.text, /No badge found/);
  t.match(page.body.text, /Unpack it and choose one badge/);
  t.notMatch(page.body.text, /Not valid|band-good/);
});

await t.test('what is genuine and no badge is not green, and not called a badge', async (t) => {
  const kinds = (kind: string) => [check('format', 'pass', 'json', 'This is something.', { kind }), ...all.slice(1)];
  const report = reportOf({ checks: kinds('status_list') });
  t.equal(verifyPage(words, { report, compared: false }).title, 'Genuine, but no badge');
  t.match(bodyOf(report), /band-warn/);
  t.notMatch(bodyOf(report), /band-good/);
  t.match(bodyOf(reportOf({ checks: kinds('badge') })), /band-good/);
  t.match(bodyOf(reportOf({ outcome: 'invalid', checks: kinds('status_list') })), /Not valid/);
});

await t.test('what is wrong is said beside the answer, not only far below it', async (t) => {
  const checks = all.map((one) => (one.id === 'revocation' ? check('revocation', 'fail', 'revoked', 'Revoked.') : one));
  const band = bodyOf(reportOf({ outcome: 'invalid', checks })).split('</section>')[0]!;
  t.match(band, /The issuer has taken this badge back/);
  t.notMatch(bodyOf(reportOf()).split('</section>')[0], /taken this badge back/);
});
