// Open Badges 2.0 as it lies about: a hosted and a signed assertion with the documents they need.
import { sign } from 'node:crypto';
import { hashIdentity } from '../../../src/openbadges/recipient.ts';
import type { Report } from '../../../src/openbadges/report.ts';
import { verifyCredential } from '../../../src/openbadges/verify.ts';
import { serve, type Served } from '../documents.ts';
import type { Json } from '../example-badge.ts';
import { rsaKey } from '../signed-badges.ts';

const HOME = 'https://badges.example';
const { privateKey, publicKey } = rsaKey();
export const keyId = `${HOME}/key`;

export function assertion(extra: Json = {}): Json {
  return {
    '@context': 'https://w3id.org/openbadges/v2',
    type: 'Assertion',
    id: `${HOME}/assertions/1`,
    recipient: { type: 'email', hashed: true, salt: 'sea', identity: hashIdentity('ada@example.edu', 'sea') },
    issuedOn: '2016-12-31T23:59:59Z',
    badge: `${HOME}/badge`,
    verification: { type: 'hosted' },
    ...extra,
  };
}

export const badgeClass: Json = {
  '@context': 'https://w3id.org/openbadges/v2',
  type: 'BadgeClass',
  id: `${HOME}/badge`,
  name: 'Robots',
  description: 'Built one.',
  image: `${HOME}/image.png`,
  criteria: { narrative: 'It walked.' },
  issuer: `${HOME}/issuer`,
};
export const issuer = (extra: Json = {}): Json => ({
  '@context': 'https://w3id.org/openbadges/v2',
  type: 'Issuer',
  id: `${HOME}/issuer`,
  name: 'Robot school',
  url: HOME,
  ...extra,
});
export const keyDocument: Json = {
  '@context': 'https://w3id.org/openbadges/v2',
  type: 'CryptographicKey',
  id: keyId,
  owner: `${HOME}/issuer`,
  publicKeyPem: publicKey.export({ format: 'pem', type: 'spki' }),
};

/** An assertion as a JWS under RS256. */
export function seal(payload: Json, header: Json = { alg: 'RS256' }): string {
  const input = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
}

export const signedAssertion = (extra: Json = {}): Json =>
  assertion({ id: 'urn:uuid:1', verification: { type: 'signed', creator: keyId }, ...extra });

/** Verifies; badge and issuer are there unless said otherwise, the assertion only when given. */
export function verifyOb2(
  submitted: Json | string,
  documents: Record<string, Served> = {},
  recipient?: string,
): Promise<Report> {
  const resolve = serve({ [`${HOME}/badge`]: badgeClass, [`${HOME}/issuer`]: issuer(), ...documents });
  const identities = recipient === undefined ? [] : [{ identityType: 'emailAddress', identifier: recipient }];
  const submission = typeof submitted === 'string' ? { jwt: submitted } : { json: submitted };
  return verifyCredential(submission, { resolve, now: new Date('2026-06-01T00:00:00Z'), recipient: { identities } });
}
