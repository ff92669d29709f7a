// A status list as bits: index 0 is the left-most bit of the first byte; packed with gzip and written as multibase.
//
// What others publish is hostile until shown otherwise: a few kilobytes of gzip can unfold to gigabytes, so unpacking
// stops at a bound, and a list that is too short to hide anybody in is refused as the Recommendation asks.
//
// Bitstring Status List v1.0 (W3C Recommendation, 15 May 2025) §3.3, §3.4; Controlled Identifiers v1.0 (15 May 2025)
// §2.4 Multibase ('u': base64url without padding); gzip: RFC 1952.

import { gunzipSync, gzipSync } from 'node:zlib';
import { OpenBadgesError } from '../errors.ts';

/** The least length that a list may have, so that one entry hides among many (16 KiB). */
export const LEAST_LENGTH_BITS = 131_072;

/** 8 MiB unpacked: 67 million entries, five hundred times the least list. */
const MOST_UNPACKED_BYTES = 8 * 1024 * 1024;

export interface Bitstring {
  lengthBits: number;
  /** The status at an index: 0 or 1, or up to 2^statusSize - 1. Throws ERR_OB_STATUS_RANGE outside the list. */
  get(index: number, statusSize?: number): number;
}

function bitstringOf(bytes: Uint8Array): Bitstring {
  const lengthBits = bytes.length * 8;
  return {
    lengthBits,
    get(index, statusSize = 1) {
      if (!Number.isSafeInteger(index) || index < 0 || (index + 1) * statusSize > lengthBits)
        throw new OpenBadgesError(
          'ERR_OB_STATUS_RANGE',
          `Index ${index} is outside the status list of ${Math.floor(lengthBits / statusSize)} entries.`,
        );
      let status = 0;
      for (let bit = index * statusSize; bit < (index + 1) * statusSize; bit += 1)
        status = status * 2 + ((bytes[bit >> 3]! >> (7 - (bit & 7))) & 1);
      return status;
    },
  };
}

/**
 * Writes a list with the given bits set.
 * Takes the indexes whose status is set and the length in bits (a multiple of 8, at least 131,072); gives `u` and the
 * base64url of the gzip. Throws ERR_OB_STATUS_LENGTH or ERR_OB_STATUS_RANGE. (§3.3 "Bitstring Generation Algorithm")
 */
export function encodeBitstring(indexes: Iterable<number>, lengthBits = LEAST_LENGTH_BITS): string {
  if (!Number.isSafeInteger(lengthBits) || lengthBits < LEAST_LENGTH_BITS || lengthBits % 8 !== 0)
    throw new OpenBadgesError(
      'ERR_OB_STATUS_LENGTH',
      `A status list must have at least ${LEAST_LENGTH_BITS} bits, in whole bytes.`,
    );
  const bytes = Buffer.alloc(lengthBits / 8);
  for (const index of indexes) {
    if (!Number.isSafeInteger(index) || index < 0 || index >= lengthBits)
      throw new OpenBadgesError(
        'ERR_OB_STATUS_RANGE',
        `Index ${index} is outside the status list of ${lengthBits} entries.`,
      );
    bytes[index >> 3]! |= 0x80 >> (index & 7);
  }
  return packBitstring(bytes);
}

/** Writes a list whose bits are there: its gzip in base64url, after `u`. (§3.3) */
export function packBitstring(bytes: Uint8Array): string {
  const packed = gzipSync(bytes, { level: 9 });
  // The tenth byte names the operating system: "unknown", so that the same list is the same text everywhere.
  packed[9] = 0xff;
  return `u${packed.toString('base64url')}`;
}

function decodeBase64Url(encoded: string): Buffer {
  const bytes = Buffer.from(encoded, 'base64url');
  // Buffer skips what it does not know; what it read must be all that was written.
  if (bytes.toString('base64url') !== encoded)
    throw new OpenBadgesError(
      'ERR_OB_STATUS_MALFORMED',
      'encodedList must be base64url without padding after its "u".',
    );
  return bytes;
}

/**
 * Reads a list that somebody published.
 * Takes `encodedList` and the bound on its unpacked size; gives the bits. Throws ERR_OB_STATUS_MALFORMED when it is not
 * `u` + base64url + gzip, or unfolds beyond the bound. Its length is judged by who knows the size of an entry.
 * (§3.4 "Bitstring Expansion Algorithm")
 */
export function decodeBitstring(encoded: unknown, { maxBytes = MOST_UNPACKED_BYTES } = {}): Bitstring {
  if (typeof encoded !== 'string' || !encoded.startsWith('u'))
    throw new OpenBadgesError(
      'ERR_OB_STATUS_MALFORMED',
      'encodedList must be a text that starts with "u" (multibase base64url).',
    );
  if (encoded.length > maxBytes * 2)
    throw new OpenBadgesError(
      'ERR_OB_STATUS_MALFORMED',
      `encodedList is longer than a list of ${maxBytes} bytes can be.`,
    );
  const packed = decodeBase64Url(encoded.slice(1));
  try {
    return bitstringOf(gunzipSync(packed, { maxOutputLength: maxBytes }));
  } catch (cause) {
    const bomb = cause instanceof RangeError || (cause as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE';
    throw new OpenBadgesError(
      'ERR_OB_STATUS_MALFORMED',
      bomb ? `encodedList unfolds to more than ${maxBytes} bytes.` : 'encodedList is not a whole gzip stream.',
    );
  }
}
