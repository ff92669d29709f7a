import t from 'tap';
import fc from 'fast-check';
import { brandSigned, brandUnsigned, wholeSeconds, type CredentialDocument } from '../../src/openbadges/unsigned.ts';
import { exampleBadge } from './example-badge.ts';

void t.test('an instant is written in whole seconds, never rounded up into the future', async (t) => {
  t.equal(wholeSeconds(new Date('2026-03-04T10:11:12.999Z')), '2026-03-04T10:11:12Z');
});

void t.test('property: the same instant is written the same, whichever was written before it', async (t) => {
  const instant = fc.oneof(
    fc.date({ noInvalidDate: true }),
    fc.integer({ min: -3000, max: 3000 }).map((ms) => new Date(ms)),
  );
  fc.assert(
    fc.property(fc.array(instant, { minLength: 2, maxLength: 6 }), (instants) =>
      [...instants, ...instants].every((one) => wholeSeconds(one) === `${one.toISOString().slice(0, 19)}Z`),
    ),
    { numRuns: 500 },
  );
  t.throws(() => wholeSeconds(new Date(Number.NaN)), RangeError);
});

void t.test('a mark adds nothing to the document', async (t) => {
  const document = exampleBadge() as unknown as CredentialDocument;
  t.equal(brandUnsigned(document), document);
  t.equal(brandSigned(document), document);
});
