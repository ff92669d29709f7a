// The shape of version 2, told from that of version 3.
import t from 'tap';
import { Findings } from '../../../src/openbadges/findings.ts';
import {
  checkAssertion,
  checkBadgeClass,
  checkProfile,
  idOf,
  isAssertion,
  verificationType,
} from '../../../src/openbadges/ob2/assertion.ts';
import { exampleBadge } from '../example-badge.ts';
import { assertion, badgeClass, issuer } from './ob2-badges.ts';

const codes = (findings: Findings): string[] => findings.list.map((one) => one.code);

void t.test('an assertion is no credential', async (t) => {
  t.strictSame(
    [isAssertion(assertion()), isAssertion(exampleBadge()), isAssertion(null), isAssertion({ type: 'Assertion' })],
    [true, false, false, false],
  );
  t.strictSame(
    [
      verificationType(assertion()),
      verificationType(assertion({ verification: { type: 'SignedBadge' } })),
      verificationType({}),
    ],
    ['hosted', 'signed', undefined],
  );
  t.strictSame([idOf('a'), idOf({ id: 'b' }), idOf(7)], ['a', 'b', undefined]);
});

void t.test('each member has its fault', async (t) => {
  t.strictSame(codes(checkAssertion(assertion())), []);
  const faults: [string, object][] = [
    ['ob2_context', { '@context': 'https://w3id.org/openbadges/v1' }],
    ['ob2_id', { id: 'no url' }],
    ['ob2_recipient_missing', { recipient: 'ada@example.edu' }],
    ['ob2_recipient_hashed', { recipient: { type: 'email', identity: 'a' } }],
    ['ob2_badge', { badge: 7 }],
    ['ob2_verification', { verification: {} }],
    ['ob2_issued_on', { issuedOn: 'yesterday' }],
    ['ob2_expires', { expires: 'tomorrow' }],
    ['ob2_expires_before_issue', { expires: '2010-01-01T00:00:00Z' }],
  ];
  for (const [code, extra] of faults) t.strictSame(codes(checkAssertion(assertion(extra))), [code]);
});

void t.test('badge classes and profiles', async (t) => {
  const good = new Findings();
  checkBadgeClass(badgeClass, good);
  checkProfile(issuer(), good);
  t.strictSame(codes(good), []);
  const bad = new Findings();
  checkBadgeClass({}, bad);
  checkProfile({}, bad);
  t.equal(codes(bad).length, 9);
});
