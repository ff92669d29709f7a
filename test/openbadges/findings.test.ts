import t from 'tap';
import { Findings, memberOf, pointTo, shownName } from '../../src/openbadges/findings.ts';

void t.test('pointers escape what RFC 6901 escapes, and cut hostile names', async (t) => {
  t.equal(pointTo('/a', 'b/c~d'), '/a/b~1c~0d');
  t.equal(pointTo('', 0), '/0');
  t.ok(pointTo('', 'x'.repeat(10_000)).length < 100);
  t.equal(shownName('name'), 'name');
});

void t.test('a sentence names the member, not its position', async (t) => {
  t.equal(memberOf('/evidence/0'), 'evidence/0');
  t.equal(memberOf('/credentialSubject/achievement/name'), 'name');
  t.equal(memberOf(''), 'the credential');
});

void t.test('findings keep their order and say whether any fails', async (t) => {
  const findings = new Findings();
  findings.warn('/a', 'one', 'One.', 'C');
  t.notOk(findings.failed);
  findings.fail('/b', 'two', 'Two.', 'C');
  t.ok(findings.failed);
  t.same(
    findings.finish().map((one) => one.code),
    ['one', 'two'],
  );
});

void t.test('a report is bounded, tells what it left out, and never hides the first failure', async (t) => {
  const findings = new Findings();
  for (let count = 0; count < 1000; count += 1) findings.warn('/a', 'many', 'Many.', 'C');
  findings.fail('/z', 'last', 'Last.', 'C');
  const list = findings.finish();
  t.ok(list.length < 300);
  t.ok(findings.failed);
  t.match(list.at(-1), { code: 'more_findings', severity: 'warn' });
});

void t.test('what is left out of a report is counted', async (t) => {
  const findings = new Findings();
  for (let count = 0; count < 1000; count += 1) findings.warn('/a', 'many', 'Many.', 'C');
  t.equal(findings.count, 1000);
});
