import t from 'tap';
import { brandSigned, brandUnsigned, wholeSeconds, type CredentialDocument } from '../../src/openbadges/unsigned.ts';
import { exampleBadge } from './example-badge.ts';

void t.test('an instant is written in whole seconds, never rounded up into the future', async (t) => {
  t.equal(wholeSeconds(new Date('2026-03-04T10:11:12.999Z')), '2026-03-04T10:11:12Z');
});

void t.test('a mark adds nothing to the document', async (t) => {
  const document = exampleBadge() as unknown as CredentialDocument;
  t.equal(brandUnsigned(document), document);
  t.equal(brandSigned(document), document);
});
