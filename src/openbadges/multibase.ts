// Bytes as text, read strictly. Two texts for one key or one signature would be two names for one thing (a list of
// names could be slipped past, a digest compared wrongly), so whatever is not the one canonical text is refused:
// padding, foreign letters, left-over bits.
//
// Controlled Identifiers 1.0 (W3C Recommendation, 15 May 2025) §2.4 Multibase; RFC 4648 (October 2006) §5.

import { base64urlnopad } from '@scure/base';
import { decodeBase58, encodeBase58 } from './base58.ts';
import { OpenBadgesError } from './errors.ts';

// Base 58 is read in quadratic time: 16 KiB of it take 0.1 s, and the longest honest text (an RSA-free Multikey, a
// signature of 96 bytes) has 133 letters.
const LONGEST_BASE58 = 1024;

function fault(what: string): OpenBadgesError {
  return new OpenBadgesError('ERR_OB_ENCODING', what);
}

/** Takes bytes, gives base64url without padding. */
export function encodeBase64url(bytes: Uint8Array): string {
  return base64urlnopad.encode(bytes);
}

/** Takes base64url without padding, gives its bytes. Throws ERR_OB_ENCODING unless the text is the canonical one. */
export function decodeBase64url(text: string): Uint8Array {
  try {
    return base64urlnopad.decode(text);
  } catch (cause) {
    throw new OpenBadgesError('ERR_OB_ENCODING', 'This is not base64url without padding (RFC 4648 §5).', { cause });
  }
}

/** Takes bytes, gives multibase base58btc: `z…`. */
export function encodeBase58btc(bytes: Uint8Array): string {
  return `z${encodeBase58(bytes)}`;
}

/** Takes multibase base58btc (`z…`), gives its bytes. Throws ERR_OB_ENCODING for any other header or letter. */
export function decodeBase58btc(text: string): Uint8Array {
  if (!text.startsWith('z')) throw fault('A base58btc value starts with the letter z (multibase header).');
  if (text.length > LONGEST_BASE58) throw fault(`A base58btc value here has at most ${LONGEST_BASE58} letters.`);
  try {
    return decodeBase58(text.slice(1));
  } catch (cause) {
    throw new OpenBadgesError('ERR_OB_ENCODING', 'There are letters in this value that base58btc does not have.', {
      cause,
    });
  }
}

/** Takes multibase base64url (`u…`), gives its bytes. Throws ERR_OB_ENCODING for any other header or letter. */
export function decodeMultibaseBase64url(text: string): Uint8Array {
  if (!text.startsWith('u')) throw fault('A base64url value starts with the letter u (multibase header).');
  return decodeBase64url(text.slice(1));
}
