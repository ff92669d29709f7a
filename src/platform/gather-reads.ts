// Many small reads as one: what is asked for while a query runs is the next query. A query begins after what it reads was
// asked for, so it sees all that was committed before; nothing is kept from one to the next. (With a query for each turn
// of the event loop there were hardly two askers in one, and the socket to PostgreSQL took a quarter of the time.)
import { setImmediate } from 'node:timers/promises';

/**
 * Gathers reads by key.
 * @param read reads the values of distinct keys; what is not in the map is not there.
 * @returns a reader of one key; rejects as `read` does.
 */
export function gatherReads<V>(
  read: (keys: string[]) => Promise<ReadonlyMap<string, V>>,
): (key: string) => Promise<V | undefined> {
  let asked: Set<string> | undefined;
  let answer: Promise<ReadonlyMap<string, V>>;
  let before: Promise<unknown> = Promise.resolve();

  async function readNext(keys: Set<string>): Promise<ReadonlyMap<string, V>> {
    await before;
    await setImmediate();
    asked = undefined;
    const reading = read([...keys]);
    before = reading.catch(() => {});
    return reading;
  }

  return async (key) => {
    if (asked) asked.add(key);
    else answer = readNext((asked = new Set([key])));
    return (await answer).get(key);
  };
}
