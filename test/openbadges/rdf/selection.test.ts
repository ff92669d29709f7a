// A pointer selects the statements behind it, over the same nodes as the whole document.
import t from 'tap';
import { writeQuad } from '../../../src/openbadges/rdf/quads.ts';
import { selectStatements } from '../../../src/openbadges/rdf/selection.ts';
import { sdBaseBadge } from '../vectors/older-proofs.ts';

const { proof: _, ...document } = sdBaseBadge;
const lines = async (pointers: unknown[], change: object = {}) => {
  const { all, selected } = await selectStatements({ ...document, ...change }, pointers);
  const write = (quad: (typeof all)[number]) => writeQuad(quad, (node) => node);
  return { all: all.map(write), selected: selected.map(write) };
};

void t.test('every selected statement is one of the document, over the same nodes', async (t) => {
  const { all, selected } = await lines([
    '/issuer',
    '/credentialSubject/identifier/1',
    '/credentialSubject/achievement/criteria',
  ]);
  t.ok(selected.length > 0 && selected.length < all.length);
  for (const line of selected) t.ok(all.includes(line), line);
  t.match(selected.join(''), /ada@example\.org/);
  t.match(selected.join(''), /Was seen working/);
  t.notMatch(selected.join(''), /"Ada"/, 'the first identifier was not asked for');
  t.notMatch(selected.join(''), /2024-07-01/);
});

void t.test('the whole, nothing, and what is not there', async (t) => {
  const { all, selected } = await lines(['']);
  t.strictSame([...selected].sort(), [...all].sort());
  t.strictSame((await lines([])).selected, []);
  for (const pointer of [
    '/nothing',
    '/issuer/nothing/more',
    '/credentialSubject/identifier/7',
    'issuer',
    '/a~2',
    7,
    '/__proto__',
    '/constructor',
  ]) {
    await t.rejects(lines([pointer]), { code: 'ERR_OB_PROOF_MALFORMED' }, String(pointer));
  }
});

void t.test('names kept for nodes without an id cannot be taken, and pointers are bounded', async (t) => {
  await t.rejects(lines([''], { id: 'urn:bnid:1' }), { code: 'ERR_OB_JSONLD' });
  await t.rejects(lines(Array.from({ length: 1001 }, () => '/issuer')), { code: 'ERR_OB_TOO_COMPLEX' });
});

void t.test('what cannot be signed cannot be selected', async (t) => {
  await t.rejects(lines(['/issuer'], { colour: 'red' }), { code: 'ERR_OB_JSONLD', message: /"colour"/ });
});
