// What every check is given: the credential under examination and the means to look further.
//
// Checks are functions of this and nothing else. Nested documents (endorsements, status lists, refreshed copies) are
// verified by the same rules through `nested`, one level deeper and within the same budget of documents.

import type { ProofExpectation } from '../proofs/proof-options.ts';
import type { KnownIdentity } from '../recipient.ts';
import type { Report } from '../report.ts';
import type { Resolve } from '../resolve.ts';
import type { SchemaValidator } from './credential-schema.ts';
import type { JudgedProof } from './embedded-proof.ts';

export type Json = Record<string, unknown>;

/** Whom the badge should belong to, as the asker knows it: an id, or identities of the kinds a badge may name. */
export interface KnownRecipient {
  id?: string;
  identities: KnownIdentity[];
}

/** A credential as it lies open: its members, and the JWT it came in when it came in one. */
export interface Opened {
  credential: Json;
  jwt?: string;
}

export interface VerifyOptions {
  resolve: Resolve;
  /** The present instant. */
  now: Date;
  /** The instant to judge at; the present one when left out. */
  at?: Date;
  recipient?: KnownRecipient;
  /** What the proof must say besides, when the asker set it (VC Data Integrity 1.0 §4.4). */
  proof?: Partial<Pick<ProofExpectation, 'purpose' | 'challenge' | 'domain'>> | undefined;
  /** The proof of the presentation that it came in, for a credential of its holder that has none of its own. */
  securedBy?: JudgedProof | undefined;
  /** Ids under which this service issues. */
  ownIssuers?: readonly string[];
  /** Applies schemas that a credential names besides the official ones; without it they are only fetched. */
  validateSchema?: SchemaValidator;
}

export interface Examination extends Opened {
  /** The issuer's id when the credential names one. */
  issuer: string | undefined;
  options: VerifyOptions;
  at: Date;
  /** 0 for what was submitted, 1 for what it holds. */
  depth: number;
  nested: (opened: Opened, depth: number) => Promise<Report>;
}

/** The id of an issuer, which is a URL or an object with one. */
export function issuerIdOf(credential: Json): string | undefined {
  const { issuer } = credential;
  const id = typeof issuer === 'object' && issuer !== null ? (issuer as Json)['id'] : issuer;
  return typeof id === 'string' && id !== '' ? id : undefined;
}

/** The text of a value that may be language-tagged (VC Data Model 2.0, 15 May 2025, §11.1), for messages. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const first: unknown = Array.isArray(value) ? value[0] : value;
  const text = typeof first === 'object' && first !== null ? (first as Json)['@value'] : first;
  return typeof text === 'string' ? text : undefined;
}
