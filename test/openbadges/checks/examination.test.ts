// What a credential says of its issuer and names, in every allowed spelling.
import t from 'tap';
import { issuerIdOf, textOf } from '../../../src/openbadges/checks/examination.ts';

void t.test('the issuer as a text or an object', async (t) => {
  t.strictSame(
    [
      issuerIdOf({ issuer: 'a' }),
      issuerIdOf({ issuer: { id: 'b' } }),
      issuerIdOf({ issuer: { id: 7 } }),
      issuerIdOf({ issuer: '' }),
      issuerIdOf({}),
    ],
    ['a', 'b', undefined, undefined, undefined],
  );
});

void t.test('plain and language-tagged texts', async (t) => {
  t.strictSame(
    [textOf('a'), textOf({ '@value': 'b', '@language': 'en' }), textOf([{ '@value': 'c' }, 'd']), textOf(7)],
    ['a', 'b', 'c', undefined],
  );
});
