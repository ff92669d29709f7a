import t from 'tap';
import { exampleCredential, findingsAfter, findingsOf, type Json } from './example-badge.ts';

const plain = (extra: Json): string[] => findingsOf({ ...exampleCredential(), ...extra });
const STATUS = {
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '7',
  statusListCredential: 'https://a.example/status/1',
};

void t.test('a plain credential may have several subjects, single values and no dates', async (t) => {
  t.same(plain({ credentialSubject: [{ id: 'did:web:a.example' }, { degree: 'BSc' }] }), []);
  t.same(plain({ type: 'VerifiableCredential', evidence: { type: 'Exam' }, termsOfUse: { type: 'Policy' } }), []);
  t.same(plain({ credentialStatus: [STATUS, { ...STATUS, statusPurpose: 'suspension' }] }), []);
  t.same(plain({ refreshService: { type: 'Refresh' } }), []);
});

void t.test('subjects that say nothing are refused', async (t) => {
  t.same(plain({ credentialSubject: {} }), ['fail /credentialSubject subject_empty']);
  t.same(plain({ credentialSubject: [{ id: 'did:web:a.example' }, {}] }), ['fail /credentialSubject/1 subject_empty']);
  t.same(plain({ credentialSubject: [] }), ['fail /credentialSubject list_empty']);
  t.same(plain({ credentialSubject: undefined }), ['fail /credentialSubject member_missing']);
  t.same(plain({ credentialSubject: 'did:web:a.example' }), ['fail /credentialSubject object_expected']);
});

void t.test('ids are one URL each, wherever the model asks for one', async (t) => {
  for (const id of ['0923lksjf', '', 7, ['urn:x:1', 'urn:x:2'], {}])
    t.same(plain({ id }), ['fail /id uri_malformed'], JSON.stringify(id));
  t.same(plain({ issuer: 'nobody' }), ['fail /issuer uri_malformed']);
  t.same(plain({ issuer: { name: 'A' } }), ['fail /issuer/id member_missing']);
  t.same(plain({ issuer: ['did:web:a.example'] }), ['fail /issuer object_expected']);
  t.same(plain({ issuer: null }), ['fail /issuer member_null']);
  t.same(plain({ credentialSubject: { id: ['urn:x:1', 'urn:x:2'] } }), ['fail /credentialSubject/id uri_malformed']);
});

void t.test('what extends a credential says its type', async (t) => {
  for (const member of ['credentialStatus', 'termsOfUse', 'evidence', 'refreshService', 'proof'])
    t.same(plain({ [member]: { id: 'urn:x:1' } }), [`fail /${member}/type member_missing`], member);
  t.same(plain({ credentialSchema: { type: 'JsonSchema' } }), ['fail /credentialSchema/id member_missing']);
  t.same(plain({ type: ['UniversityDegree'] }), ['fail /type type_wrong']);
  t.same(plain({ proof: null }), ['fail /proof member_null']);
});

void t.test('times: malformed ones fail, a missing zone is read as UTC, the end is not before the start', async (t) => {
  t.same(plain({ validFrom: '2026-01-01T00:00:00.5+01:00', validUntil: '2026-01-01T00:00:00Z' }), []);
  t.same(plain({ validFrom: '2026-01-01T00:00:00' }), ['warn /validFrom datetime_without_zone']);
  t.same(plain({ validFrom: '1. 1. 2026' }), ['fail /validFrom datetime_malformed']);
  t.same(plain({ validFrom: '2026-01-02T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' }), [
    'fail /validUntil validity_ends_first',
  ]);
});

void t.test('related resources have an id, once, and a digest', async (t) => {
  const resource = { id: 'https://a.example/x', digestSRI: 'sha384-AAAA' };
  t.same(plain({ relatedResource: [resource, { id: 'https://a.example/y', digestMultibase: 'uEiA' }] }), []);
  t.same(plain({ relatedResource: [resource, resource] }), ['fail /relatedResource related_resource_repeated']);
  t.same(plain({ relatedResource: { id: 'https://a.example/x' } }), ['fail /relatedResource digest_missing']);
  t.same(plain({ relatedResource: [{ digestSRI: 'sha384-AAAA' }] }), ['fail /relatedResource/0/id member_missing']);
  t.same(plain({ relatedResource: [{ ...resource, digestSRI: 'md5-AAAA' }] }), [
    'fail /relatedResource/0/digestSRI digest_malformed',
  ]);
  t.same(plain({ relatedResource: [{ ...resource, digestMultibase: 7 }] }), [
    'fail /relatedResource/0/digestMultibase digest_malformed',
  ]);
});

void t.test('status entries are read whole, in any credential', async (t) => {
  t.same(plain({ credentialStatus: { ...STATUS, statusListIndex: 'x' } }), [
    'fail /credentialStatus/statusListIndex status_index_malformed',
  ]);
  t.same(plain({ credentialStatus: { type: 'Other' } }), [], 'another kind has its own rules');
});

void t.test('a badge has one status; several are read with a warning', async (t) => {
  t.same(
    findingsAfter((badge) => (badge.credentialStatus = STATUS)),
    [],
  );
  t.same(
    findingsAfter((badge) => (badge.credentialStatus = [STATUS])),
    ['warn /credentialStatus several_in_place_of_one'],
  );
  t.same(
    findingsAfter((badge) => (badge.credentialStatus = { type: '1EdTechRevocationList' })),
    ['fail /credentialStatus/id status_list_url_missing'],
  );
  t.same(
    findingsAfter((badge) => (badge.refreshService = { type: '1EdTechCredentialRefresh' })),
    ['fail /refreshService/id member_missing'],
  );
});

void t.test('the credential of a status list is held to the rules of such lists', async (t) => {
  const list = {
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    credentialSubject: {
      id: 'https://a.example/1#list',
      type: 'BitstringStatusList',
      statusPurpose: ['revocation', 'suspension'],
      encodedList: 'uH4sI',
      ttl: 300000,
    },
  };
  t.same(plain(list), []);
  const broken = { ...list.credentialSubject, statusPurpose: [], encodedList: 'H4sI', ttl: '1' };
  t.same(plain({ ...list, credentialSubject: broken }), [
    'fail /credentialSubject/encodedList encoded_list_malformed',
    'fail /credentialSubject/statusPurpose status_purpose_malformed',
    'fail /credentialSubject/ttl ttl_malformed',
  ]);
});

void t.test('the older form needs its date of issue', async (t) => {
  const old = { '@context': ['https://www.w3.org/2018/credentials/v1'] };
  t.same(plain(old), ['fail /issuanceDate member_missing']);
  t.same(plain({ ...old, issuanceDate: '2026-01-01T00:00:00Z' }), []);
});
