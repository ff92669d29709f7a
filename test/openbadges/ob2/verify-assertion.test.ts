// The report on an assertion of version 2 has the checks of today.
import t from 'tap';
import { CHECK_IDS } from '../../../src/openbadges/report.ts';
import { find, summary } from '../signed-badges.ts';
import { assertion, badgeClass, verifyOb2 } from './ob2-badges.ts';

const id = 'https://badges.example/assertions/1';
const hosted = (extra = {}) => ({ [id]: assertion(extra) });

void t.test('dates and recipient', async (t) => {
  t.match(
    summary(
      await verifyOb2(assertion({ expires: '2020-01-01T00:00:00Z' }), hosted({ expires: '2020-01-01T00:00:00Z' })),
    ),
    /^invalid validity=fail\/expired/,
  );
  const later = { issuedOn: '2030-01-01T00:00:00Z' };
  t.match(summary(await verifyOb2(assertion(later), hosted(later))), /not_yet_valid/);
  t.match(find(await verifyOb2(assertion(), hosted(), 'ada@example.edu'), 'recipient'), { code: 'recipient_matches' });
  t.match(find(await verifyOb2(assertion(), hosted(), 'ADA@example.edu'), 'recipient'), {
    code: 'recipient_matches_lower_case',
  });
  t.match(find(await verifyOb2(assertion(), hosted(), 'eve@example.edu'), 'recipient'), { status: 'fail' });
});

void t.test('all checks stand there, with the issuer by name', async (t) => {
  const report = await verifyOb2(assertion(), hosted());
  t.strictSame(
    report.checks.map((one) => one.id),
    CHECK_IDS,
  );
  t.match(report.issuer, { id: 'https://badges.example/issuer', name: 'Robot school' });
});

void t.test('departures from version 2 fail', async (t) => {
  const bad = { recipient: { type: 'email', hashed: true, identity: 'ada@example.edu' } };
  t.match(summary(await verifyOb2(assertion(bad), hosted(bad))), /^invalid schema=fail\/ob2_not_conforming/);
  const elsewhere = { 'https://badges.example/badge': { ...badgeClass, id: 'https://badges.example/other' } };
  t.match(summary(await verifyOb2(assertion(), { ...hosted(), ...elsewhere })), /ob2_not_conforming/);
});
