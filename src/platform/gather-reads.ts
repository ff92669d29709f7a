// Many small reads as one: what is asked for in one turn of the event loop is one query. A read begins after it was
// asked for, so it sees all that was committed before; nothing is kept from one query to the next.
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

  async function readNext(keys: Set<string>): Promise<ReadonlyMap<string, V>> {
    await setImmediate();
    asked = undefined;
    return read([...keys]);
  }

  return async (key) => {
    if (asked) asked.add(key);
    else answer = readNext((asked = new Set([key])));
    return (await answer).get(key);
  };
}
