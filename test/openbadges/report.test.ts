// The outcome rule, case by case.
import t from 'tap';
import {
  check,
  CHECK_IDS,
  orderChecks,
  outcomeOf,
  worse,
  type CheckId,
  type CheckStatus,
} from '../../src/openbadges/report.ts';

const made = (...states: [CheckId, CheckStatus][]) => states.map(([id, status]) => check(id, status, 'x', 'x'));

void t.test('any failure makes it invalid, whatever else is unknown or good', async (t) => {
  t.equal(outcomeOf(made(['signature', 'pass'], ['revocation', 'unknown'], ['evidence', 'fail'])), 'invalid');
});

void t.test('unknown decides only in signature, issuer key, revocation and suspension', async (t) => {
  for (const id of CHECK_IDS) {
    const decisive = ['signature', 'issuer_key', 'revocation', 'suspension'].includes(id);
    t.equal(outcomeOf(made([id, 'unknown'])), decisive ? 'indeterminate' : 'valid', id);
  }
});

void t.test('a warning qualifies, a remark does not', async (t) => {
  t.equal(outcomeOf(made(['schema', 'warn'], ['signature', 'pass'])), 'valid_with_warnings');
  t.equal(outcomeOf(made(['issuer_identity', 'skipped'], ['signature', 'pass'])), 'valid');
  t.equal(outcomeOf(made(['schema', 'warn'], ['signature', 'unknown'])), 'indeterminate');
});

void t.test('all twelve checks always stand there, in the fixed order', async (t) => {
  const ordered = orderChecks(made(['validity', 'pass'], ['format', 'pass']), 'Not reached.');
  t.strictSame(
    ordered.map((one) => one.id),
    CHECK_IDS,
  );
  t.match(ordered[1], { status: 'skipped', code: 'not_reached' });
});

void t.test('the worse of two states', async (t) => {
  t.equal(worse('pass', 'unknown'), 'unknown');
  t.equal(worse('fail', 'warn'), 'fail');
  t.equal(worse('skipped', 'pass'), 'pass');
});
