// Names as people write them are taken; those that break signatures in wallets are refused where they come in.
import fc from 'fast-check';
import t from 'tap';
import { personName } from '../../src/learners/person-name.ts';
import { buildBadge, htmlEntityIn } from '../../src/openbadges/credential.ts';
import { canonicalize } from '../../src/openbadges/rdf/canonicalize.ts';
import { exampleBadge } from '../openbadges/example-badge.ts';

const taken = (name: unknown) => personName.safeParse(name).success;

await t.test('names of every script, with ampersands, quotes and angles, are taken as they are', async (t) => {
  for (const name of ['Ada Lovelace', 'Søren & Söhne; GmbH', '山田 太郎', 'عمر', "O'Brien <obrien>", 'R&D', 'a&b; c'])
    t.equal(personName.safeParse(name).data, name);
});

await t.test('an HTML entity is refused with a sentence that says what to send', async (t) => {
  for (const name of ['Tom &amp; Jerry', 'Caf&eacute;', 'O&#39;Brien', 'x&#x27;y']) {
    t.notOk(taken(name), name);
    t.match(personName.safeParse(name).error?.issues[0]?.message, /plain text/);
  }
});

await t.test('whatever is taken can be signed: no entity, not blank, not endless', async (t) => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('&', '#', '3', ';', 'a', ' ') })), (name) => {
      const expected = name.trim() !== '' && name.length <= 200 && htmlEntityIn(name) === undefined;
      return taken(name) === expected;
    }),
  );
  for (const none of ['', '   ', 'x'.repeat(201), 7, null]) t.notOk(taken(none));
  for (const unseen of ['\u200b\u200b', '\u00a0\u2003', '\u202e', '\ufeff', '\t\u0301']) t.notOk(taken(unseen));
});

await t.test('a badge can be built and made canonical with every name that is taken', async (t) => {
  const { id, name, issuer, credentialSubject } = exampleBadge();
  const common = { id, name, issuer, subjectId: credentialSubject.id, achievement: credentialSubject.achievement };
  const storable = fc.string({ unit: 'binary' }).filter((text) => text.isWellFormed() && !text.includes('\0'));
  await fc.assert(
    fc.asyncProperty(storable.filter(taken), async (recipientName) => {
      await canonicalize(buildBadge({ ...common, recipientName, validFrom: new Date(0) }));
    }),
    { numRuns: 30 },
  );
  t.pass();
});
