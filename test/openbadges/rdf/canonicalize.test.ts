// What is signed is what was said: the official text of the official badge, and nothing that is said is left out.
import t from 'tap';
import { createHash } from 'node:crypto';
import { canonicalize, canonicalizeDataset } from '../../../src/openbadges/rdf/canonicalize.ts';
import { badgeVector } from '../vectors/open-badges.ts';

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
