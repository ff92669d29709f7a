// What decides about a badge stands under its own name and in its place, or the badge is refused.
import t from 'tap';
import { generateKeyPairSync } from 'node:crypto';
import { signEddsaRdfc2022 } from '../../../src/openbadges/proofs/eddsa-rdfc-2022.ts';
import { verifyProofs } from '../../../src/openbadges/proofs/proof.ts';
import { canonicalize } from '../../../src/openbadges/rdf/canonicalize.ts';
import { badgeVector } from '../vectors/open-badges.ts';

type Json = Record<string, unknown>;

const CRED = 'https://www.w3.org/2018/credentials#';
const XSD = 'http://www.w3.org/2001/XMLSchema#';
const badge: Json = {
  ...badgeVector.unsigned,
  validUntil: '2020-01-01T00:00:00Z',
  credentialStatus: {
    id: 'https://example.edu/status/1#7',
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '7',
    statusListCredential: 'https://example.edu/status/1',
  },
};
const contexts = badge['@context'] as unknown[];
const { publicKey, privateKey } = generateKeyPairSync('ed25519');

const without = (document: Json, name: string): Json =>
  Object.fromEntries(Object.entries(document).filter(([key]) => key !== name));
const renamed = (name: string, to: string, context: object): Json => ({
  ...without(badge, name),
  '@context': [...contexts, context],
  [to]: badge[name],
});

// Each says exactly what the badge says, so a signature over canonical N-Quads cannot tell them apart.
const tricks: Record<string, Json> = {
  'an alias for validUntil': renamed('validUntil', 'until', {
    until: { '@id': `${CRED}validUntil`, '@type': `${XSD}dateTime` },
  }),
  'an alias for credentialStatus': renamed('credentialStatus', 'state', {
    state: { '@id': `${CRED}credentialStatus`, '@type': '@id' },
  }),
  'an alias through a prefix': renamed('validUntil', 'c:validUntil', {
    c: CRED,
    'c:validUntil': { '@id': `${CRED}validUntil`, '@type': `${XSD}dateTime` },
  }),
  'the full IRI as a name': {
    ...without(badge, 'validUntil'),
    [`${CRED}validUntil`]: { '@value': badge.validUntil, '@type': `${XSD}dateTime` },
  },
  'an alias through @vocab': {
    ...without(badge, 'validUntil'),
    '@context': [...contexts, { '@vocab': `${CRED}valid` }],
    Until: { '@value': badge.validUntil, '@type': `${XSD}dateTime` },
  },
  'an alias for a type': {
    ...badge,
    '@context': [...contexts, { Entry: 'https://www.w3.org/ns/credentials/status#BitstringStatusListEntry' }],
    credentialStatus: { ...(badge.credentialStatus as Json), type: 'Entry' },
  },
  'an alias for id': {
    ...badge,
    '@context': [...contexts, { self: '@id' }],
    credentialSubject: {
      ...without(badge.credentialSubject as Json, 'id'),
      self: (badge.credentialSubject as Json).id,
    },
  },
};

for (const [what, trick] of Object.entries(tricks)) {
  void t.test(`${what}: refused, though every statement is there`, async (t) => {
    await t.rejects(canonicalize(trick), { code: 'ERR_OB_JSONLD' });
    const signed = (await signEddsaRdfc2022(badge, {
      privateKey,
      verificationMethod: 'https://example.edu/issuers/565049#key',
      created: new Date('2026-01-01T00:00:00Z'),
    })) as unknown as Json;
    const check = {
      now: new Date('2026-11-20T00:00:00Z'),
      purpose: 'assertionMethod',
      resolveMethod: async () => ({ controller: 'https://example.edu/issuers/565049', publicKey }),
    };
    t.match(await verifyProofs(signed, check), [{ status: 'good' }]);
    t.match(await verifyProofs({ ...trick, proof: signed.proof }, check), [{ status: 'bad', code: 'ERR_OB_JSONLD' }]);
  });
}

void t.test('what decides about a badge must not stand in another object with its id', async (t) => {
  const endorsement = { id: badge.id, type: ['EndorsementSubject'], endorsementComment: 'fine' };
  const endorsed = (subject: object): Json => ({
    ...badge,
    endorsement: [
      {
        '@context': contexts,
        id: 'urn:uuid:7f9bfb5c-2d35-4a1a-9a0f-1f1d6c6b2f10',
        type: ['VerifiableCredential', 'EndorsementCredential'],
        name: 'Endorsement',
        issuer: 'https://other.example',
        validFrom: '2026-01-01T00:00:00Z',
        credentialSubject: subject,
      },
    ],
  });
  await t.resolves(canonicalize(endorsed(endorsement)), 'an endorsement speaks of the badge by its id');
  const moved = without(
    endorsed({ ...endorsement, type: ['EndorsementSubject', 'VerifiableCredential'], validUntil: badge.validUntil }),
    'validUntil',
  );
  await t.rejects(canonicalize(moved), { code: 'ERR_OB_JSONLD', message: /"validUntil" of this credential/ });
});

void t.test('contexts of an issuer for words of its own are welcome', async (t) => {
  await t.resolves(
    canonicalize({ ...badge, '@context': [...contexts, { '@vocab': 'https://school.example/' }], house: 'red' }),
  );
  await t.resolves(
    canonicalize({
      ...badge,
      '@context': [
        ...contexts,
        { school: 'https://school.example/', House: 'school:House', 'school:house': { '@type': '@id' } },
      ],
      type: [...(badge.type as string[]), 'House'],
      'school:house': { id: 'https://school.example/red', type: ['House', 'Achievement'], name: 'Red' },
    }),
  );
});
