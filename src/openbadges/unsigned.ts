// A credential before and after signing, as two types.
//
// Nothing may be added to what was signed, and nothing unsigned may be delivered; the compiler holds both, because a
// document becomes Unsigned only in a builder and Signed only where a proof is made.

declare const stage: unique symbol;

/** A credential's members as JSON. */
export interface CredentialDocument {
  '@context': readonly (string | object)[];
  id?: string;
  type: readonly string[];
  issuer: string | { id: string; [member: string]: unknown };
  credentialSubject: unknown;
  [member: string]: unknown;
}

export type UnsignedCredential = CredentialDocument & { readonly [stage]: 'unsigned' };
export type SignedCredential = CredentialDocument & { readonly [stage]: 'signed' };

/** Marks what a builder made; for builders only. */
export function brandUnsigned(document: CredentialDocument): UnsignedCredential {
  return document as UnsignedCredential;
}

/** Marks what carries a proof; for signers only. */
export function brandSigned(document: CredentialDocument): SignedCredential {
  return document as SignedCredential;
}

let lastSecond = { second: Number.NaN, text: '' };

/** An instant in whole seconds, as `2026-03-04T10:11:12Z`: a VC-JWT cannot say more (RFC 7519 NumericDate). */
export function wholeSeconds(instant: Date): string {
  // The dates of a badge are one second, and so are those of all that are issued together.
  const second = Math.floor(instant.getTime() / 1000);
  if (second !== lastSecond.second) lastSecond = { second, text: `${instant.toISOString().slice(0, 19)}Z` };
  return lastSecond.text;
}
