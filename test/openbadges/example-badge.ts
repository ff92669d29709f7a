// A badge, an endorsement and a plain credential that break no rule, for tests that then break one.

import { checkCredential } from '../../src/openbadges/check-credential.ts';

export interface Json {
  [member: string]: any; // eslint-disable-line @typescript-eslint/no-explicit-any -- tests reach in to break things
}

export function exampleBadge(): Json {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id: 'https://badges.example.org/credentials/1',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'Bread baking',
    issuer: { id: 'did:web:badges.example.org', type: ['Profile'], name: 'The bakers' },
    validFrom: '2026-03-04T10:11:12Z',
    credentialSubject: {
      id: 'urn:uuid:3f7c1c2e-0001-4000-8000-000000000001',
      type: ['AchievementSubject'],
      achievement: {
        id: 'https://badges.example.org/achievements/bread',
        type: ['Achievement'],
        name: 'Bread',
        description: 'Bakes a loaf.',
        criteria: { narrative: 'Three loaves were eaten.' },
      },
    },
    proof: [
      {
        type: 'DataIntegrityProof',
        cryptosuite: 'eddsa-rdfc-2022',
        created: '2026-03-04T10:11:12Z',
        verificationMethod: 'did:web:badges.example.org#key',
        proofPurpose: 'assertionMethod',
        proofValue: 'z3x',
      },
    ],
  };
}

export function exampleBadgeV1(): Json {
  const { validFrom, ...badge } = exampleBadge();
  return {
    ...badge,
    '@context': [
      'https://www.w3.org/2018/credentials/v1',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ],
    issuanceDate: validFrom,
  };
}

export function exampleEndorsement(): Json {
  return {
    ...exampleBadge(),
    id: 'https://guild.example.org/endorsements/1',
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'The guild vouches',
    credentialSubject: {
      id: 'https://badges.example.org/credentials/1',
      type: ['EndorsementSubject'],
      endorsementComment: 'We tasted it.',
    },
  };
}

export function exampleCredential(): Json {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential'],
    issuer: 'did:web:issuer.example.org',
    credentialSubject: { id: 'did:web:holder.example.org' },
  };
}

/** The findings of a document, as lines that a test can read: severity, place and code. */
export function findingsOf(document: unknown): string[] {
  return checkCredential(document).findings.map((one) => `${one.severity} ${one.pointer} ${one.code}`);
}

/** The findings of a badge after one change. */
export function findingsAfter(change: (badge: Json) => void, badge = exampleBadge()): string[] {
  change(badge);
  return findingsOf(badge);
}
