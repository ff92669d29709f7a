// A memory that cannot grow without end: for what strangers can fill (shapes) and what is dear to make twice.

/**
 * A map of bounded weight. When it is full the oldest go, but for those that were asked for since they last stood in
 * line. (To move an entry at each asking costs more than all else here.)
 */
export class Recent<V> {
  readonly most: number;
  readonly #entries = new Map<string, { value: V; weight: number; isAskedFor: boolean }>();
  #weight = 0;

  constructor(most: number) {
    this.most = most;
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key);
    if (entry) entry.isAskedFor = true;
    return entry?.value;
  }

  delete(key: string): void {
    this.#weight -= this.#entries.get(key)?.weight ?? 0;
    this.#entries.delete(key);
  }

  set(key: string, value: V, ownWeight: number): void {
    const weight = key.length + ownWeight;
    this.delete(key);
    this.#weight += weight;
    this.#entries.set(key, { value, weight, isAskedFor: false });
    for (const [oldest, entry] of this.#entries) {
      if (this.#weight <= this.most) return;
      this.#entries.delete(oldest);
      if (entry.isAskedFor) this.#entries.set(oldest, { ...entry, isAskedFor: false });
      else this.#weight -= entry.weight;
    }
  }
}
