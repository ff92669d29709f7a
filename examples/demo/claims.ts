// What the demo claims, one sentence each. It goes on after a claim that failed, for the next ones may say why, and the
// demo's exit code is 0 only if all of them held.
import { bold, green, red, say } from './screen.ts';

const failed: string[] = [];

/** Says whether a claim held; `found` tells what was there instead. */
export function claim(sentence: string, held: boolean, found?: unknown): boolean {
  if (!held) failed.push(sentence);
  say(`  ${held ? green('✓') : red('✗')} ${sentence}`);
  if (!held && found !== undefined) say(`    ${red('found:')} ${text(found)}`);
  return held;
}

/** Like `claim`, for two things that must be the same. */
export function claimSame(sentence: string, actual: unknown, expected: unknown): boolean {
  const same = text(actual) === text(expected);
  return claim(sentence, same, same ? undefined : `${text(actual)}, expected ${text(expected)}`);
}

/** The last word: names what failed and gives the exit code. */
export function verdict(): 0 | 1 {
  say();
  if (failed.length === 0) {
    say(`${green('✓')} ${bold('All of it held.')}`);
    return 0;
  }
  say(`${red('✗')} ${bold(`${failed.length} did not hold:`)}`);
  for (const sentence of failed) say(`  - ${sentence}`);
  return 1;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, sortedMembers);
}

function sortedMembers(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
