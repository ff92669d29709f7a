// A document matches a pattern exactly when it has the pattern's shape, and its values are those of the shape.
import t from 'tap';
import assert from 'node:assert/strict';
import { patternOf, valuesBy } from '../../../src/openbadges/rdf/pattern.ts';
import { shapeOf } from '../../../src/openbadges/rdf/shape.ts';
import { badgeVector } from '../vectors/open-badges.ts';
import { changeShape, changeValues, dice, goodDocuments } from './mutated-badges.ts';

const DOCUMENTS = Number(process.env.FUZZ_DOCUMENTS ?? 2000);
const SEED = Number(process.env.FUZZ_SEED ?? 20261121);
const { unsigned } = badgeVector;

void t.test(`${DOCUMENTS} mutated badges: matched exactly when the shape is the same`, { timeout: 0 }, async (t) => {
  const roll = dice(SEED);
  const count = { same: 0, other: 0 };
  const good = goodDocuments(40, SEED);
  for (let tried = 0; tried < DOCUMENTS;) {
    const document = good[roll(good.length)] ?? {};
    const shape = shapeOf(document);
    if (!shape) continue;
    const pattern = patternOf(document);
    let before: readonly string[] = [];
    for (let times = 0; times < 20; times += 1, tried += 1) {
      const change = roll(4) === 0 ? changeShape : changeValues;
      const other = roll(8) === 0 ? document : change(document, roll);
      const otherShape = shapeOf(other);
      const values = valuesBy(pattern, other, before);
      const story = JSON.stringify(other);
      if (otherShape?.key === shape.key) assert.deepEqual(values, otherShape.values, story);
      else assert.equal(values, undefined, story);
      if (values && roll(4) > 0) before = values;
      count[values ? 'same' : 'other'] += 1;
    }
  }
  t.comment(`seed ${SEED}: ${JSON.stringify(count)}`);
  t.ok(count.same > DOCUMENTS / 8 && count.other > DOCUMENTS / 8, 'both came');
});

void t.test('whatever stood there last time, these are of another shape', async (t) => {
  const pattern = patternOf(unsigned);
  const { values } = shapeOf(unsigned)!;
  const others: [string, object][] = [
    ['an IRI that is none', { ...unsigned, id: 'relative' }],
    ['a text that is an IRI', { ...unsigned, name: 'urn:x' }],
    ['two IRIs that are equal', { ...unsigned, id: unsigned.issuer.id }],
    ['a member more', { ...unsigned, tag: 'x' }],
    ['a member less', { ...unsigned, name: undefined }],
    ['the order of members', Object.fromEntries(Object.entries(unsigned).reverse())],
    ['a list for a text', { ...unsigned, name: [unsigned.name] }],
    ['a list for an object', { ...unsigned, issuer: [unsigned.issuer] }],
    ['an object for a list', { ...unsigned, type: { ...unsigned.type } }],
    ['one type more', { ...unsigned, type: [...unsigned.type, 'urn:x'] }],
    ['an object of a class', { ...unsigned, issuer: Object.assign(new Date(0), unsigned.issuer) }],
    ['nothing for an object', { ...unsigned, issuer: null }],
    ['a million letters', { ...unsigned, name: 'x'.repeat(1_000_001) }],
  ];
  for (const before of [[], values]) {
    t.strictSame(valuesBy(pattern, unsigned, before), values);
    for (const [what, other] of others) t.equal(valuesBy(pattern, other, before), undefined, what);
  }
});

void t.test('minus nothing is not nothing', async (t) => {
  const pattern = patternOf({ ...unsigned, name: 0 });
  t.ok(valuesBy(pattern, { ...unsigned, name: 0 }, []));
  for (const name of [-0, '0', false, null]) t.equal(valuesBy(pattern, { ...unsigned, name }, []), undefined);
});
