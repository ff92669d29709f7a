// What is added to a posted credential, and nothing else; every form verifies.
import { createHash } from 'node:crypto';
import { sql } from '../../src/platform/sql.ts';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import t from 'tap';
import { OB_V3, VC_V1, VC_V2 } from '../../src/openbadges/contexts.ts';
import { rows } from '../../src/platform/database.ts';
import { onEachDatabase, openTestService } from '../platform/test-service.ts';
import { OWN, openVcApi, plain, verifiesElsewhere } from './vc-api-caller.ts';

type Json = Record<string, never>;
interface Entry {
  id: string;
  statusPurpose: string;
  statusListIndex: string;
  statusListCredential: string;
}
const wish = (...purposes: string[]) => ({
  credentialStatus: purposes.map((statusPurpose) => ({ type: 'BitstringStatusListEntry', statusPurpose })),
});

const service = await openTestService('pglite', { vcApi: true });
t.teardown(() => service.close());
const api = await openVcApi(t, service);

await onEachDatabase(
  t,
  'status entries that were asked for are added before signing, and their lists are there',
  async (t, service) => {
    const api = await openVcApi(t, service);
    for (const issuer of [OWN, api.didKey]) {
      const posted = plain({ issuer, id: 'urn:uuid:86294362-4254-4f36-854f-3952fe42555d' });
      const { vc } = await api.issue(posted, wish('revocation', 'suspension'));
      const { proof: _, credentialStatus, ...rest } = vc as Json;
      t.strictSame(rest, posted, 'nothing else is added');
      const entries = credentialStatus as unknown as Entry[];
      t.same(entries.map((one) => one.statusPurpose).sort(), ['revocation', 'suspension']);
      for (const entry of entries) {
        t.match(entry.statusListIndex, /^\d+$/);
        t.equal(entry.id, `${entry.statusListCredential}#${entry.statusListIndex}`);
        const list = await api.get(new URL(entry.statusListCredential).pathname, { accept: 'application/vc' });
        t.match(list.json(), { issuer, credentialSubject: { statusPurpose: entry.statusPurpose } });
        t.ok(await verifiesElsewhere(service, list.json()), 'the list verifies by code that is not ours');
      }
      t.equal((await api.verify(vc)).status, 200);
      t.ok(await verifiesElsewhere(service, vc));
    }
  },
  { vcApi: true },
);

void t.test('one entry is an object, and one that stands there already keeps its place', async (t) => {
  const one = await api.issue(plain(), wish('suspension'));
  t.match(one.vc, { credentialStatus: { statusPurpose: 'suspension', type: 'BitstringStatusListEntry' } });
  const context = [VC_V2, { Status: 'https://example.org/#Status' }];
  const own = { type: 'Status', id: 'urn:x:status' };
  const two = await api.issue(plain({ '@context': context, credentialStatus: own }), wish('revocation'));
  t.match(two.vc, { credentialStatus: [own, { statusPurpose: 'revocation' }] });
});

void t.test('what is kept of it: names, places and a digest, and nothing of what it says', async (t) => {
  const { vc } = await api.issue(plain({ credentialSubject: { id: 'urn:x:zelda', name: 'Zelda' } }), {
    credentialId: 'urn:x:kept',
    ...wish('revocation'),
  });
  const [row] = await rows<Record<string, string>>(
    service.db.read,
    sql`select * from posted_credentials where credential_id = 'urn:x:kept'`,
  );
  t.match(row, { issuer: OWN, client_id: api.issuer.clientId });
  t.equal(row?.digest, createHash('sha256').update(JSON.stringify(vc)).digest('hex'));
  t.notMatch(JSON.stringify(row), /zelda/i);
});

void t.test('format jwt: enveloped, with the claims that have a twin', async (t) => {
  for (const [issuer, alg] of [
    [OWN, 'RS256'],
    [api.didKey, 'EdDSA'],
  ] as const) {
    const validFrom = '2026-01-01T00:00:00.250Z';
    const posted = plain({ issuer, validFrom });
    const { status, vc } = await api.issue(posted, { format: 'jwt', ...wish('revocation') });
    t.equal(status, 201);
    const { id, ...envelope } = vc as { id: string };
    t.strictSame(envelope, { '@context': VC_V2, type: 'EnvelopedVerifiableCredential' });
    const jwt = id.replace('data:application/vc+jwt,', '');
    t.match(decodeProtectedHeader(jwt), { alg, typ: 'JWT' });
    const { credentialStatus, iss, sub, nbf, jti, ...rest } = decodeJwt(jwt);
    t.strictSame(rest, posted);
    t.same([iss, sub, nbf, jti], [issuer, 'did:example:subject', 1767225600, undefined]);
    t.match(credentialStatus, { statusPurpose: 'revocation' });
    const verified = await api.verify(vc);
    t.equal(verified.status, 200, verified.text);
  }
});

void t.test('a JWT of the older data model stands for itself', async (t) => {
  const posted = plain({ '@context': [VC_V1], issuer: api.didKey, issuanceDate: '2026-01-01T00:00:00Z' });
  const { vc } = await api.issue(posted, { format: 'jwt' });
  t.type(vc, 'string');
  t.strictSame(decodeJwt(vc).vc, posted);
});

void t.test('a badge as a JWT must have what its claims need', async (t) => {
  const badge = plain({
    '@context': [VC_V2, OB_V3],
    id: 'urn:uuid:3f0a1b8a-6f39-4f4b-8a3f-6f2a5d7a9a10',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'A badge',
    issuer: { id: OWN, type: ['Profile'], name: 'Ours' },
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: {
      id: 'did:example:subject',
      type: ['AchievementSubject'],
      achievement: {
        id: 'https://a.example/1',
        type: ['Achievement'],
        name: 'A',
        description: 'A thing done.',
        criteria: { narrative: 'Do it.' },
      },
    },
  });
  const { vc } = await api.issue(badge, { format: 'jwt' });
  t.equal((await api.verify(vc)).status, 200);
  const fraction = await api.issue({ ...badge, validFrom: '2026-01-01T00:00:00.5Z' }, { format: 'jwt' });
  t.match(fraction.body, { status: 400, errors: [{ pointer: '/credential/validFrom', code: 'jwt_claim' }] });
});

void t.test('a status entry of the older data model brings the context that defines it', async (t) => {
  const posted = plain({ '@context': [VC_V1], issuanceDate: '2026-01-01T00:00:00Z' });
  const { vc } = await api.issue(posted, wish('revocation'));
  t.same((vc as Json)['@context'], [
    VC_V1,
    'https://www.w3.org/ns/credentials/status/v1',
    'https://w3id.org/security/data-integrity/v2',
  ]);
  t.ok(await verifiesElsewhere(service, vc));
});

void t.test('proofs that are there stay: a set, or a chain when one is named', async (t) => {
  const first = (await api.issue(plain({ issuer: api.didKey }))).vc as { proof: object };
  const named = { ...first, proof: { id: 'urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544', ...first.proof } };
  const set = await api.issue(named);
  t.match((set.vc as Json).proof, [named.proof, { type: 'DataIntegrityProof' }]);
  const chain = await api.issue(named, { previousProof: named.proof.id });
  t.match((chain.vc as Json).proof, [named.proof, { previousProof: named.proof.id }]);
});

void t.test('a proof that our additions would break is not broken', async (t) => {
  const { vc } = await api.issue(plain());
  for (const options of [wish('revocation'), { format: 'jwt' }])
    t.match((await api.issue(vc, options)).body, { status: 400, detail: /has a proof already/ });
});
