// Shared contexts change nothing but the time: whatever the library says of a document, our copy of it says too, in
// whatever order documents come.
import t from 'tap';
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { loadDocument } from '../../../src/openbadges/contexts.ts';
import { jsonld as ours } from '../../../src/openbadges/rdf/jsonld.ts';
import { badgeVector } from '../vectors/open-badges.ts';
import { changeShape, changeValues, dice, goodDocuments } from './mutated-badges.ts';

interface Library {
  expand(document: unknown, options: object): Promise<unknown[]>;
  compact(document: unknown, context: unknown, options: object): Promise<unknown>;
}
const library = createRequire(import.meta.url)('jsonld') as Library;
const copy = ours as Library;
const DOCUMENTS = Number(process.env.FUZZ_DOCUMENTS ?? 300);
const SEED = Number(process.env.FUZZ_SEED ?? 20261122);
const OPTIONS = { base: null, safe: true, rdfDirection: 'i18n-datatype', documentLoader: loadDocument };

/** What a library makes of a document, faults included. */
async function answer(work: Promise<unknown>): Promise<unknown> {
  return work.catch((fault: { message: string; details?: { code?: string; event?: object } }) => ({
    message: fault.message,
    code: fault.details?.code,
    event: fault.details?.event,
  }));
}

async function compareBoth(document: object): Promise<boolean> {
  let isSound = false;
  for (const options of [OPTIONS, { ...OPTIONS, safe: false }]) {
    const expanded = await answer(copy.expand(document, options));
    assert.deepEqual(expanded, await answer(library.expand(document, options)), JSON.stringify(document));
    if (!Array.isArray(expanded)) continue;
    isSound ||= options.safe;
    const context = (document as { '@context': unknown })['@context'];
    assert.deepEqual(
      await answer(copy.compact(expanded, context, options)),
      await answer(library.compact(expanded, context, options)),
      JSON.stringify(document),
    );
  }
  return isSound;
}

// What contexts can do: nested in terms and types, protected or not, taken back, propagated or not, replaced by null.
const INLINE: object[] = [
  { Note: { '@id': 'urn:Note', '@context': { text: 'urn:text', name: 'urn:own-name' } } },
  { Note: { '@id': 'urn:Note', '@context': { '@propagate': true, text: 'urn:text', note: 'urn:note' } } },
  { note: { '@id': 'urn:note', '@context': { '@propagate': false, text: 'urn:text' } }, text: 'urn:outer' },
  { note: { '@id': 'urn:note', '@context': [null, { text: 'urn:text' }] }, text: 'urn:outer' },
  { '@protected': true, text: 'urn:text', note: { '@id': 'urn:note', '@context': { text: 'urn:other' } } },
  { '@version': 1.1, text: { '@id': 'urn:text', '@container': '@language' }, note: 'urn:note', Note: 'urn:Note' },
  {
    text: { '@id': 'urn:text', '@container': '@list' },
    note: { '@id': 'urn:note', '@type': '@id' },
    '@vocab': 'urn:v:',
  },
  {
    text: null,
    note: { '@reverse': 'urn:note' },
    '@language': 'de',
    '@direction': 'rtl',
    Note: { '@id': 'urn:Note', '@context': 'https://www.w3.org/ns/credentials/v2' },
  },
  { name: 'urn:redefined' },
];
const note = {
  type: 'Note',
  text: 'a',
  name: 'b',
  note: { id: 'urn:n', text: 'c', note: { type: ['Note'], text: { en: 'd' }, name: 'e' } },
};

void t.test('contexts of every kind, one after another and back again', async (t) => {
  const base = badgeVector.unsigned;
  const turns = [...INLINE, ...INLINE.toReversed()].flatMap((one, n) => [[one], [one, INLINE[n % INLINE.length]]]);
  let good = 0;
  for (const contexts of turns) {
    for (const member of ['note', 'evidence', 'text']) {
      const document = { ...base, '@context': [...base['@context'], ...contexts], [member]: note };
      if (await compareBoth(document)) good += 1;
      if (await compareBoth({ '@context': contexts, ...note })) good += 1;
    }
  }
  t.ok(good > 10, 'some were sound');
});

void t.test(`${DOCUMENTS} mutated badges`, { timeout: 0 }, async (t) => {
  const roll = dice(SEED);
  const good = goodDocuments(40, SEED);
  let sound = 0;
  for (let tried = 0; tried < DOCUMENTS; tried += 1) {
    let document = good[roll(good.length)] ?? {};
    for (let times = roll(4); times > 0; times -= 1) document = (roll(2) ? changeShape : changeValues)(document, roll);
    if (roll(4) === 0) {
      const contexts = [(document as { '@context'?: unknown })['@context'] ?? [], INLINE[roll(INLINE.length)]].flat();
      document = { ...document, '@context': contexts, note };
    }
    if (await compareBoth(document)) sound += 1;
  }
  t.ok(sound > DOCUMENTS / 10, `${sound} were sound`);
});

void t.test('the library of others in this process is left as it is', async (t) => {
  const require = createRequire(import.meta.url);
  t.equal(require('jsonld'), library);
  t.not(ours, library);
  const { process } = require('jsonld/lib/context.js') as { process: () => void };
  t.notMatch(process.toString(), /remembered/);
});
