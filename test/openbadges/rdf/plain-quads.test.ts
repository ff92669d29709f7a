// What is read off says what the library says, each statement once; what may be anything else is left to the library.
import t from 'tap';
import assert from 'node:assert/strict';
import { expand, quadsByLibrary, type ExpandedNode } from '../../../src/openbadges/rdf/expand.ts';
import { plainQuads } from '../../../src/openbadges/rdf/plain-quads.ts';
import { canonicalizeQuads } from '../../../src/openbadges/rdf/rdfc-1.0.ts';
import { badgeVector } from '../vectors/open-badges.ts';
import { changeShape, changeValues, dice, goodDocuments } from './mutated-badges.ts';

const DOCUMENTS = Number(process.env.FUZZ_DOCUMENTS ?? 2000);
const SEED = Number(process.env.FUZZ_SEED ?? 20261121);

/** Says what both make of it; throws when they differ. */
async function compare(expanded: ExpandedNode[]): Promise<'same' | 'left'> {
  const ours = plainQuads(expanded);
  if (ours === undefined) return 'left';
  const story = JSON.stringify(expanded);
  const theirs = await quadsByLibrary(structuredClone(expanded));
  assert.deepEqual(canonicalizeQuads(ours).lines, canonicalizeQuads(theirs).lines, story);
  assert.equal(ours.length, theirs.length, story);
  return 'same';
}

void t.test(`${DOCUMENTS} mutated badges`, { timeout: 0 }, async (t) => {
  const roll = dice(SEED);
  const count = { same: 0, left: 0, refused: 0 };
  // Fractions are left to the library, and nearly every generated badge has one.
  const whole = (_: string, value: unknown) => (typeof value === 'number' ? Math.trunc(value) : value);
  const good = goodDocuments(100, SEED).flatMap((document) => [
    document,
    JSON.parse(JSON.stringify(document, whole)) as object,
  ]);
  for (let tried = 0; tried < DOCUMENTS; tried += 1) {
    let document = good[roll(good.length)] ?? {};
    for (let times = roll(3); times > 0; times -= 1) {
      document = (roll(2) ? changeShape : changeValues)(document, roll);
    }
    const expanded = await expand(document).catch(() => undefined);
    count[expanded ? await compareOrRefused(expanded) : 'refused'] += 1;
  }
  t.comment(`seed ${SEED}: ${JSON.stringify(count)}`);
  t.ok(count.same > DOCUMENTS / 8, 'most are read off');
  t.ok(count.left > 0, 'and some are left');
});

/** What the library refuses must have been left to it. */
async function compareOrRefused(expanded: ExpandedNode[]): Promise<'same' | 'left' | 'refused'> {
  const isRefused = await quadsByLibrary(structuredClone(expanded)).then(
    () => false,
    () => true,
  );
  if (!isRefused) return compare(expanded);
  assert.equal(plainQuads(expanded), undefined, JSON.stringify(expanded));
  return 'refused';
}

const id = 'urn:x';
const p = 'urn:p';

void t.test('a badge is read off', async (t) => {
  t.equal(await compare(await expand(badgeVector.unsigned)), 'same');
});

void t.test('one thing said twice is said once, of one node in two places as well', async (t) => {
  const documents: ExpandedNode[][] = [
    [{ '@id': id, [p]: [{ '@value': 'x' }, { '@value': 'x' }, { '@value': 'y' }] }],
    [{ '@id': id, '@type': ['urn:T', 'urn:T'], [p]: [{ '@id': 'urn:y' }, { '@id': 'urn:y' }] }],
    [
      { '@id': id, [p]: [{ '@value': 'x' }] },
      { '@id': id, '@type': ['urn:T'], [p]: [{ '@value': 'x' }, { '@value': 'x', '@type': 'urn:t' }] },
    ],
    [{ '@id': id, [p]: [{ '@id': id, [p]: [{ '@id': id }] }, { [p]: [{ '@value': true }] }, {}] }],
    [{ '@id': id, [p]: [{ '@id': id, [p]: [{ '@id': id }] }] }],
    [{ '@id': id, [p]: [{ '@value': 0 }, { '@value': -1 }, { '@value': '0' }, { '@value': 7, '@type': 'urn:t' }] }],
    [{ '@id': id, [p]: [{ '@value': 2 ** 53 - 1 }, { '@value': 1 - 2 ** 53 }, { '@value': 1e15 }] }],
    [{ '@id': id, [p]: [{ '@value': 'true' }, { '@value': true }, { '@value': 'urn:x' }, { '@id': id }] }],
  ];
  for (const document of documents) t.equal(await compare(document), 'same', JSON.stringify(document));
  t.equal(plainQuads(documents[0] ?? [])?.length, 2);
});

void t.test('whatever is not plain is left', async (t) => {
  const double = 'http://www.w3.org/2001/XMLSchema#double';
  const others: unknown[] = [
    { '@id': '_:b', [p]: [{ '@value': 'x' }] },
    { '@id': 'relative', [p]: [{ '@value': 'x' }] },
    { '@id': 'urn:x y', [p]: [{ '@value': 'x' }] },
    { '@id': null, [p]: [{ '@value': 'x' }] },
    { '@id': id, '@type': ['relative'] },
    { '@id': id, '@type': ['_:b'] },
    { '@id': id, '@graph': [] },
    { '@id': id, '@reverse': {} },
    { '@id': id, '@included': [] },
    { '@id': id, relative: [{ '@value': 'x' }] },
    { '@id': id, '_:b': [{ '@value': 'x' }] },
    { '@id': id, [p]: 'x' },
    { '@id': id, [p]: ['x'] },
    { '@id': id, [p]: [null] },
    { '@id': id, [p]: [{ '@list': [] }] },
    { '@id': id, [p]: [{ '@value': 1.5 }] },
    { '@id': id, [p]: [{ '@value': -0 }] },
    { '@id': id, [p]: [{ '@value': 1e21 }] },
    { '@id': id, [p]: [{ '@value': 2 ** 53 }] },
    { '@id': id, [p]: [{ '@value': 1, '@type': double }] },
    { '@id': id, [p]: [{ '@value': '1', '@type': double }] },
    { '@id': id, [p]: [{ '@value': 'x', '@type': 'relative' }] },
    { '@id': id, [p]: [{ '@value': 'x', '@language': 'en' }] },
    { '@id': id, [p]: [{ '@value': 'x', '@direction': 'ltr' }] },
    { '@id': id, [p]: [{ '@value': { a: 1 }, '@type': '@json' }] },
    [],
    'x',
  ];
  for (const other of others) t.equal(plainQuads([other]), undefined, JSON.stringify(other));
});
