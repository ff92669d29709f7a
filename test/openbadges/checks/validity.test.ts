// Instants are compared, and the bounds belong to the period.
import t from 'tap';
import { checkValidity } from '../../../src/openbadges/checks/validity.ts';

const at = new Date('2026-06-01T00:00:00Z');
const judge = (credential: Record<string, unknown>, claims?: Record<string, unknown>) =>
  checkValidity(credential, claims, at);

void t.test('inside, on both bounds, before and after', async (t) => {
  t.match(judge({ validFrom: '2026-01-01T00:00:00Z' }), { status: 'pass', code: 'valid' });
  t.match(judge({ validFrom: '2026-06-01T02:00:00+02:00', validUntil: '2026-05-31T23:00:00-01:00' }), {
    status: 'pass',
  });
  t.match(judge({ validFrom: '2026-06-01T00:00:01Z' }), { status: 'fail', code: 'not_yet_valid' });
  t.match(judge({ validUntil: '2026-05-31T23:59:59Z' }), { status: 'fail', code: 'expired' });
  t.match(judge({ issuanceDate: '2026-01-01T00:00:00Z', expirationDate: '2026-02-01T00:00:00Z' }), { code: 'expired' });
});

void t.test('exp takes the place of validUntil', async (t) => {
  t.match(judge({ validUntil: '2030-01-01T00:00:00Z' }, { exp: Date.parse('2026-05-01T00:00:00Z') / 1000 }), {
    code: 'expired',
  });
  t.match(judge({ validUntil: '2020-01-01T00:00:00Z' }, { exp: Date.parse('2027-05-01T00:00:00Z') / 1000 }), {
    code: 'valid',
  });
  t.match(judge({}, { exp: 'soon' }), { code: 'date_malformed' });
});

void t.test('no period, an empty one, and what is no date', async (t) => {
  t.match(judge({}), { status: 'pass', code: 'no_period' });
  t.match(judge({ validFrom: '2027-01-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' }), {
    status: 'fail',
    code: 'period_empty',
  });
  for (const validFrom of ['yesterday', 7, '2026-02-30T00:00:00Z', null])
    t.match(judge({ validFrom }), { status: 'fail', code: 'date_malformed' });
});
