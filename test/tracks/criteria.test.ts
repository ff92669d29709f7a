// The words of a badge say what the rule says.
import t from 'tap';
import { AWARDABLES, findAwardable, UNITS, type Awardable } from '../../src/tracks/catalogue.ts';
import { narrativeOf, nounFor, trackOf } from '../../src/tracks/criteria.ts';
import { childrenOf, nodeId } from '../../src/tracks/requirement.ts';

function awardable(key: string): Awardable {
  const found = findAwardable(key);
  if (!found) throw new Error(key);
  return found;
}

void t.test('a module narrative lists its units, its summit quest and the outcomes that are written', async (t) => {
  const text = narrativeOf(awardable('core/copyright'));
  for (const line of ['- Copyright Basics', '- Summit quest: Copyright', '- Tell copyright from trade secret'])
    t.ok(text.includes(`${line}\n`) || text.endsWith(line), line);
});

void t.test('a module whose units are not written promises no outcomes', async (t) => {
  t.notOk(narrativeOf(awardable('core/legal')).includes('teaches'));
  t.ok(narrativeOf(awardable('core/legal')).includes('- Proper Legal Marking\n'));
});

void t.test(
  'a certificate narrative names every top-level node, what may be chosen, and the programme outcomes',
  async (t) => {
    for (const certificate of AWARDABLES.filter((one) => one.moduleId === undefined)) {
      const text = narrativeOf(certificate);
      for (const node of childrenOf(certificate.requirement))
        t.ok(text.includes(`- ${node.title ?? nodeId(node)}`), nodeId(node));
      for (const outcome of trackOf(certificate).outcomes) t.ok(text.includes(`- ${outcome}`));
    }
    const librarian = narrativeOf(awardable('librarian'));
    t.match(librarian, /- Electives \(at least 2 of 6 units\): .*Text & Data Mining/);
    t.match(librarian, /- Sociocultural \(all 4 units\)\n/);
  },
);

void t.test('no narrative holds an entity, raw HTML or the template filler', async (t) => {
  for (const one of AWARDABLES) t.notMatch(narrativeOf(one), /&\w+;|<[a-z]|lorem|placeholder/i, one.key);
  t.ok([...UNITS.values()].every((unit) => unit.content === 'authored' || !unit.outcomes));
});

void t.test('counts are named by what is counted', async (t) => {
  t.equal(nounFor('module', ['unit', 'unit'], 2), 'units');
  t.equal(nounFor('mastery', [], 1), 'summit quest');
  t.equal(nounFor('allOf', ['evidence', 'evidence'], 4), 'kinds of evidence');
  t.equal(nounFor('allOf', ['unit', 'fee'], 2), 'parts');
});

void t.test('a version that is not published has no words', async (t) => {
  t.throws(() => trackOf({ ...awardable('core'), version: '0.9' }), RangeError);
});
