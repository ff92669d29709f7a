// What is said twice is said alike.
import t from 'tap';
import { buildClaims, readClaims } from '../../../src/openbadges/proofs/vc-jwt-claims.ts';
import { badgeVector } from '../vectors/open-badges.ts';

type Json = Record<string, unknown>;

const badge: Json = { ...badgeVector.unsigned, validUntil: '2030-01-01T02:00:00+02:00' };
const payload = buildClaims(badge);
const older: Json = {
  '@context': ['https://www.w3.org/2018/credentials/v1', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: 'urn:uuid:1',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer: { id: 'https://example.edu', type: ['Profile'] },
  issuanceDate: '2022-07-01T00:00:00Z',
  credentialSubject: { id: 'did:example:1', type: ['AchievementSubject'] },
};
const findings = (claims: Json) =>
  readClaims(claims).findings.map(({ claim, kind, isFatal }) => `${claim} ${kind} ${isFatal}`);
const without = (claims: Json, name: string): Json =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));

void t.test('a credential comes back as it went, for both versions of the data model', async (t) => {
  t.strictSame(readClaims(payload), { credential: badge, version: '2.0', findings: [] });
  t.equal(payload.exp, Date.parse('2030-01-01T00:00:00Z') / 1000);
  const wrapped = buildClaims(older);
  t.strictSame(Object.keys(wrapped).sort(), ['iss', 'jti', 'nbf', 'sub', 'vc']);
  t.strictSame(readClaims(wrapped), { credential: older, version: '1.1', findings: [] });
  t.strictSame(
    readClaims({ ...payload, aud: 'x', iat: 1 }).credential,
    badge,
    'other registered claims are no members',
  );
});

void t.test('each claim that is missing, different or of another kind is told by name', async (t) => {
  for (const claim of ['iss', 'sub', 'jti', 'nbf'])
    t.strictSame(findings(without(payload, claim)), [`${claim} missing true`]);
  t.strictSame(findings({ ...payload, iss: 'https://other.example' }), ['iss different true']);
  t.strictSame(findings({ ...payload, sub: 'did:example:other' }), ['sub different true']);
  t.strictSame(findings({ ...payload, jti: 'urn:uuid:other' }), ['jti different true']);
  t.strictSame(findings({ ...payload, nbf: (payload.nbf as number) + 1 }), ['nbf different true']);
  t.strictSame(findings({ ...payload, nbf: String(payload.nbf) }), ['nbf malformed true']);
  t.strictSame(findings({ ...payload, nbf: null }), ['nbf malformed true']);
  t.strictSame(findings({ ...payload, iss: ['https://example.edu/issuers/565049'] }), ['iss malformed true']);
  t.strictSame(findings({ ...payload, iss: 7 }), ['iss malformed true']);
  t.strictSame(findings({}), [
    'vc version true',
    'iss missing true',
    'sub missing true',
    'jti missing true',
    'nbf missing true',
  ]);
});

void t.test('exp takes the place of the end, and a missing one is no failure', async (t) => {
  const later = readClaims({ ...payload, exp: 2_000_000_000 });
  t.equal(later.credential.validUntil, '2033-05-18T03:33:20Z');
  t.strictSame(findings({ ...payload, exp: 2_000_000_000 }), ['exp different false']);
  t.strictSame(findings(without(payload, 'exp')), ['exp missing false']);
  const open = buildClaims(without(badge, 'validUntil'));
  t.strictSame(findings(open), []);
  t.equal(readClaims({ ...open, exp: 1_000_000_000 }).credential.validUntil, '2001-09-09T01:46:40Z');
  for (const exp of ['x', Number.NaN, 1e300, null]) t.strictSame(findings({ ...payload, exp }), ['exp malformed true']);
  const wrapped = { ...buildClaims(older), exp: 1_000_000_000 };
  t.equal(readClaims(wrapped).credential.expirationDate, '2001-09-09T01:46:40Z');
});

void t.test('instants are compared as instants, to the second', async (t) => {
  const at = (validFrom: string, nbf: number) => findings({ ...payload, validFrom, nbf });
  t.strictSame(at('2026-03-04T10:11:12+02:00', 1772611872), []);
  t.strictSame(at('2026-03-04T08:11:12.750Z', 1772611872), [], 'a JWT cannot say more than the second');
  t.strictSame(at('2026-03-04T08:11:13Z', 1772611872), ['nbf different true']);
  t.strictSame(at('2026-03-04T08:11:12', 1772611872), ['nbf different true'], 'without a zone it is no instant');
});

void t.test('the first context says where a credential stands: 2.0 at the top, 1.1 in vc', async (t) => {
  t.strictSame(findings({ ...buildClaims(older), vc: badge })[0], 'vc version true');
  const { vc: _, ...claims } = buildClaims(older);
  t.strictSame(findings({ ...older, ...claims })[0], 'vc version true');
  for (const vc of [null, 'x', [], 7]) t.strictSame(findings({ ...payload, vc })[0], 'vc malformed true');
});

void t.test('one subject with an id, or the badge cannot be a JWT', async (t) => {
  const subject = badge.credentialSubject as Json;
  const { id: _, ...nameless } = subject;
  for (const broken of [
    { ...badge, id: undefined },
    { ...badge, issuer: { type: ['Profile'] } },
    { ...badge, credentialSubject: nameless },
    { ...badge, credentialSubject: [subject, subject] },
    { ...badge, validFrom: '2026-03-04T10:11:12.5Z' },
    { ...badge, validFrom: '2026-03-04' },
    { ...badge, validFrom: undefined },
    { ...badge, validUntil: '2030-01-01T00:00:00.001Z' },
  ]) {
    t.throws(() => buildClaims(broken), { code: 'ERR_OB_JWT_CLAIM' });
  }
  t.equal(
    buildClaims({ ...badge, issuer: 'https://example.edu' }).iss,
    'https://example.edu',
    'an issuer may be its id',
  );
  t.equal(buildClaims({ ...badge, credentialSubject: [subject] }).sub, subject.id);
  t.match(findings({ ...payload, credentialSubject: [subject, subject] }), ['sub different true']);
});
