// The short way says what the full path says, or nothing: for every document, whatever was seen before it.
//
// FUZZ_DOCUMENTS says how many documents are tried (some 2,000 unless said otherwise, 100,000 before a release),
// FUZZ_SEED which ones.
import t from 'tap';
import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { canonicalize, canonicalizeDataset } from '../../../src/openbadges/rdf/canonicalize.ts';
import { toQuads, expand } from '../../../src/openbadges/rdf/expand.ts';
import { fromLatest, fromRemembered, remember } from '../../../src/openbadges/rdf/remembered-shapes.ts';
import { shapeOf } from '../../../src/openbadges/rdf/shape.ts';
import { hashFilled } from '../../../src/openbadges/rdf/template.ts';
import { badgeVector } from '../vectors/open-badges.ts';
import { changeShape, changeValues, dice, goodDocuments } from './mutated-badges.ts';

setFlagsFromString('--expose-gc');
const DOCUMENTS = Number(process.env.FUZZ_DOCUMENTS ?? 2000);
const SEED = Number(process.env.FUZZ_SEED ?? 20261121);

const fullPath = async (document: object) => (await canonicalizeDataset(document)).lines.join('');
/** By both ways to find a program, which find the same or, when it was not used of late, the second one alone. */
const shortWay = (document: object): string | undefined => {
  const latest = fromLatest(document);
  const first = latest?.canonical.toString();
  const firstHash = latest && hashFilled(latest.template, latest.canonical).toString('hex');
  const shape = shapeOf(document);
  const remembered = shape && fromRemembered(shape);
  const second = remembered?.canonical.toString();
  if (first !== undefined) assert.equal(first, second, JSON.stringify(document));
  if (firstHash !== undefined) assert.equal(firstHash, hash('sha256', first ?? ''), JSON.stringify(document));
  if (remembered)
    assert.equal(hashFilled(remembered.template, remembered.canonical).toString('hex'), hash('sha256', second ?? ''));
  return second;
};

/** Says what both ways make of a document; throws when they differ. */
async function compareWays(document: object): Promise<'equal' | 'declined' | 'refused'> {
  const short = shortWay(document);
  const full = await fullPath(document).catch((fault: unknown) => ({ fault }));
  const story = () => JSON.stringify(document);
  if (typeof full !== 'string') {
    assert.equal(short, undefined, `refused by the full path alone: ${story()}`);
    return 'refused';
  }
  if (short === undefined) return 'declined';
  assert.equal(short, full, story());
  return 'equal';
}

void t.test(`${DOCUMENTS} mutated badges: equal or declined, never different`, { timeout: 0 }, async (t) => {
  const roll = dice(SEED);
  const count = { equal: 0, declined: 0, refused: 0 };
  const good = goodDocuments(Math.max(40, DOCUMENTS / 400), SEED);
  for (let tried = 0; tried < DOCUMENTS;) {
    let document = good[roll(good.length)] ?? {};
    for (let times = roll(4); times > 0; times -= 1) {
      const changed = changeShape(document, roll);
      if (await fullPath(changed).catch(() => undefined)) document = changed;
    }
    // The first two sightings compile it, where it can be.
    for (let times = 0; times < 2; times += 1) await canonicalize(document).catch(() => undefined);
    for (let times = 0; times < 12; times += 1, tried += 1) {
      const change = roll(12) === 0 ? changeShape : changeValues;
      count[await compareWays(roll(4) === 0 ? document : change(document, roll))] += 1;
    }
  }
  t.comment(`seed ${SEED}: ${JSON.stringify(count)}`);
  t.ok(count.equal > DOCUMENTS / 8, 'the short way was taken');
  t.ok(count.declined > 0 && count.refused > 0, 'and declined, and there was something to refuse');
});

const named = (name: unknown) => ({ ...badgeVector.unsigned, name });

