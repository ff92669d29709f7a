import t from 'tap';
import { checkCredential } from '../../src/openbadges/check-credential.ts';
import { exampleEndorsement, findingsAfter, findingsOf } from './example-badge.ts';

void t.test('an endorsement that stands alone breaks no rule', async (t) => {
  t.same(checkCredential(exampleEndorsement()), { findings: [], version: '2.0', kind: 'endorsement' });
});

void t.test('its name, its subject’s id and their types are asked for', async (t) => {
  t.same(
    findingsAfter((one) => delete one.name, exampleEndorsement()),
    ['fail /name member_missing'],
  );
  t.same(
    findingsAfter((one) => delete one.credentialSubject.id, exampleEndorsement()),
    ['fail /credentialSubject/id member_missing'],
  );
  t.same(
    findingsAfter((one) => (one.credentialSubject.type = ['Subject']), exampleEndorsement()),
    ['fail /credentialSubject/type type_wrong'],
  );
});

void t.test('in the older form it is read with a warning, inside a badge of the present form too', async (t) => {
  const { validFrom, ...rest } = exampleEndorsement();
  const old = {
    ...rest,
    '@context': ['https://www.w3.org/2018/credentials/v1', rest['@context'][1]],
    issuanceDate: validFrom,
  };
  t.same(findingsOf(old), ['warn /@context/0 model_1_1']);
  t.same(
    findingsAfter((badge) => (badge.endorsement = [old])),
    ['warn /endorsement/0/@context/0 model_1_1'],
  );
});

void t.test('where schemas are named, the official one is among them', async (t) => {
  const official = {
    id: 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/x.json',
    type: '1EdTechJsonSchemaValidator2019',
  };
  const other = { id: 'https://a.example/schema.json', type: 'JsonSchema' };
  t.same(
    findingsAfter((one) => (one.credentialSchema = [other, official])),
    [],
  );
  t.same(
    findingsAfter((one) => (one.credentialSchema = [other])),
    ['warn /credentialSchema schema_not_named'],
  );
});
