// How the demo talks: headings, sentences that held or did not, tables, progress. Colour only where a person looks
// (https://no-color.org), and no dependency for it.
import type { WriteStream } from 'node:tty';

const out = process.stdout as WriteStream;
const coloured = out.isTTY && process.env.NO_COLOR === undefined && process.env.TERM !== 'dumb';
const paint = (code: number) => (text: string) => (coloured ? `\u001b[${code}m${text}\u001b[0m` : text);

export const bold = paint(1);
export const dim = paint(2);
export const green = paint(32);
export const red = paint(31);
export const cyan = paint(36);

// Whoever reads has had enough (`| head`): there is nobody left to tell the rest.
out.on('error', () => process.exit(1));

/** Writes a line. */
export function say(line = ''): void {
  out.write(`${line}\n`);
}

/** Begins a part of the story. */
export function heading(text: string): void {
  say();
  say(`${cyan('▲')} ${bold(text)}`);
}

/** Writes rows with their columns under each other; columns of numbers stand to the right. */
export function table(rows: (string | number)[][], indent = '  '): void {
  const widths: number[] = [];
  for (const row of rows) row.forEach((cell, n) => (widths[n] = Math.max(widths[n] ?? 0, String(cell).length)));
  for (const row of rows) {
    const cells = row.map((cell, n) => {
      const width = widths[n] ?? 0;
      if (typeof cell === 'number') return String(cell).padStart(width);
      return n === row.length - 1 ? cell : cell.padEnd(width);
    });
    say(`${indent}${cells.join('   ')}`);
  }
}

export interface Progress {
  /** So many more have been posted. */
  add(count: number): void;
  /** Ends the line with a last word. */
  end(word: string): void;
}

/** A line that grows on a terminal, and is written once elsewhere (a log needs no animation). */
export function progress(label: string, total: number): Progress {
  let reached = 0;
  let drawnAtMs = 0;
  const draw = (tail: string): string => {
    const cells = Math.round((reached / Math.max(total, 1)) * 24);
    const bar = green('━'.repeat(cells)) + dim('━'.repeat(24 - cells));
    return `  ${label.padEnd(41)} ${bar} ${String(reached).padStart(5)}/${total} ${tail}`;
  };
  return {
    add(count) {
      reached += count;
      if (!out.isTTY || Date.now() - drawnAtMs < 60) return;
      drawnAtMs = Date.now();
      out.write(`\r\u001b[K${draw('')}`);
    },
    end(word) {
      say(`${out.isTTY ? '\r\u001b[K' : ''}${draw(dim(word))}`);
    },
  };
}

/** Seconds as people read them. */
export function seconds(sinceMs: number): string {
  return `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`;
}
