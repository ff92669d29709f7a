// Signed documents on their way into the database, without the texts that many of them share. Of 4 KB of a badge its
// achievement is more than half, and the same in the next: the database puts it in, letter by letter, so that it is
// neither copied nor written as UTF-8 nor sent for each badge. That took a tenth of what an award takes of the processor.
import { jsonOf } from '../openbadges/constant-part.ts';

/** Stands in a document for the text it shares: JSON has no control characters of its own (RFC 8259, December 2017, §7). */
export const SHARED_MARK = '\u0001';
/** A mark and its place cost some letters too. */
const SHARED_LEAST_LETTERS = 500;

export interface SignedBatch {
  /** The documents, a line each: JSON has no line break of its own. */
  lines: string;
  /** A text each, as it stands in the documents. */
  shared: string[];
  /** For each line which text its mark stands for, counted from 1; 0 where it has none. */
  sharedOf: number[];
}

/** Takes documents one by one. */
export class BatchWriter {
  readonly #lines: string[] = [];
  readonly #shared: string[] = [];
  readonly #sharedOf: number[] = [];

  add(signed: object): void {
    let place = 0;
    const line = jsonOf(signed, (text) => {
      if (place > 0 || text.length < SHARED_LEAST_LETTERS) return text;
      place = this.#shared.indexOf(text) + 1 || this.#shared.push(text);
      return SHARED_MARK;
    });
    this.#lines.push(line);
    this.#sharedOf.push(place);
  }

  finish(): SignedBatch {
    return { lines: this.#lines.join('\n'), shared: this.#shared, sharedOf: this.#sharedOf };
  }
}
