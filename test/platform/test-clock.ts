// A clock that stands still until a test moves it, so that nothing tested depends on how fast the machine is.

export interface TestClock {
  now: () => Date;
  set(instant: string | Date): void;
  advance(ms: number): void;
}

/** Stands at noon of 4 March 2026 unless told otherwise. */
export function makeClock(start: string | Date = '2026-03-04T12:00:00.000Z'): TestClock {
  let current = new Date(start);
  return {
    now: () => new Date(current),
    set: (instant) => void (current = new Date(instant)),
    advance: (ms) => void (current = new Date(current.getTime() + ms)),
  };
}
