// The proofs of one document share the work of canonicalizing it.
import t from 'tap';
import { createHash } from 'node:crypto';
import { digest, rememberingHash } from '../../../src/openbadges/proofs/cryptosuite.ts';
import { canonicalize, hashCanonical } from '../../../src/openbadges/rdf/canonicalize.ts';
import { badgeVector } from '../vectors/open-badges.ts';

void t.test('one object is canonicalized once for each hash, and its answer is the same', async (t) => {
  const remembering = rememberingHash(hashCanonical);
  const first = remembering(badgeVector.unsigned);
  t.equal(remembering(badgeVector.unsigned), first, 'the very same promise');
  t.strictSame(await first, digest(await canonicalize(badgeVector.unsigned)));
  t.not(remembering(badgeVector.unsigned, 'sha384'), first);
  t.not(remembering({ ...badgeVector.unsigned }), first, 'a copy is another object');
  await t.rejects(remembering({ colour: 'red' }), { code: 'ERR_OB_JSONLD' });
});

void t.test('a digest is over UTF-8', async (t) => {
  t.ok(digest('李').equals(createHash('sha256').update(Buffer.from('李', 'utf8')).digest()));
  t.equal(digest('', 'sha384').length, 48);
});
