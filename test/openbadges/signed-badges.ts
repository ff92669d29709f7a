// Badges signed in the test, the documents they need, and a verifier over them: what each test then breaks.
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { signEddsaRdfc2022 } from '../../src/openbadges/proofs/eddsa-rdfc-2022.ts';
import type { VerifyOptions } from '../../src/openbadges/checks/examination.ts';
import type { CheckId, Report } from '../../src/openbadges/report.ts';
import { verifyCredential } from '../../src/openbadges/verify.ts';
import { publicJwk } from '../../src/openbadges/keys.ts';
import { exampleBadge, exampleEndorsement, type Json } from './example-badge.ts';
import { serve, type Served } from './documents.ts';
import { controllerOf, ed25519Key, type TestKey } from './test-keys.ts';

export const ISSUER = 'https://school.example/issuers/1';
export const LIST = 'https://school.example/status/1';
export const key = ed25519Key(11);
export const otherKey = ed25519Key(12);
export const now = new Date('2026-06-01T00:00:00Z');

/** Signs a document as an issuer does; the proof is an array, as the plain form has it. */
export async function sign(
  document: Json,
  options: { key?: TestKey; method?: string; purpose?: string; created?: Date } = {},
): Promise<Json> {
  const signer = options.key ?? key;
  const issuer = typeof document.issuer === 'string' ? document.issuer : (document.issuer?.id ?? document.holder);
  return signEddsaRdfc2022(document, {
    privateKey: signer.privateKey,
    verificationMethod: options.method ?? `${issuer}#${signer.multibase}`,
    created: options.created ?? new Date('2026-03-04T10:11:12Z'),
    ...(options.purpose !== undefined && { proofPurpose: options.purpose }),
  }) as Promise<Json>;
}

/** An unsigned badge of the school. */
export function badge(extra: Json = {}): Json {
  const { proof: _, ...document } = exampleBadge();
  return { ...document, issuer: { id: ISSUER, type: ['Profile'], name: 'The school' }, ...extra };
}

export function endorsement(extra: Json = {}): Json {
  const { proof: _, ...document } = exampleEndorsement();
  return { ...document, issuer: { id: ISSUER, type: ['Profile'], name: 'The school' }, ...extra };
}

export const issuerDocuments: Record<string, Served> = { [ISSUER]: controllerOf(ISSUER, key) };

export interface Asked extends Partial<VerifyOptions> {
  documents?: Record<string, Served>;
}

/** Verifies offline; the issuer's document is there unless said otherwise. */
export async function verify(document: unknown, { documents = {}, ...options }: Asked = {}): Promise<Report> {
  const submission = typeof document === 'string' ? { jwt: document } : { json: document };
  return verifyCredential(submission, { resolve: serve({ ...issuerDocuments, ...documents }), now, ...options });
}

/** `outcome check.status/code …` of everything that does not simply pass, for one-line comparisons. */
export function summary(report: Report): string {
  const told = report.checks.filter((one) => one.status !== 'pass' && one.status !== 'skipped');
  return [report.outcome, ...told.map((one) => `${one.id}=${one.status}/${one.code}`)].join(' ');
}

export function find(report: Report, id: CheckId): Report['checks'][number] {
  return report.checks.find((one) => one.id === id)!;
}

// RSA keys cannot be made from a seed; one is enough for all tests of a process.
let rsa: { privateKey: KeyObject; publicKey: KeyObject; jwk: Json } | undefined;
export function rsaKey(): { privateKey: KeyObject; publicKey: KeyObject; jwk: Json } {
  if (rsa === undefined) {
    const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
    rsa = { ...pair, jwk: { ...publicJwk(pair.publicKey) } };
  }
  return rsa;
}
