// The states of a badge: green is for valid alone.
import t from 'tap';
import { stateSentence, stateSign, stateTitle } from '../../src/pages/credential-state.ts';
import { wordsOf } from '../../src/pages/words.ts';

await t.test('green is for valid alone, and every state has its words', async (t) => {
  for (const state of ['valid', 'revoked', 'superseded', 'expired', 'early', 'compromised'] as const) {
    t.equal(stateSign(state) === 'good', state === 'valid', state);
    t.ok(stateTitle(state, wordsOf('es')));
    t.ok(wordsOf('ar').has(stateSentence(state)));
  }
});
