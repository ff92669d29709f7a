// Brings the rows of one learner together before they are spooled. A course is written out unit by unit, so a thousand
// rows in a row are a thousand learners, each of whom is locked, matched and read with all they ever did, for one row;
// and so again for the next unit. Within what is held here each learner comes once, with all their rows in their order.
// Nothing rests on it: rows of different learners may be told in any order, as posts are, and whoever is written in two
// ways comes twice.
import type { ImportRow } from './import-row.ts';

/** Characters that are held at most: of records of ours some 25,000 rows, 8 MB, or 16 where a letter is outside Latin-1. */
const HELD_CHARACTERS = 8 * 1024 * 1024;
/** Rows that are held at most: a short one takes a hundred bytes besides its text. */
const HELD_ROWS = 32_768;
/** How long they are held: a file that comes slowly is still seen to come, and can be cancelled. */
const HELD_MS = 5_000;

/**
 * Takes rows of a file in their order, and gives them learner by learner, as many at a time as are held.
 * @param clock in milliseconds
 */
export async function* bringTogether(
  rows: AsyncIterable<ImportRow[]>,
  clock: () => number = () => performance.now(),
): AsyncGenerator<ImportRow[]> {
  const held = new Held();
  let since = clock();
  for await (const bunch of rows) {
    for (const row of bunch) held.add(row);
    if (!held.isFull && clock() - since < HELD_MS) continue;
    yield held.takeAll();
    since = clock();
  }
  if (!held.isEmpty) yield held.takeAll();
}

class Held {
  #byLearner = new Map<string, ImportRow[]>();
  #rows = 0;
  #characters = 0;

  add(row: ImportRow): void {
    const learner = learnerAsWritten(row[1] ?? '');
    const theirs = this.#byLearner.get(learner);
    if (theirs) theirs.push(row);
    else this.#byLearner.set(learner, [row]);
    this.#rows += 1;
    this.#characters += row[1]?.length ?? 0;
  }

  get isFull(): boolean {
    return this.#rows >= HELD_ROWS || this.#characters >= HELD_CHARACTERS;
  }

  get isEmpty(): boolean {
    return this.#rows === 0;
  }

  takeAll(): ImportRow[] {
    const all = [...this.#byLearner.values()].flat();
    this.#byLearner = new Map();
    this.#rows = 0;
    this.#characters = 0;
    return all;
  }
}

/** The identifiers of a record, letter by letter: reading a record would take as long as all else that is done here. */
function learnerAsWritten(text: string): string {
  const from = text.indexOf('"identifiers"');
  return from < 0 ? '' : text.slice(from, text.indexOf(']', from) + 1);
}
