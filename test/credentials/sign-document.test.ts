// What is signed is what is stored: the bytes, the key and the proof agree.
import t from 'tap';
import { signDocument } from '../../src/credentials/sign-document.ts';
import { brandUnsigned, wholeSeconds, type CredentialDocument } from '../../src/openbadges/unsigned.ts';
import { VC_V2 } from '../../src/openbadges/contexts.ts';
import { openTestService } from '../platform/test-service.ts';
import { strangerVerifies } from './issued.ts';

await t.test('the bytes hold the document and one proof by the active key, made now', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const document = {
    '@context': [VC_V2],
    id: 'urn:uuid:0b7f3c52-8a3f-4a6d-9d0c-3f7e3a5b1c2d',
    type: ['VerifiableCredential'],
    issuer: 'did:web:badges.example.org',
    validFrom: wholeSeconds(service.now()),
    credentialSubject: { id: 'urn:uuid:1b7f3c52-8a3f-4a6d-9d0c-3f7e3a5b1c2d' },
  };
  const { signed, json, kid } = await signDocument(service, brandUnsigned(document as unknown as CredentialDocument));
  t.equal(json, JSON.stringify(signed));
  t.equal(kid, service.keys.active('data-integrity').kid);
  t.match(JSON.parse(json), {
    ...document,
    proof: [
      {
        cryptosuite: 'eddsa-rdfc-2022',
        verificationMethod: `did:web:badges.example.org#${kid}`,
        proofPurpose: 'assertionMethod',
        created: '2026-03-04T12:00:00Z',
      },
    ],
  });
  t.equal(await strangerVerifies(service, signed), true);
});
