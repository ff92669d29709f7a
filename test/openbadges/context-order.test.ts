import t from 'tap';
import { contextsOf, isBadgeContext, OB_CONTEXT, VC_V1, VC_V2, versionOf } from '../../src/openbadges/context-order.ts';
import { exampleBadgeV1, exampleCredential, findingsAfter, findingsOf } from './example-badge.ts';

const contexts = (...list: unknown[]): string[] => findingsAfter((badge) => (badge['@context'] = list));

void t.test('the order is a rule: VC first, Open Badges second, anything after', async (t) => {
  t.same(contexts(VC_V2, OB_CONTEXT, 'https://w3id.org/security/data-integrity/v2', { '@version': 1.1 }), []);
  t.same(contexts(OB_CONTEXT, VC_V2), ['fail /@context/0 context_first', 'fail /@context/1 context_second']);
  t.same(contexts(VC_V2), ['fail /@context/1 context_second']);
  t.same(contexts(VC_V2, 'https://purl.imsglobal.org/spec/clr/v2p0/context.json'), ['fail /@context/1 context_second']);
  t.same(contexts(), ['fail /@context context_missing']);
  t.same(
    findingsAfter((badge) => delete badge['@context']),
    ['fail /@context context_missing'],
  );
  t.same(contexts(VC_V2, OB_CONTEXT, 'https ://not-a-url'), ['fail /@context/2 context_malformed']);
  t.same(contexts(VC_V2, OB_CONTEXT, 7), ['fail /@context/2 context_malformed']);
});

void t.test('an older version or an alias is a warning, another address a failure', async (t) => {
  for (const older of ['context.json', 'context-3.0.1.json', 'context-3.0.2.json', 'context/ob_v3p0.jsonld'])
    t.same(
      contexts(VC_V2, `https://purl.imsglobal.org/spec/ob/v3p0/${older}`),
      ['warn /@context/1 context_older'],
      older,
    );
  for (const other of ['context-3.1.json', 'context-4.0.0.json', 'extensions.json'])
    t.same(
      contexts(VC_V2, `https://purl.imsglobal.org/spec/ob/v3p0/${other}`),
      ['fail /@context/1 context_second'],
      other,
    );
  t.notOk(isBadgeContext('http://purl.imsglobal.org/spec/ob/v3p0/context.json'));
});

void t.test('the first context decides the version of the data model', async (t) => {
  t.equal(versionOf({ '@context': [VC_V1, OB_CONTEXT] }), '1.1');
  t.equal(versionOf({ '@context': [VC_V2, VC_V1] }), '2.0');
  t.equal(versionOf({ '@context': VC_V1 }), '1.1');
  t.equal(versionOf({}), '2.0');
  t.same(contextsOf({ '@context': null }), []);
});

void t.test('the older form is verified with a warning', async (t) => {
  t.same(findingsOf(exampleBadgeV1()), ['warn /@context/0 model_1_1']);
});

void t.test('a plain credential needs its first context only', async (t) => {
  t.same(findingsOf(exampleCredential()), []);
  t.same(findingsOf({ ...exampleCredential(), '@context': VC_V2 }), ['warn /@context context_not_a_list']);
  t.same(findingsOf({ ...exampleCredential(), '@context': ['https://example.org/v1'] }), [
    'fail /@context/0 context_first',
  ]);
});
