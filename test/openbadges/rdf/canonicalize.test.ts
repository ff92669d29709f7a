// What is signed is what was said: the official text of the official badge, and nothing that is said is left out.
import t from 'tap';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { RDFC10 } from 'rdfjs-c14n';
import {
  canonicalize,
  hashByFullPath,
  hashCanonical,
  canonicalizeDataset,
} from '../../../src/openbadges/rdf/canonicalize.ts';
import { expand, toQuads } from '../../../src/openbadges/rdf/expand.ts';
import { badge, text } from '../generated-badge.ts';
import { badgeVector } from '../vectors/open-badges.ts';

const rdfCanonize = createRequire(import.meta.url)('rdf-canonize') as {
  canonize(quads: readonly unknown[], options: object): Promise<string>;
};

void t.test('the badge of the implementation guide has the hash that the guide prints', async (t) => {
  const text = await canonicalize(badgeVector.unsigned);
  t.equal(createHash('sha256').update(text).digest('hex'), badgeVector.documentHash);
});

void t.test('the order of members and of types says nothing', async (t) => {
  const { unsigned } = badgeVector;
  const turned = Object.fromEntries(Object.entries({ ...unsigned, type: [...unsigned.type].reverse() }).reverse());
  t.equal(await canonicalize(turned), await canonicalize(unsigned));
});

void t.test('the labels given to nodes without an id are told', async (t) => {
  const { lines, labels } = await canonicalizeDataset(badgeVector.unsigned);
  t.ok(labels.size > 0);
  for (const label of labels.values()) t.ok(lines.some((line) => line.includes(`_:${label} `)));
});

void t.test('on generated badges the text is that of two independent canonicalizers', async (t) => {
  // Where characters beyond the basic plane meet those from U+E000 on, both sort by UTF-16 unit and not by code point;
  // and neither escapes everything that Appendix A lists. Those are held by the tests of quads.ts and rdfc-1.0.ts.
  const without = (document: object, letters: RegExp) =>
    JSON.parse(JSON.stringify(document).replace(letters, '·')) as object;
  const either = fc.constantFrom(/[\ud800-\udfff]|\\ud[89a-f]../g, /[\ue000-\uffff]/g);
  await fc.assert(
    fc.asyncProperty(badge, either, async (generated, letters) => {
      const document = without(without(generated, letters), /[\ufffe\uffff]/g);
      const ours = await canonicalize(document);
      const quads = await toQuads(await expand(document));
      assert.equal(ours, await rdfCanonize.canonize(quads, { algorithm: 'RDFC-1.0', maxWorkFactor: 2 }));
      // rdfjs-c14n 3.1.4 escapes what lies beyond the basic plane, and some control characters not at all.
      if (/[\ud800-\udbff]|\\u00/.test(ours)) return;
      assert.equal(ours, await new RDFC10().canonicalize(ours.replaceAll('_:c14n', '_:x')));
    }),
    { numRuns: 60 },
  );
  t.pass();
});

void t.test('two badges that differ in any text differ in what is signed', async (t) => {
  await fc.assert(
    fc.asyncProperty(badge, text, text, async (document, one, other) => {
      fc.pre(one !== other);
      const named = (name: string) => canonicalize({ ...document, name });
      assert.notEqual(await named(one), await named(other));
    }),
    { numRuns: 40 },
  );
  t.pass();
});

void t.test('the short way and the full path come to one digest, whatever was seen before', async (t) => {
  await fc.assert(
    fc.asyncProperty(badge, async (document) => {
      const full = await hashByFullPath(document);
      for (let time = 0; time < 3; time += 1) assert.ok(full.equals(await hashCanonical(document)));
    }),
    { numRuns: 20 },
  );
  t.pass();
});
