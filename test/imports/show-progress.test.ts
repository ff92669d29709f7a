// Progress for people.
import t from 'tap';
import { openProgress, tellCounts } from '../../src/imports/show-progress.ts';
import type { ImportAnswer } from '../../src/imports/import.ts';

const shown = {
  percent: 40,
  ...{ read: 10, recorded: 8, replayed: 1, parked: 0, dropped: 0, refused: 1, awarded: 2 },
} as ImportAnswer;

await t.test('counts that are none are left out', async (t) => {
  t.equal(tellCounts(shown), '10 rows, 8 recorded, 1 told before, 1 refused, 2 badges');
});

function draw(bar: boolean, work: (progress: ReturnType<typeof openProgress>) => void): string {
  let text = '';
  work(openProgress({ write: () => t.fail('stdout is for the answer'), fail: (more) => void (text += more) }, bar));
  return text;
}

await t.test('without a terminal a line for each tenth, on one a line drawn anew', async (t) => {
  const all = (progress: ReturnType<typeof openProgress>): void => {
    for (let percent = 0; percent <= 100; percent += 1) progress.receiving(percent, 100);
    progress.working(shown);
    progress.end();
  };
  const lines = draw(false, all).split('\n');
  t.equal(lines.length, 13);
  t.match(lines[10], /reading +100 %  100 bytes/);
  t.match(lines[11], /recording 40 %  10 rows/);
  const bar = draw(true, all).split('\r');
  t.equal(bar.length, 103);
  t.match(bar.at(-1), /^\x1b\[Krecording \[█{12} {18}\] 40\.0 %  10 rows.*\n$/);
  t.equal(
    draw(true, (progress) => progress.end()),
    '',
  );
  t.match(
    draw(false, (progress) => progress.receiving(0, 0)),
    /100 %/,
  );
});
