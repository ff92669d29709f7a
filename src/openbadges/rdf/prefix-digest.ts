// The digest of bytes whose beginning is mostly that of last time: the canonical form of a badge is sorted by subject,
// so that the achievement, which all badges of a module share, often stands before what is the earner's. Half of 10 KB
// need not be hashed again.
//
// SHA-256: FIPS 180-4 (August 2015) §6.2, which reads a message from its first block to its last.

import { createHash, hash } from 'node:crypto';

/** Fewer bytes are hashed again in less time than a hash that was begun is copied. */
const WORTH_KEEPING_BYTES = 2048;

/** The SHA-256 of one text after another. */
export class PrefixDigest {
  #begun = createHash('sha256');
  #begunBytes = 0;

  /**
   * Takes bytes, gives their SHA-256.
   * @param sameBytes how many of them, from the first on, are those of the last call.
   */
  digest(bytes: Buffer, sameBytes: number): Buffer {
    if (sameBytes < this.#begunBytes || sameBytes > this.#begunBytes + WORTH_KEEPING_BYTES) {
      this.#begun = createHash('sha256').update(bytes.subarray(0, sameBytes));
      this.#begunBytes = sameBytes;
    }
    const digest =
      this.#begunBytes < WORTH_KEEPING_BYTES
        ? hash('sha256', bytes, 'binary')
        : this.#begun.copy().update(bytes.subarray(this.#begunBytes)).digest('binary');
    // Memory of its own, which Node gives to a digest that it makes a Buffer, takes longer than this from the pool.
    return Buffer.from(digest, 'binary');
  }
}
