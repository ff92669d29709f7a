// The issuing half of the VC API: one test for each answer.
import t from 'tap';
import { VC_V1, VC_V2 } from '../../src/openbadges/contexts.ts';
import { openTestApp } from '../platform/test-app.ts';
import { openTestService } from '../platform/test-service.ts';
import { openVcApi, plain, verifiesElsewhere } from './vc-api-caller.ts';

const service = await openTestService('pglite', { vcApi: true });
t.teardown(() => service.close());
const api = await openVcApi(t, service);

void t.test('201: what was posted, signed as it stands, with one proof as an object', async (t) => {
  for (const issuer of ['did:web:badges.example.org', api.didKey]) {
    const posted = plain({ issuer, credentialSubject: { id: 'did:example:subject', name: 'Ada' } });
    const { status, vc } = await api.issue(posted);
    t.equal(status, 201);
    const { proof, ...rest } = vc as { proof: Record<string, unknown> };
    t.strictSame(rest, posted);
    t.match(proof, { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022', proofPurpose: 'assertionMethod' });
    t.ok(String(proof.verificationMethod).startsWith(`${issuer}#z6Mk`));
    t.equal((await api.verify(vc)).status, 200);
    t.ok(await verifiesElsewhere(service, vc), 'verified by code that is not ours');
  }
});

void t.test('404 while the VC API is switched off, whoever asks', async (t) => {
  const off = await openTestService();
  t.teardown(() => off.close());
  const app = await openTestApp(off);
  t.teardown(() => app.close());
  const caller = await app.caller(['vc:issue']);
  for (const path of ['/credentials/issue', '/credentials/status']) {
    const answer = await caller.call('POST', path, { credential: plain() });
    t.equal(answer.statusCode, 404);
    t.match(answer.json(), { code: 'vc_api_off', detail: /VC_API=on/ });
  }
});

void t.test('401 without a token, 403 without the scope', async (t) => {
  for (const url of ['/credentials/issue', '/credentials/status']) {
    const stranger = await api.app.inject({ method: 'POST', url, payload: { credential: plain() } });
    t.equal(stranger.statusCode, 401);
    const other = await api.caller(['completions:write', 'credentials:revoke']);
    t.match((await other.call('POST', url, { credential: plain() })).json(), { status: 403, code: 'scope_missing' });
  }
});

void t.test('400: a credential that is none, never 500', async (t) => {
  for (const credential of ['a text', null, undefined, 7, true, [], [plain()], {}])
    t.equal((await api.issue(credential)).status, 400, JSON.stringify(credential));
  for (const body of ['{}', '[]', 'null', '"text"', '7', '{"verifiableCredential":{}}', '{']) {
    const headers = { 'content-type': 'application/json' };
    const token = await api.issuer.call('POST', '/credentials/issue', body);
    t.ok([400, 415].includes(token.statusCode), `${body} ${token.statusCode} ${JSON.stringify(headers)}`);
  }
  t.match((await api.issue(plain({ proof: null }))).body, { code: 'malformed_credential', detail: /proof/ });
});

void t.test('400: an issuer that is not ours', async (t) => {
  for (const issuer of [
    'did:example:other',
    'did:web:elsewhere.example',
    'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
  ])
    t.match((await api.issue(plain({ issuer }))).body, {
      status: 400,
      code: 'issuer_not_ours',
      errors: [{ pointer: '/credential/issuer' }],
    });
  t.equal((await api.issue(plain({ issuer: { id: api.didKey, name: 'Ours' } }))).status, 201);
});

void t.test('400: options that cannot be followed; those we do not know are left', async (t) => {
  const entry = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' };
  for (const options of [
    'text',
    7,
    [],
    { cryptosuite: 'ecdsa-sd-2023' },
    { format: 'mdoc' },
    { format: 'jwt', cryptosuite: 'eddsa-jcs-2022' },
    { credentialStatus: 'revocation' },
    { credentialStatus: [{ type: 'StatusList2021Entry', statusPurpose: 'revocation' }] },
    { credentialStatus: [{ ...entry, statusPurpose: 'message' }] },
    { credentialStatus: [entry, entry] },
    { previousProof: 'urn:uuid:not-there' },
  ])
    t.equal((await api.issue(plain(), options)).status, 400, JSON.stringify(options));
  t.equal((await api.issue(plain(), { mandatoryPointers: ['/issuer'], type: 'Ed25519Signature2020' })).status, 201);
  t.equal((await api.issue(plain(), null)).status, 201);
});

void t.test('400: each fault of the options and of a change of status names its remedy', async (t) => {
  const faultsOf = (body: unknown) =>
    (body as { errors: { pointer: string; detail: string }[] }).errors.map((one) => [one.pointer, one.detail]);
  t.strictSame(faultsOf((await api.issue(plain(), { credentialStatus: true, format: 'pdf' })).body), [
    ['/options/credentialStatus', 'Give a list.'],
    ['/options/format', 'Give "jwt".'],
  ]);
  const changed = await api.issuer.call('POST', '/credentials/status', { credentialId: 7 });
  t.strictSame(faultsOf(changed.json()), [
    ['/credentialId', 'Give a string.'],
    ['/credentialStatus', 'This is required. Give a list.'],
  ]);
});

void t.test('eddsa-jcs-2022 when it is asked for', async (t) => {
  const { vc } = await api.issue(plain({ issuer: api.didKey }), { cryptosuite: 'eddsa-jcs-2022' });
  t.match(vc, { proof: { cryptosuite: 'eddsa-jcs-2022', '@context': [VC_V2] } });
  t.equal((await api.verify(vc)).status, 200);
});

void t.test('the older data model: its contexts grow by the one that the proof needs', async (t) => {
  const old = plain({ '@context': [VC_V1], issuanceDate: '2026-01-01T00:00:00Z' });
  const { status, vc } = await api.issue(old);
  t.equal(status, 201);
  t.same((vc as Record<string, unknown>)['@context'], [VC_V1, 'https://w3id.org/security/data-integrity/v2']);
  t.equal((await api.verify(vc)).status, 200);
  t.ok(await verifiesElsewhere(service, vc));
  const { issuanceDate: _, ...undated } = old;
  t.equal((await api.issue(undated)).status, 400);
});

void t.test('POST /credentials/status: 400 for what says nothing, 404 for what was not issued here', async (t) => {
  const entry = { type: 'BitstringStatusListEntry', statusPurpose: 'revocation' };
  for (const body of [
    {},
    { credentialId: 'urn:x:1' },
    { credentialId: 'urn:x:1', credentialStatus: entry },
    { credentialStatus: entry, status: true },
    { credentialId: 'urn:x:1', credentialStatus: [], status: true },
    { credentialId: 'urn:x:1', credentialStatus: { ...entry, statusPurpose: 'message' }, status: true },
    { credentialId: 'urn:x:1', credentialStatus: { ...entry, statusListIndex: '5' }, status: true },
    { credentialId: 7, credentialStatus: entry, status: true },
  ])
    t.equal(await api.status(body), 400, JSON.stringify(body));
  t.equal(await api.status({ credentialId: 'urn:x:1', credentialStatus: entry, status: true }), 404);
});
