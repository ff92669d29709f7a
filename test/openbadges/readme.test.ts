// README.md of this room maps every requirement to what keeps it and what holds it; here it is held to that.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readme = readFileSync(`${root}/src/openbadges/README.md`, 'utf8');

const range = (chapter: number, from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, n) => `R${chapter}.${String(from + n).padStart(2, '0')}`);

// The requirements that concern an issuer, a displayer or a verifier. (9.12 is for hosts.)
const OF_CONCERN = [
  ...range(1, 1, 16),
  ...range(1, 20, 45),
  ...range(2, 1, 17),
  ...range(3, 1, 18),
  ...range(4, 1, 15),
  ...range(5, 1, 8),
  ...range(5, 10, 10),
  ...range(5, 20, 28),
  ...range(5, 30, 31),
  ...range(5, 40, 42),
  ...range(5, 50, 51),
  ...range(8, 1, 7),
  ...range(9, 1, 11),
  ...range(9, 13, 13),
];

const rows = readme
  .split('\n')
  .filter((line) => line.startsWith('| R'))
  .map((line) => {
    const [, number = '', words = '', kept = '', held = ''] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    const paths = (cell: string): string[] => [...cell.matchAll(/`([^`]+)`/g)].map((found) => found[1]!);
    const quotes = [...held.matchAll(/`([^`]+)` “([^”]+)”/g)].map(([, path = '', quote = '']) => ({ path, quote }));
    return { number, words, files: paths(kept), tests: paths(held), quotes };
  });

void t.test('every requirement of concern has its row, once, in order', async (t) => {
  t.same(
    rows.map((row) => row.number),
    OF_CONCERN,
  );
});

void t.test('every row has words, a file that is there and a test that is there', async (t) => {
  for (const { number, words, files, tests, quotes } of rows) {
    t.ok(words.length > 5 && files.length > 0 && tests.length > 0, `${number} is whole`);
    t.equal(quotes.length, tests.length, `${number} says what of its test holds it`);
    for (const file of files) t.ok(/^src\/.*\.ts$/.test(file) && existsSync(`${root}/${file}`), `${number}: ${file}`);
    for (const test of tests)
      t.ok(/^test\/.*\.test\.ts$/.test(test) && existsSync(`${root}/${test}`), `${number}: ${test}`);
  }
});

void t.test('what a row quotes of a test stands in that test', async (t) => {
  for (const { number, quotes } of rows)
    for (const { path, quote } of quotes)
      t.ok(
        existsSync(`${root}/${path}`) && readFileSync(`${root}/${path}`, 'utf8').includes(quote),
        `${number}: “${quote}”`,
      );
});
