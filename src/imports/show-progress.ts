// How far an import is, on a terminal as one line that is drawn anew, and elsewhere as a line for each tenth.
import type { Output } from '../platform/cli-arguments.ts';
import type { ImportAnswer } from './import.ts';

const WIDTH = 30;

/** Shows progress until `end`. */
export interface ProgressDisplay {
  receiving(bytes: number, ofBytes: number): void;
  working(import_: ImportAnswer): void;
  end(): void;
}

/** What came of the rows so far, in words; what is none is left out. */
export function tellCounts({ read, recorded, replayed, parked, dropped, refused, awarded }: ImportAnswer): string {
  const told = { recorded, 'told before': replayed, parked, dropped, refused, badges: awarded };
  const parts = Object.entries(told).filter(([, count]) => count > 0);
  return [`${read} rows`, ...parts.map(([name, count]) => `${count} ${name}`)].join(', ');
}

/** Draws on stderr, so that stdout is the answer alone. */
export function openProgress(out: Output, bar: boolean): ProgressDisplay {
  let shown = '';
  function show(step: string, percent: number, rest: string): void {
    const tenth = `${step} ${Math.floor(percent / 10)}`;
    if (bar) {
      const done = Math.round((percent / 100) * WIDTH);
      out.fail(`\r\x1b[K${step} [${'█'.repeat(done)}${' '.repeat(WIDTH - done)}] ${percent.toFixed(1)} %  ${rest}`);
    } else if (tenth !== shown) out.fail(`${step} ${Math.floor(percent)} %  ${rest}\n`);
    shown = tenth;
  }
  return {
    receiving: (bytes, ofBytes) => show('reading  ', ofBytes === 0 ? 100 : (bytes / ofBytes) * 100, `${bytes} bytes`),
    working: (one) => show('recording', one.percent ?? 100, tellCounts(one)),
    end: () => {
      if (bar && shown !== '') out.fail('\n');
    },
  };
}
