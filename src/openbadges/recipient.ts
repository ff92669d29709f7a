// Whose badge is it: hashed or plain identities, and how a known person is compared with them.
//
// The e-mail of an earner stands in a public document, so it stands there salted and hashed: whoever knows the address
// can check it, nobody can read it. Matching is exact, because silently folding case would confirm a person the issuer
// never named; the second try in lower case is a step of its own that the report shows.
//
// Open Badges 3.0 (1EdTech, as published April 2025), IdentityObject, IdentityHash and §9.3 "Recipient verification".

import { hash } from 'node:crypto';
import { z } from 'zod';
import { OpenBadgesError } from './errors.ts';
import { booleanSchema, classOf, identifierTypeSchema, onlyTypeSchema, textSchema, type Rule } from './primitives.ts';

const HASH_LENGTHS = { md5: 32, sha256: 64 } as const;
const HASHED = /^(md5|sha256)\$([0-9a-fA-F]+)$/;

/** `algorithm$hex` as §IdentityHash has it: md5 or sha256, hexadecimal in either case, of the right length. */
export function isIdentityHash(text: string): boolean {
  const parts = text.length <= 80 ? HASHED.exec(text) : null;
  return parts !== null && parts[2]!.length === HASH_LENGTHS[parts[1] as 'md5' | 'sha256'];
}

const hashHasItsForm: Rule = (identity, pointer, findings) => {
  const { hashed, identityHash } = identity;
  if (hashed === true && typeof identityHash === 'string' && !isIdentityHash(identityHash))
    findings.fail(
      `${pointer}/identityHash`,
      'identity_hash_malformed',
      'identityHash must be "sha256$" or "md5$" and that hash in hexadecimal, because hashed is true.',
      'OB 3.0 (April 2025), IdentityHash',
    );
};

/** R1.24: no further members. */
export const identityObjectSchema = classOf(
  z.strictObject({
    type: onlyTypeSchema('IdentityObject'),
    hashed: booleanSchema,
    identityHash: textSchema,
    identityType: identifierTypeSchema,
    salt: textSchema.optional(),
  }),
  'IdentityObject',
  [hashHasItsForm],
);
export type IdentityObject = z.infer<typeof identityObjectSchema>;

/**
 * The hash of an identifier as it stands in `identityHash`.
 * Takes the identifier as the earner gave it and the salt (empty: unsalted); gives `sha256$` and lower-case hex of
 * UTF-8(identifier + salt), the salt appended without a separator (OB 3.0, IdentityHash).
 */
export function hashIdentity(identifier: string, salt = '', algorithm: 'sha256' | 'md5' = 'sha256'): string {
  return `${algorithm}$${hash(algorithm, identifier + salt)}`;
}

/** What the asker knows of the person, from outside the badge (OB 3.0 §9.3: never taken from the badge itself). */
export interface KnownIdentity {
  identityType: string;
  identifier: string;
}

export interface RecipientStep {
  step: 'as_given' | 'lower_case';
  matched: boolean;
  /** Position in `identifier` of the entry that matched. */
  entry?: number;
}

export interface RecipientMatch {
  matched: boolean;
  steps: RecipientStep[];
}

function entryMatches(entry: unknown, known: KnownIdentity): boolean {
  if (typeof entry !== 'object' || entry === null) return false;
  const { identityType, identityHash, hashed, salt } = entry as Record<string, unknown>;
  if (identityType !== known.identityType || typeof identityHash !== 'string') return false;
  if (hashed !== true) return identityHash === known.identifier;
  if (!isIdentityHash(identityHash)) return false;
  const algorithm = identityHash.startsWith('md5') ? 'md5' : 'sha256';
  const expected = hashIdentity(known.identifier, typeof salt === 'string' ? salt : '', algorithm);
  return expected === identityHash.toLowerCase();
}

/**
 * Compares a known identity with the `identifier` entries of a subject.
 * Takes the entries as they stand in the badge (unchecked, one or many) and the known identity; gives whether one
 * matched and by which step. The lower-case step is taken only when the first failed and the text has another case
 * (OB 3.0 §9.3; the retry is ours and always shown).
 */
export function matchRecipient(identifiers: unknown, known: KnownIdentity): RecipientMatch {
  const entries: unknown[] = Array.isArray(identifiers) ? identifiers : identifiers === undefined ? [] : [identifiers];
  const find = (identity: KnownIdentity): number => entries.findIndex((entry) => entryMatches(entry, identity));
  const exact = find(known);
  if (exact >= 0) return { matched: true, steps: [{ step: 'as_given', matched: true, entry: exact }] };
  const steps: RecipientStep[] = [{ step: 'as_given', matched: false }];
  const lower = known.identifier.toLowerCase();
  if (lower === known.identifier) return { matched: false, steps };
  const folded = find({ ...known, identifier: lower });
  steps.push(
    folded >= 0 ? { step: 'lower_case', matched: true, entry: folded } : { step: 'lower_case', matched: false },
  );
  return { matched: folded >= 0, steps };
}

/**
 * Builds the identity entry of an e-mail address.
 * Takes the hash made by `hashIdentity` and its salt; gives an IdentityObject of type `emailAddress`. Throws
 * ERR_OB_CREDENTIAL_INVALID for a hash that is none or an empty salt (a bare hash of an address is guessed in seconds).
 */
export function buildEmailIdentity(identityHash: string, salt: string): IdentityObject {
  if (!isIdentityHash(identityHash))
    throw new OpenBadgesError('ERR_OB_CREDENTIAL_INVALID', 'identityHash must be "sha256$" and 64 hexadecimal digits.');
  if (salt === '')
    throw new OpenBadgesError('ERR_OB_CREDENTIAL_INVALID', 'The salt of an e-mail hash must not be empty.');
  return { type: 'IdentityObject', hashed: true, identityHash, identityType: 'emailAddress', salt };
}
