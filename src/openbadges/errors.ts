// The one error of this room. A caller switches on `code`, which never changes its meaning; the message is for people
// and may be reworded. Codes stand here, in one union, so that two files never give one fault two names. Add yours to
// the group of your file; a code that is in use is never renamed.

/** What can be wrong, by the file that says so. */
export type OpenBadgesErrorCode =
  // credential.ts, recipient.ts
  | 'ERR_OB_CREDENTIAL_INVALID' // what we were about to build breaks the data model
  | 'ERR_OB_HTML_ENTITY' // a text that two wallets would rewrite before they check its signature
  // status/
  | 'ERR_OB_STATUS_MALFORMED'
  | 'ERR_OB_STATUS_LENGTH' // too short to hide anybody in
  | 'ERR_OB_STATUS_RANGE' // an index outside its list
  | 'ERR_OB_STATUS_VERIFICATION' // not the list that the entry means, or out of date
  | 'ERR_OB_STATUS_INDEX' // no place to be had for this counter
  // baking/
  | 'ERR_OB_IMAGE_MALFORMED'
  | 'ERR_OB_IMAGE_EMPTY' // a sound picture with no badge in it
  | 'ERR_OB_IMAGE_BAKED' // there is a badge in it already
  // contexts.ts, rdf/
  | 'ERR_OB_CONTEXT_UNKNOWN' // a context that is not bundled: nothing is ever fetched
  | 'ERR_OB_JSONLD' // not safe JSON-LD: something would be left unsigned, or means nothing
  | 'ERR_OB_TOO_COMPLEX' // deeper, larger or more entangled than any honest credential
  // keys.ts
  | 'ERR_OB_ENCODING' // not canonical base58btc, base64url or multibase
  | 'ERR_OB_KEY_MALFORMED'
  | 'ERR_OB_KEY_UNSUPPORTED'
  | 'ERR_OB_KEY_WEAK'
  | 'ERR_OB_KEY_PRIVATE' // private members where a public key belongs
  // proofs/
  | 'ERR_OB_PROOF_MISSING'
  | 'ERR_OB_PROOF_MALFORMED'
  | 'ERR_OB_PROOF_UNSUPPORTED' // a proof type or cryptosuite that is not ours to judge
  | 'ERR_OB_PROOF_PURPOSE'
  | 'ERR_OB_PROOF_CHALLENGE'
  | 'ERR_OB_PROOF_DOMAIN'
  | 'ERR_OB_PROOF_EXPIRED'
  | 'ERR_OB_PROOF_CHAIN' // `previousProof` names a proof that is missing, circular or not good
  | 'ERR_OB_PROOF_CONTEXT' // the proof's own `@context` does not go with the document's
  | 'ERR_OB_PROOF_SIGNATURE' // everything was in order, and the signature does not match
  | 'ERR_OB_METHOD_UNREACHABLE' // the document that publishes the key could not be had just now
  | 'ERR_OB_METHOD_REFUSED' // it could be had and does not publish that key for that purpose
  | 'ERR_OB_JWT_MALFORMED'
  | 'ERR_OB_JWT_HEADER'
  | 'ERR_OB_JWT_ALGORITHM'
  | 'ERR_OB_JWT_CLAIM'
  | 'ERR_OB_JWT_SIGNATURE';

/** A fault in what was given, with the place where it lies when there is one. */
export class OpenBadgesError extends Error {
  readonly code: OpenBadgesErrorCode;
  /** JSON Pointer (RFC 6901) to the faulty member. */
  readonly pointer: string | undefined;

  constructor(code: OpenBadgesErrorCode, message: string, extra: { pointer?: string; cause?: unknown } = {}) {
    super(message, extra.cause === undefined ? undefined : { cause: extra.cause });
    this.name = 'OpenBadgesError';
    this.code = code;
    this.pointer = extra.pointer;
  }
}
