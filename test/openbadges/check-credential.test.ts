import t from 'tap';
import fc from 'fast-check';
import { checkCredential } from '../../src/openbadges/check-credential.ts';
import { exampleBadge, exampleCredential, exampleEndorsement, findingsAfter } from './example-badge.ts';

void t.test('the kind is told by the type', async (t) => {
  t.equal(checkCredential(exampleBadge()).kind, 'achievement');
  t.equal(checkCredential(exampleEndorsement()).kind, 'endorsement');
  t.equal(checkCredential(exampleCredential()).kind, 'other');
  t.equal(checkCredential({ ...exampleCredential(), type: ['BitstringStatusListCredential'] }).kind, 'statusList');
});

void t.test('a badge that lost its type is a bad badge, not a good credential of another kind', async (t) => {
  const badge = { ...exampleBadge(), type: ['VerifiableCredential'] };
  t.match(checkCredential(badge), { kind: 'achievement', findings: [{ code: 'type_wrong', pointer: '/type' }] });
  const endorsement = { ...exampleEndorsement(), type: ['VerifiableCredential'] };
  t.equal(checkCredential(endorsement).kind, 'endorsement');
  t.equal(checkCredential({ ...badge, type: ['VerifiableCredential', 'ClrCredential'] }).kind, 'other');
});

void t.test('each finding says where, what to do and by which clause', async (t) => {
  for (const finding of checkCredential({ ...exampleBadge(), id: 7, name: '', evidence: null }).findings) {
    t.match(finding, { severity: /^(fail|warn)$/, code: /^[a-z_0-9]+$/, message: /^\S.*\.$/ });
    t.ok(finding.clause.length > 5);
  }
});

void t.test('what is no object at all is answered, not thrown', async (t) => {
  for (const bad of [null, undefined, 'text', 7, [], true])
    t.match(checkCredential(bad), { kind: 'other', findings: [{ code: 'not_an_object', severity: 'fail' }] });
});

void t.test('hostile documents are turned away before anything recurses', async (t) => {
  let deep: unknown = {};
  for (let depth = 0; depth < 200_000; depth += 1) deep = { parentOrg: deep };
  t.match(checkCredential({ ...exampleBadge(), issuer: deep }).findings, [{ code: 'too_deep' }]);
  const wide = { ...exampleBadge(), extra: Array.from({ length: 100_000 }, () => null) };
  t.match(checkCredential(wide).findings, [{ code: 'too_many_values' }]);
  const hostile = JSON.parse('{"__proto__": {"type": ["VerifiableCredential"]}, "id": "urn:x:1"}') as unknown;
  t.match(checkCredential(hostile).findings, [{ code: 'forbidden_member' }]);
});

void t.test('a report on a thousand faults stays short and still fails', async (t) => {
  const found = findingsAfter((badge) => (badge.evidence = Array.from({ length: 1000 }, () => ({ type: [] }))));
  t.ok(found.length < 300);
  t.ok(found.some((line) => line.startsWith('fail')));
});

void t.test('property: any value at all gets an answer', async () => {
  fc.assert(
    fc.property(fc.object({ withNullPrototype: true, maxDepth: 3 }), (value) =>
      Array.isArray(checkCredential({ ...exampleBadge(), ...value }).findings),
    ),
    { numRuns: 200 },
  );
});

void t.test('property: a badge without one of its required members always fails, and says which', async () => {
  const required = ['@context', 'id', 'type', 'issuer', 'validFrom', 'credentialSubject'];
  fc.assert(
    fc.property(fc.subarray(required, { minLength: 1 }), (missing) => {
      const badge = exampleBadge();
      for (const member of missing) delete badge[member];
      const failed = checkCredential(badge)
        .findings.filter((one) => one.severity === 'fail')
        .map((one) => one.pointer);
      // Without its type or subject a document may count as another kind, which asks for less.
      const expected = missing.includes('type')
        ? missing.filter((member) => ['@context', 'type', 'issuer', 'credentialSubject'].includes(member))
        : missing;
      return expected.every((member) => failed.some((pointer) => pointer.startsWith(`/${member}`)));
    }),
  );
});
