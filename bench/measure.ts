// How figures are made: rounds of the rivals interleaved in one run, medians compared as a ratio, so that a slow moment
// of the machine falls on both. No figure is absolute; the machine is named beside them.

/** One rival: what it does in a round, and how much of it. */
export interface Rival {
  name: string;
  /** Does its work once; gives how many operations that were. */
  round(): Promise<number>;
}

export interface Measured {
  name: string;
  /** Operations a second, the median of the rounds. */
  perSecond: number;
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** What passed on the wall, in ms: for whatever waits for a disk, a socket or another process. */
export const wallMs = (): number => performance.now();

/**
 * What this thread calculated, in ms: for what only calculates, so that whatever else the machine does meanwhile falls on
 * nobody. On an idle machine the two are the same but for a garbage collection that runs beside the thread.
 */
export function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Runs the rivals in turn, a warm-up round first, and gives the median speed of each. */
export async function compare(rivals: Rival[], rounds: number, clockMs = wallMs): Promise<Measured[]> {
  const speeds = rivals.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [n, rival] of rivals.entries()) {
      const begun = clockMs();
      const operations = await rival.round();
      if (round > 0) speeds[n]!.push((operations / (clockMs() - begun)) * 1000);
    }
  }
  if (process.env.BENCH_SPEEDS)
    console.error(rivals.map((rival, n) => `${rival.name} ${median(speeds[n]!).toFixed(0)}/s`).join(', '));
  return rivals.map((rival, n) => ({ name: rival.name, perSecond: median(speeds[n]!) }));
}
