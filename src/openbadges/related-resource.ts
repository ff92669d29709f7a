// What a credential binds by digest: the shape of `relatedResource`, and whether bytes are the ones that were meant.
//
// A digest says what the issuer saw when he signed. It comes as Subresource Integrity or as multibase, one or several;
// of multibase two readings are met, a multihash as the text has it and the bare digest as the W3C's own suite writes it,
// and both are told by their length. The base context of the data model is never fetched, and its digests are published
// with the Recommendation, so a wrong one is found where the shape is checked, at issue already.
//
// VC Data Model 2.0 (W3C Recommendation, 15 May 2025) §5.3 "Integrity of Related Resources", appendix B.1 (digest of the
// base context); Subresource Integrity (W3C, 23 June 2016) §3; Multihash in Controlled Identifiers 1.0 (15 May 2025) §2.5.

import { createHash } from 'node:crypto';
import { base58 } from '@scure/base';
import { z } from 'zod';
import { VC_V2 } from './context-order.ts';
import { asArray, isObject } from './parse-json.ts';
import { classOf, plainTextSchema, uriSchema, type Rule } from './primitives.ts';

const CLAUSE = 'VC Data Model 2.0 (15 May 2025) §5.3';
const SRI_STRENGTH = ['sha256', 'sha384', 'sha512'];
const MULTIHASHES: Record<number, string> = {
  0x12: 'sha256',
  0x13: 'sha512',
  0x20: 'sha384',
  0x16: 'sha3-256',
  0x14: 'sha3-512',
  0x15: 'sha3-384',
};
const BARE_LENGTHS: Record<number, string> = { 32: 'sha256', 48: 'sha384', 64: 'sha512' };

/** Gives the digest of the resource by an algorithm, when it is known. */
export type DigestOf = (algorithm: string) => Uint8Array | undefined;
export type DigestVerdict = 'matches' | 'differs' | 'unsupported';

/** The digests of bytes at hand. */
export function digestsOf(bytes: Uint8Array): DigestOf {
  return (algorithm) => createHash(algorithm).update(bytes).digest();
}

const PUBLISHED: ReadonlyMap<string, ReadonlyMap<string, Uint8Array>> = new Map([
  [
    VC_V2,
    new Map([
      ['sha256', Buffer.from('59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734', 'hex')],
      ['sha384', Buffer.from('l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU', 'base64')],
    ]),
  ],
]);

/** The digests that its publisher gives for a resource that is never fetched. */
export function publishedDigests(id: string): DigestOf {
  return (algorithm) => PUBLISHED.get(id)?.get(algorithm);
}

function compareBytes(claimed: Uint8Array, algorithm: string | undefined, digestOf: DigestOf): DigestVerdict {
  const digest = algorithm === undefined ? undefined : digestOf(algorithm);
  if (digest === undefined) return 'unsupported';
  return Buffer.from(claimed).equals(digest) ? 'matches' : 'differs';
}

/** Of several digests only those of the strongest algorithm count (Subresource Integrity §3.3.4). */
function compareSri(integrity: string, digestOf: DigestOf): DigestVerdict {
  const known = integrity
    .trim()
    .split(/\s+/)
    .map((one) => /^(sha256|sha384|sha512)-([A-Za-z0-9+/_-]+={0,2})(\?.*)?$/.exec(one))
    .filter((one) => one !== null);
  const strongest = SRI_STRENGTH.findLast((name) => known.some((one) => one[1] === name));
  const verdicts = known
    .filter((one) => one[1] === strongest)
    .map((one) => compareBytes(Buffer.from(one[2]!, 'base64'), strongest, digestOf));
  if (verdicts.includes('matches')) return 'matches';
  return verdicts.includes('differs') ? 'differs' : 'unsupported';
}

function decodeMultibase(text: string): Uint8Array | undefined {
  try {
    if (text.startsWith('u')) return Buffer.from(text.slice(1), 'base64url');
    if (text.startsWith('z') && text.length < 300) return base58.decode(text.slice(1));
  } catch {
    return undefined;
  }
  return undefined;
}

function compareMultibase(text: string, digestOf: DigestOf): DigestVerdict {
  const bytes = decodeMultibase(text);
  if (bytes === undefined) return 'unsupported';
  const isMultihash = MULTIHASHES[bytes[0] ?? 0] !== undefined && bytes[1] === bytes.length - 2;
  if (isMultihash) return compareBytes(bytes.subarray(2), MULTIHASHES[bytes[0]!], digestOf);
  return compareBytes(bytes, BARE_LENGTHS[bytes.length], digestOf);
}

/**
 * Compares every digest of a related resource.
 * Takes the resource as it stands in the credential and the digests of what it names; gives `differs` when any one does.
 */
export function compareDigests(resource: Record<string, unknown>, digestOf: DigestOf): DigestVerdict {
  const texts = (member: string): string[] => asArray(resource[member]).filter((one) => typeof one === 'string');
  const verdicts = [
    ...texts('digestSRI').map((text) => compareSri(text, digestOf)),
    ...texts('digestMultibase').map((text) => compareMultibase(text, digestOf)),
  ];
  if (verdicts.includes('differs')) return 'differs';
  return verdicts.includes('matches') ? 'matches' : 'unsupported';
}

const hasDigest: Rule = (resource, pointer, findings) => {
  const { id, digestSRI, digestMultibase } = resource;
  const every = (value: unknown, form: RegExp): boolean =>
    asArray(value).length > 0 && asArray(value).every((one) => typeof one === 'string' && form.test(one));
  if (digestSRI === undefined && digestMultibase === undefined)
    findings.fail(pointer, 'digest_missing', 'relatedResource must have a digestSRI or a digestMultibase.', CLAUSE);
  if (digestSRI !== undefined && !every(digestSRI, /^sha(256|384|512)-[A-Za-z0-9+/]+={0,2}/))
    findings.fail(
      `${pointer}/digestSRI`,
      'digest_malformed',
      'digestSRI must be "sha256-", "sha384-" or "sha512-" and base64.',
      CLAUSE,
    );
  if (digestMultibase !== undefined && !every(digestMultibase, /^[a-zA-Z][A-Za-z0-9+/=_-]+$/))
    findings.fail(
      `${pointer}/digestMultibase`,
      'digest_malformed',
      'digestMultibase must be a multibase text such as "u…" or "z…".',
      CLAUSE,
    );
  if (typeof id === 'string' && PUBLISHED.has(id) && compareDigests(resource, publishedDigests(id)) === 'differs')
    findings.fail(pointer, 'digest_differs', 'The digest is not that of the resource it names.', CLAUSE);
};

export const relatedResourceSchema = classOf(
  z.looseObject({ id: uriSchema, mediaType: plainTextSchema.optional() }),
  'relatedResource',
  [hasDigest],
  { clause: CLAUSE },
);
export interface RelatedResource {
  id: string;
  mediaType?: string;
  digestSRI?: string;
  digestMultibase?: string;
}

/** Each related resource stands once (§5.3). */
export const relatedResourcesDiffer: Rule = (credential, pointer, findings) => {
  const ids = asArray(credential.relatedResource)
    .filter(isObject)
    .map((one) => one.id);
  if (new Set(ids).size < ids.length)
    findings.fail(
      `${pointer}/relatedResource`,
      'related_resource_repeated',
      'relatedResource must not name one id twice.',
      CLAUSE,
    );
};
