// Shape, terms and named schemas end in one check.
import t from 'tap';
import { badge, find, sign, summary, verify } from '../signed-badges.ts';

void t.test('an undefined term fails in a JWT’s credential as well as in a signed one', async (t) => {
  const report = await verify({ ...(await sign(badge())), unheardOf: true });
  t.match(find(report, 'schema'), {
    status: 'fail',
    details: { findings: [{ code: 'jsonld_unsafe', severity: 'fail' }] },
  });
});

void t.test('an older context is a warning', async (t) => {
  const [first] = badge()['@context'];
  const old = badge({ '@context': [first, 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json'] });
  t.equal(summary(await verify(await sign(old))), 'valid_with_warnings schema=warn/context_older');
});

void t.test('all faults are told, not only the first', async (t) => {
  const bad = badge({ validFrom: 'yesterday' });
  bad.credentialSubject.achievement.criteria = {};
  bad.credentialSubject.type = ['Thing'];
  const { details } = find(await verify(bad), 'schema');
  t.ok((details!.findings as unknown[]).length >= 3);
});
