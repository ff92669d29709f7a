// Many small reads as one: what is asked for while a query runs is the next query. A query begins after what it reads was
// asked for, so it sees all that was committed before; nothing is kept from one to the next. (With a query for each turn
// of the event loop there were hardly two askers in one, and the socket to PostgreSQL took a quarter of the time.)
import { setImmediate } from 'node:timers/promises';

/** How many turns of the event loop a query waits while each brings another asker; a lone one waits for one turn. */
const TURNS_MAX = 6;

/**
 * Gathers reads by key.
 * @param read reads the values of distinct keys; what is not in the map is not there.
 * @returns a reader of one key; rejects as `read` does.
 */
export function gatherReads<V>(
  read: (keys: string[]) => Promise<ReadonlyMap<string, V>>,
): (key: string) => Promise<V | undefined> {
  let asked: Set<string> | undefined;
  let askers = 0;
  let answer: Promise<ReadonlyMap<string, V>>;
  let before: Promise<unknown> = Promise.resolve();

  async function readNext(keys: Set<string>): Promise<ReadonlyMap<string, V>> {
    await before;
    for (let turn = 0, seen = 0; turn < TURNS_MAX && seen < askers; turn += 1) {
      seen = askers;
      await setImmediate();
    }
    askers = 0;
    asked = undefined;
    const reading = read([...keys]);
    before = reading.catch(() => {});
    return reading;
  }

  return async (key) => {
    askers += 1;
    if (asked) asked.add(key);
    else answer = readNext((asked = new Set([key])));
    return (await answer).get(key);
  };
}
