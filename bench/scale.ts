// Two processes against one, signing.
import { fork, type ChildProcess } from 'node:child_process';
import { compare } from './measure.ts';

const LASTS_MS = 700;

function said(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve) => child.once('message', resolve));
}

/** Ratio of what two processes sign to what one signs, in rounds of one time. */
export async function measureScale(rounds: number): Promise<Record<string, number>> {
  const children = [0, 1].map(() => fork('bench/sign-worker.ts'));
  await Promise.all(children.map(said));
  const sign = async (workers: ChildProcess[]): Promise<number> => {
    const counts = workers.map(said);
    for (const worker of workers) worker.send(LASTS_MS);
    return (await Promise.all(counts)).reduce<number>((sum, count) => sum + (count as number), 0);
  };
  try {
    const [one, two] = await compare(
      [
        { name: 'one process', round: () => sign(children.slice(0, 1)) },
        { name: 'two processes', round: () => sign(children) },
      ],
      rounds,
    );
    return { 'scale-1-to-2': two!.perSecond / one!.perSecond };
  } finally {
    for (const child of children) child.disconnect();
  }
}
