// A key counts when its issuer's own document lists it for the purpose, and never because a URL spells it.
import t from 'tap';
import { resolveMethod, type MethodQuery } from '../../../src/openbadges/controllers/verification-method.ts';
import { serve, type Served } from '../documents.ts';
import { controllerOf, ed25519Key } from '../test-keys.ts';

const issuer = 'https://example.org/issuers/1';
const key = ed25519Key(1);
const other = ed25519Key(2);
const id = `${issuer}#${key.multibase}`;
const at = new Date('2026-06-01T00:00:00Z');

function query(documents: Record<string, Served>, extra: Partial<MethodQuery> = {}): MethodQuery {
  return { resolve: serve(documents), controller: issuer, purpose: 'assertionMethod', at, ...extra };
}
const published = { [issuer]: controllerOf(issuer, key) };
const method = { id, type: 'Multikey', controller: issuer, publicKeyMultibase: key.multibase };

void t.test('listed by reference, embedded, or by a relative id', async (t) => {
  t.match(await resolveMethod(id, query(published)), { trust: 'pass', code: 'key_published' });
  t.match(await resolveMethod(id, query({ [issuer]: { id: issuer, assertionMethod: [method] } })), { trust: 'pass' });
  const relative = {
    id: issuer,
    verificationMethod: [{ ...method, id: `#${key.multibase}` }],
    assertionMethod: `#${key.multibase}`,
  };
  t.match(await resolveMethod(id, query({ [issuer]: relative })), { trust: 'pass' });
});

void t.test('a key written into a fragment is worth nothing when the document does not hold it', async (t) => {
  t.match(await resolveMethod(`${issuer}#${other.multibase}`, query(published)), {
    trust: 'fail',
    code: 'key_not_listed',
    key: undefined,
  });
  t.match(await resolveMethod(id, query({})), { trust: 'unknown', code: 'key_document_unreachable', key: undefined });
});

void t.test('another controller, another purpose: the key is there and not trusted', async (t) => {
  t.match(await resolveMethod(id, query(published, { controller: 'https://example.org/issuers/2' })), {
    trust: 'fail',
    code: 'controller_mismatch',
  });
  t.match(
    await resolveMethod(
      id,
      query({ [issuer]: controllerOf(issuer, key, { assertionMethod: [], authentication: [id] }) }),
    ),
    { trust: 'fail', code: 'key_not_for_purpose' },
  );
  t.match(
    await resolveMethod(
      id,
      query(
        { [issuer]: controllerOf(issuer, key, { assertionMethod: undefined, authentication: [id] }) },
        { purpose: 'authentication' },
      ),
    ),
    { trust: 'pass' },
  );
});

void t.test('a page of somebody else cannot claim to be controlled by the issuer', async (t) => {
  const evil = 'https://evil.example/keys';
  const claim = {
    id: evil,
    verificationMethod: [{ ...method, id: `${evil}#k`, publicKeyMultibase: other.multibase }],
    assertionMethod: [`${evil}#k`],
  };
  t.match(await resolveMethod(`${evil}#k`, query({ ...published, [evil]: claim })), {
    trust: 'fail',
    code: 'key_not_listed',
  });
  t.match(await resolveMethod(`${evil}#k`, query({ [evil]: claim })), {
    trust: 'unknown',
    code: 'key_document_unreachable',
  });
  const named = controllerOf(issuer, key, { assertionMethod: [`${evil}#k`] });
  t.match(await resolveMethod(`${evil}#k`, query({ [issuer]: named, [evil]: claim })), { trust: 'pass' });
});

void t.test('revoked and expired keys are refused from their instant on', async (t) => {
  const withDates = (dates: object) =>
    query({ [issuer]: { id: issuer, verificationMethod: [{ ...method, ...dates }], assertionMethod: [id] } });
  t.match(await resolveMethod(id, withDates({ revoked: '2026-06-01T00:00:00Z' })), {
    trust: 'fail',
    code: 'key_revoked',
  });
  t.match(await resolveMethod(id, withDates({ revoked: '2026-06-02T00:00:00Z' })), { trust: 'pass' });
  t.match(await resolveMethod(id, withDates({ expires: '2025-01-01T00:00:00Z' })), {
    trust: 'fail',
    code: 'key_expired',
  });
  t.match(await resolveMethod(id, withDates({ expires: 'whenever' })), { trust: 'fail', code: 'key_expired' });
});

void t.test('did:key, with and without its fragment', async (t) => {
  const did = `did:key:${key.multibase}`;
  t.match(await resolveMethod(`${did}#${key.multibase}`, query({}, { controller: did })), { trust: 'pass' });
  t.match(await resolveMethod(did, query({}, { controller: did })), { trust: 'pass' });
  t.match(await resolveMethod(did, query({})), { trust: 'fail', code: 'controller_mismatch' });
  t.match(await resolveMethod(`${did}#${other.multibase}`, query({}, { controller: did })), {
    trust: 'fail',
    code: 'key_not_listed',
  });
});

void t.test('malformed and foreign methods', async (t) => {
  for (const bad of [undefined, 42, '', 'z6Mk', { id }])
    t.match(await resolveMethod(bad, query({})), { trust: 'fail', code: 'verification_method_malformed' });
  t.match(await resolveMethod('xxx:z6Mk#1', query({})), { trust: 'fail', code: 'key_document_malformed' });
  t.match(await resolveMethod('did:ion:abc#1', query({})), { trust: 'unknown', code: 'key_document_unsupported' });
});

void t.test(
  'a foreign document that cannot be had does not matter where the issuer does not refer to it',
  async (t) => {
    const foreign = 'https://keys.example/1#a';
    t.match(await resolveMethod(foreign, query(published)), { trust: 'fail', code: 'key_not_listed' });
    t.match(await resolveMethod('did:ebsi:zabc#1', query(published)), { trust: 'fail', code: 'key_not_listed' });
    const refers = { [issuer]: controllerOf(issuer, key, { assertionMethod: [foreign] }) };
    t.match(await resolveMethod(foreign, query(refers)), { trust: 'unknown', code: 'key_document_unreachable' });
    t.match(await resolveMethod(foreign, query({})), { trust: 'unknown', code: 'key_document_unreachable' });
  },
);

void t.test('a revoked key whose text is no longer published reads as revoked, on an earlier day too', async (t) => {
  const bare = { id, type: 'Multikey', controller: issuer, revoked: '2026-05-04T00:00:00Z' };
  const document = { id: issuer, verificationMethod: [bare], assertionMethod: [] };
  const expected = { trust: 'fail', code: 'key_revoked', key: undefined, sentence: /on 2026-05-04/ };
  t.match(await resolveMethod(id, query({ [issuer]: document })), expected);
  const earlier = new Date('2026-01-01T00:00:00Z');
  t.match(await resolveMethod(id, query({ [issuer]: document }, { at: earlier })), expected);
});
