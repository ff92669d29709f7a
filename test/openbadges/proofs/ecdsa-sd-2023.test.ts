// What a holder shows is what the issuer signed, no more and not in another place.
import t from 'tap';
import { decodeMultikey } from '../../../src/openbadges/keys.ts';
import { verifyProofs } from '../../../src/openbadges/proofs/proof.ts';
import { sdBaseBadge, sdDerivedBadge, sdWindsurf } from '../vectors/older-proofs.ts';

const check = {
  now: new Date('2026-11-20T00:00:00Z'),
  purpose: 'assertionMethod',
  resolveMethod: async (url: string) => ({ controller: 'x', publicKey: decodeMultikey(url.split('#')[1] ?? '') }),
};
const codes = async (document: object) => (await verifyProofs(document, check)).map(({ code }) => code);

void t.test("W3C's derived proof, a derived badge and its base are good", async (t) => {
  t.strictSame(await codes(sdWindsurf), ['OK']);
  t.strictSame(await codes(sdDerivedBadge), ['OK']);
  t.strictSame(await codes(sdBaseBadge), ['OK']);
});

void t.test('what must be shown cannot be changed, what was chosen cannot either', async (t) => {
  const { credentialSubject: subject } = sdDerivedBadge;
  const [name] = subject.identifier;
  for (const changed of [
    { ...sdDerivedBadge, validFrom: '2025-07-01T00:00:00Z' },
    { ...sdDerivedBadge, issuer: { ...sdDerivedBadge.issuer, name: 'Other' } },
    { ...sdDerivedBadge, credentialSubject: { ...subject, identifier: [{ ...name, identityHash: 'Bob' }] } },
    { ...sdDerivedBadge, credentialSubject: { ...subject, achievement: { ...subject.achievement, name: 'Chess' } } },
    { ...sdDerivedBadge, name: 'Teamwork Badge' },
    { ...sdBaseBadge, name: 'Chess Badge' },
    { ...sdBaseBadge, validFrom: '2025-07-01T00:00:00Z' },
    { ...sdWindsurf, credentialSubject: { ...sdWindsurf.credentialSubject, sailNumber: 'Mars1' } },
    { ...sdDerivedBadge, proof: { ...sdDerivedBadge.proof, created: '2024-07-02T10:00:01Z' } },
  ]) {
    t.strictSame(await codes(changed), ['ERR_OB_PROOF_SIGNATURE']);
  }
  const { validFrom: _, ...withoutStart } = sdDerivedBadge;
  t.notMatch(await codes(withoutStart), ['OK'], 'what is mandatory cannot be left out');
  const { name: __, ...withoutName } = sdBaseBadge;
  t.notMatch(await codes(withoutName), ['OK'], 'a base proof is for the whole badge');
});

void t.test('the issuer’s key must have signed it', async (t) => {
  const method = 'https://example.edu/issuers/565049#zDnaeTHfhmSaQKBc7CmdL3K7oYg3D6SC7yowe2eBeVd2DH32r';
  t.strictSame(await codes({ ...sdDerivedBadge, proof: { ...sdDerivedBadge.proof, verificationMethod: method } }), [
    'ERR_OB_PROOF_SIGNATURE',
  ]);
});

void t.test('nodes that the labels do not name make the proof malformed', async (t) => {
  const subject = sdDerivedBadge.credentialSubject;
  const twice = {
    ...sdDerivedBadge,
    credentialSubject: {
      ...subject,
      identifier: [...subject.identifier, { ...subject.identifier[0], identityHash: 'Eve' }],
    },
  };
  t.strictSame(await codes(twice), ['ERR_OB_PROOF_MALFORMED']);
});
