// Every form of every credential that we issue, and the strangers that accept it.
import t from 'tap';
import { issueEndorsement } from '../../src/credentials/issue-endorsement.ts';
import { credentialJwt } from '../../src/credentials/make-jwt.ts';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { VC_V1 } from '../../src/openbadges/contexts.ts';
import { body, coreUnits, record, submission } from '../completions/submissions.ts';
import { badgeOf, issueCommons, learner, readIssued, type IssuedCredential } from '../credentials/issued.ts';
import { openVcApi, OWN, plain } from '../credentials/vc-api-caller.ts';
import { openTestService } from '../platform/test-service.ts';
import { openStrangers, type Json } from './strangers.ts';

async function issueCertificate(): Promise<IssuedCredential> {
  const replies = await recordCompletions(
    service,
    coreUnits().map((unit) => submission(record(unit, 'grace', { learner: learner('grace') }))),
  );
  const awarded = replies.flatMap((reply) => body(reply).awarded);
  const certificate = awarded.find((one) => one.achievement === 'core');
  return readIssued(service, certificate?.credential.split('/').at(-1) ?? '');
}

// One service for all: verifier-core remembers DID documents for as long as the process lives.
const service = await openTestService('pglite', { vcApi: true });
t.teardown(() => service.close());
// verifier-core reads the clock of the machine.
service.clock.set(new Date());
const api = await openVcApi(t, service);
const strangers = openStrangers(t, api, service.config.publicUrl, service.now);

void t.test('badges, certificates, endorsements and lists: as JSON and as JWT', async (t) => {
  const named = { name: 'Zoë Ōkami-Müller', consents: { name: true } };
  const issued = {
    'module badge': await issueCommons(service),
    'module badge with a name': await issueCommons(service, 'zoe', named),
    certificate: await issueCertificate(),
  };
  const endorsement = await issueEndorsement(service, {
    subject: service.config.publicUrl,
    name: 'Accredited',
    comment: 'Delivers the sessions well.',
  });
  const documents: [string, Json, string | null][] = [
    ['endorsement', JSON.parse(endorsement.json) as Json, endorsement.jwt],
  ];
  for (const [name, credential] of Object.entries(issued))
    documents.push([name, JSON.parse(credential.json) as Json, await credentialJwt(service, credential)]);
  for (const [name, credential, jwt] of documents) {
    t.equal(await strangers.digitalBazaar(credential), null, `${name}: @digitalbazaar/vc`);
    t.equal(await strangers.digitalCredentials(credential), null, `${name}: @digitalcredentials/verifier-core`);
    t.equal(await strangers.jose(jwt ?? ''), null, `${name}: jose`);
    const changed = { ...credential, name: 'Another' };
    t.not(await strangers.digitalBazaar(changed), null, `${name} changed`);
    t.not(await strangers.digitalCredentials(changed), null, `${name} changed`);
    t.not(await strangers.jose(`${jwt!.slice(0, -6)}AAAAAA`), null, `${name} changed`);
  }
  const url = badgeOf(issued.certificate).credentialStatus.statusListCredential;
  const list = (await api.get(url.slice(service.config.publicUrl.length))).json<Json>();
  t.equal(await strangers.digitalBazaar(list), null, 'status list: @digitalbazaar/vc');
  t.equal(await strangers.digitalCredentials(list), null, 'status list: @digitalcredentials/verifier-core');
  await revokeCredential(service, issued.certificate.id, 'issued_in_error', 'A mistake.');
  const [, certificate] = documents.at(-1)!;
  t.match(await strangers.digitalCredentials(certificate), /revocation_status/, 'and it sees a revocation');
});

void t.test('what the VC API issues: both data models, both suites, each issuer', async (t) => {
  const older = { '@context': [VC_V1], issuanceDate: '2020-03-16T22:37:26Z' };
  const status = [{ type: 'BitstringStatusListEntry', statusPurpose: 'revocation' }];
  for (const issuer of [api.didKey, OWN])
    for (const [model, parts] of Object.entries({ '2.0': {}, '1.1': older })) {
      const id = 'urn:uuid:4a6a0f63-4f6f-4a7b-8a51-7a8a7a0f6f10';
      const name = `${model} by ${issuer.slice(0, 8)}`;
      const make = async (options: object): Promise<never> =>
        (await api.issue(plain({ id, issuer, ...parts }), options)).vc;
      for (const cryptosuite of ['eddsa-rdfc-2022', 'eddsa-jcs-2022']) {
        const credential = await make({ cryptosuite });
        t.equal(await strangers.digitalBazaar(credential), null, `${name} ${cryptosuite}: @digitalbazaar/vc`);
        if (cryptosuite === 'eddsa-rdfc-2022')
          t.equal(await strangers.digitalCredentials(credential), null, `${name}: verifier-core`);
      }
      const listed = await make({ credentialStatus: status });
      t.equal(await strangers.digitalBazaar(listed), null, `${name} with a status: @digitalbazaar/vc`);
      t.equal(await strangers.digitalCredentials(listed), null, `${name} with a status: verifier-core`);
      const enveloped = (await make({ format: 'jwt' })) as string | { id: string };
      const jwt = typeof enveloped === 'string' ? enveloped : enveloped.id.slice(enveloped.id.indexOf(',') + 1);
      t.equal(await strangers.jose(jwt), null, `${name} as a JWT: jose`);
    }
});

void t.test('they fetch nothing but what we publish and the schemas of the standard', async (t) => {
  const schemas = 'https://purl.imsglobal.org/spec/ob/v3p0/schema/';
  t.same(
    strangers.asked.filter((url) => !url.startsWith(schemas)),
    [],
  );
});