void t.test('a shape is compiled when it comes the second time, and not before', async (t) => {
  const document = { ...named('first'), description: 'of a shape of its own', validUntil: '2030-01-01T00:00:00Z' };
  t.equal(shortWay(document), undefined);
  await canonicalize(document);
  t.equal(shortWay(document), undefined);
  await canonicalize(document);
  t.equal(shortWay(document), await fullPath(document));
  const other = { ...document, name: '𝒜 "other"\n', id: 'urn:uuid:other' };
  t.equal(shortWay(other), await fullPath(other));
});

void t.test('to compile costs three full paths and no more, and a crowd pays it once', async (t) => {
  let taken = 0;
  const counted = async (document: object) => {
    taken += 1;
    return toQuads(await expand(document));
  };
  const document = { ...named('crowd'), awardedDate: '2030-01-01T00:00:00Z', validUntil: '2031-01-01T00:00:00Z' };
  const shape = shapeOf(document);
  if (!shape) return t.fail('this document has a shape');
  const canonical = Buffer.from(await fullPath(document));
  await remember(document, shape, canonical, counted);
  t.equal(taken, 0);
  await Promise.all(Array.from({ length: 20 }, () => remember(document, shape, canonical, counted)));
  t.equal(taken, 2, 'besides the one that the document itself took');
});

void t.test('a program that says otherwise than the full path is thrown away', async (t) => {
  const document = {
    ...named('otherwise'),
    validUntil: '2032-01-01T00:00:00Z',
    evidence: [{ id: 'urn:e', type: ['Evidence'] }],
  };
  const shape = shapeOf(document);
  if (!shape) return t.fail('this document has a shape');
  const quads = async (one: object) => toQuads(await expand(one));
  for (let times = 0; times < 4; times += 1) await remember(document, shape, Buffer.from('something else'), quads);
  t.equal(fromRemembered(shape), undefined);
});

void t.test('a document with twin nodes, or with a mark in it, does not spoil the shape for others', async (t) => {
  const result = (value: string) => ({ type: ['Result'], value });
  const { credentialSubject } = badgeVector.unsigned;
  const document = (one: string, other: string) => ({
    ...named('twins'),
    credentialSubject: { ...credentialSubject, result: [result(one), result(other)] },
  });
  const spoilers = [document('same', 'same'), document('urn:cairn-slot-mark:0 ', 'a cairn-slot-mark:1')];
  for (const spoiler of spoilers) {
    for (let times = 0; times < 4; times += 1) t.equal(await canonicalize(spoiler), await fullPath(spoiler));
    t.equal(shortWay(spoiler), undefined);
  }
  await canonicalize(document('one', 'other'));
  await canonicalize(document('one', 'other'));
  t.equal(shortWay(document('x', 'y')), await fullPath(document('x', 'y')));
  t.equal(shortWay(document('same', 'same')), undefined);
  for (const spoiler of spoilers) t.equal(await canonicalize(spoiler), await fullPath(spoiler));
});

void t.test('strangers cannot fill the memory with shapes, nor push out the one in use', async (t) => {
  const ours = { ...named('ours'), description: 'in use' };
  await canonicalize(ours);
  await canonicalize(ours);
  const collect = runInNewContext('gc') as () => void;
  collect();
  const before = process.memoryUsage().heapUsed;
  const name = 'https://x.example/'.padEnd(2000, 'p');
  let programs = 0;
  const quads = async () => {
    programs += 1;
    return [];
  };
  for (let n = 0; n < 3000; n += 1) {
    const shape = shapeOf(Object.fromEntries(Array.from({ length: 10 }, (_, k) => [`${name}${n}/${k}`, `urn:${k}`])));
    if (!shape) return t.fail('this document has a shape');
    for (let times = 0; times < 2; times += 1) await remember({}, shape, Buffer.alloc(0), quads);
    if (n % 10 === 0) t.ok(shortWay(ours) !== undefined);
  }
  t.ok(programs > 1000, 'they were compiled');
  collect();
  t.ok(process.memoryUsage().heapUsed - before < 20_000_000, 'of 60 MB of keys alone');
});
