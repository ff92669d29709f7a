import t from 'tap';
import { checkCredential } from '../../src/openbadges/check-credential.ts';
import { assertSignable, buildBadge, htmlEntityIn, type BadgeContent } from '../../src/openbadges/credential.ts';
import { hashIdentity } from '../../src/openbadges/recipient.ts';
import { exampleBadge } from './example-badge.ts';

function content(extra: Partial<BadgeContent> = {}): BadgeContent {
  const badge = exampleBadge();
  return {
    id: badge.id,
    name: 'Bread',
    issuer: badge.issuer,
    achievement: badge.credentialSubject.achievement,
    subjectId: badge.credentialSubject.id,
    validFrom: new Date('2026-03-04T10:11:12.987Z'),
    ...extra,
  };
}

void t.test('the least badge: exact contexts, whole seconds, nothing empty', async (t) => {
  const badge = buildBadge(content({ results: [], evidence: [], recipientName: undefined }));
  t.same(badge['@context'], exampleBadge()['@context']);
  t.equal(badge.validFrom, '2026-03-04T10:11:12Z');
  t.same(Object.keys(badge), ['@context', 'id', 'type', 'name', 'issuer', 'validFrom', 'credentialSubject']);
  t.same(Object.keys(badge.credentialSubject as object), ['id', 'type', 'achievement']);
  t.same(checkCredential(badge).findings, []);
});

void t.test('a full badge breaks no rule and keeps lists as lists', async (t) => {
  const salt = '00112233445566778899aabbccddeeff';
  const scale = { id: 'urn:uuid:1', type: ['ResultDescription'], name: 'Loaves', resultType: 'RawScore' };
  const badge = buildBadge(
    content({
      achievement: { ...content().achievement, achievementType: 'Badge', resultDescription: [scale], tag: ['bread'] },
      emailIdentity: { identityHash: hashIdentity('ada@example.org', salt), salt },
      recipientName: 'Ada Example',
      results: [{ type: ['Result'], resultDescription: 'urn:uuid:1', value: '3' }],
      validUntil: new Date('2027-03-04T00:00:00Z'),
      awardedDate: new Date('2026-03-01T00:00:00Z'),
      relatedResource: [{ id: 'https://badges.example.org/awards/1', digestMultibase: 'uEiAA' }],
      evidence: [{ type: ['Evidence'], id: 'https://example.org/loaf' }],
      credentialStatus: {
        id: 'https://badges.example.org/status/revocation/0#7',
        type: 'BitstringStatusListEntry',
        statusPurpose: 'revocation',
        statusListIndex: '7',
        statusListCredential: 'https://badges.example.org/status/revocation/0',
      },
    }),
  );
  t.same(checkCredential(badge).findings, []);
  const subject = badge.credentialSubject as { identifier: { identityType: string }[] };
  t.same(
    subject.identifier.map((one) => one.identityType),
    ['name', 'emailAddress'],
    'the name first: one wallet shows the first plain entry as the name',
  );
});

void t.test('the context of the extensions comes in exactly when a member needs it', async (t) => {
  const refreshService = { id: 'https://badges.example.org/credentials/1', type: '1EdTechCredentialRefresh' };
  t.match(buildBadge(content({ refreshService }))['@context'], { length: 3 });
  const credentialStatus = { id: 'https://badges.example.org/revoked', type: '1EdTechRevocationList' };
  t.equal(
    buildBadge(content({ credentialStatus }))['@context'][2],
    'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
  );
});

void t.test('no endorsement as a JWT is signed: two copies of the context read that member differently', async (t) => {
  const given = { ...content(), endorsementJwt: ['e30.e30.AA'] };
  t.notOk('endorsementJwt' in buildBadge(given));
});

void t.test('no HTML entity is ever signed, wherever it stands', async (t) => {
  for (const entity of ['&quot;', '&amp;', '&#39;', '&#x27;', '&eacute;']) {
    t.equal(htmlEntityIn(`a ${entity} b`), entity);
    t.throws(() => buildBadge(content({ name: `Tom ${entity} Jerry` })), {
      code: 'ERR_OB_HTML_ENTITY',
      pointer: '/name',
    });
  }
  t.equal(htmlEntityIn('Bread & butter; salt'), undefined);
  t.equal(htmlEntityIn('https://example.org/?a=1&b=2'), undefined);
  const deep = { ...content().achievement, tag: ['x', 'R&amp;B'] };
  t.throws(() => buildBadge(content({ achievement: deep })), {
    code: 'ERR_OB_HTML_ENTITY',
    pointer: '/credentialSubject/achievement/tag/1',
  });
});

void t.test('what would break the data model is not built, and every fault is named', async (t) => {
  const achievement = { ...content().achievement, criteria: {}, achievementType: 'Cake' };
  t.throws(() => buildBadge(content({ id: 'no-uri', achievement })), {
    code: 'ERR_OB_CREDENTIAL_INVALID',
    message: /\/id: .*\/credentialSubject\/achievement\/criteria: .*\/achievementType: |\/achievementType/,
  });
  t.throws(() => buildBadge(content({ results: [{ type: ['Result'], resultDescription: 'urn:uuid:nowhere' }] })), {
    code: 'ERR_OB_CREDENTIAL_INVALID',
  });
});

void t.test('assertSignable refuses even a warning: ours are in the plain form', async (t) => {
  const badge = exampleBadge();
  t.doesNotThrow(() => assertSignable(badge));
  badge.issuer.type = 'Profile';
  t.throws(() => assertSignable(badge), { code: 'ERR_OB_CREDENTIAL_INVALID', pointer: '/issuer/type' });
});
