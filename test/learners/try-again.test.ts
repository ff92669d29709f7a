// Lost races are run again; other failures are told at once.
import t from 'tap';
import { isRace, TRIES, tryAgain } from '../../src/learners/try-again.ts';
import { RaceLost } from '../../src/learners/match-learners.ts';

const failure = (code: string) => new Error('Failed query', { cause: Object.assign(new Error('pg'), { code }) });

await t.test('a race that is won later is not noticed outside', async (t) => {
  let tries = 0;
  const won = await tryAgain(async () => {
    tries += 1;
    if (tries === 1) throw new RaceLost('identifier taken meanwhile');
    if (tries === 2) throw failure('40P01');
    return 'won';
  });
  t.equal(won, 'won');
  t.equal(tries, 3);
});

await t.test('a race that is never won ends', async (t) => {
  let tries = 0;
  const losing = tryAgain(async () => {
    tries += 1;
    throw failure('40001');
  });
  await t.rejects(losing, /Failed query/);
  t.equal(tries, TRIES);
});

await t.test('what is no race is tried once', async (t) => {
  let tries = 0;
  const failing = tryAgain(async () => {
    tries += 1;
    throw failure('22P05');
  });
  await t.rejects(failing, /Failed query/);
  t.equal(tries, 1);
  t.same(['23505', '40001', '40P01'].map(failure).map(isRace), [true, true, true]);
  t.notOk(isRace(new Error('23505')));
});
