// What the strangers issue, and that we accept it; and with one letter changed, that we do not.
import { generateKeyPairSync } from 'node:crypto';
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020';
import { Ed25519VerificationKey2020 } from '@digitalbazaar/ed25519-verification-key-2020';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as multikeys from '@digitalbazaar/ed25519-multikey';
import { createSignCryptosuite as jcs } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as rdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { CompactSign, exportJWK } from 'jose';
import t from 'tap';
import { CONTEXTS, DATA_INTEGRITY_V2, ED25519_2020_V1, OB_V3, VC_V1, VC_V2 } from '../../src/openbadges/contexts.ts';
import { encodeMultikey } from '../../src/openbadges/keys.ts';
import { encodeBase58btc } from '../../src/openbadges/multibase.ts';
import { isProven, verifyPresentation } from '../../src/openbadges/verify-presentation.ts';
import { badge, now, summary, verify } from '../openbadges/signed-badges.ts';
import { serve } from '../openbadges/documents.ts';
import { ed25519Key } from '../openbadges/test-keys.ts';
import type { Json } from './strangers.ts';

const key = ed25519Key(21);
const did = `did:key:${key.multibase}`;
const id = `${did}#${key.multibase}`;
const seed = Buffer.from(String(key.privateKey.export({ format: 'jwk' }).d), 'base64url');
const raw = Buffer.from(String(key.jwk.x), 'base64url');
const secretKeyMultibase = encodeBase58btc(Buffer.concat([Buffer.of(0x80, 0x26), seed, raw]));
const material = { id, controller: did, publicKeyMultibase: key.multibase };
const pair = (await multikeys.from({
  '@context': 'https://w3id.org/security/multikey/v1',
  type: 'Multikey',
  ...material,
  secretKeyMultibase,
})) as { signer(): object };
const older = (await Ed25519VerificationKey2020.from({
  type: 'Ed25519VerificationKey2020',
  ...material,
  privateKeyMultibase: secretKeyMultibase,
})) as object;

async function documentLoader(url: string): Promise<object> {
  const document = structuredClone(CONTEXTS.get(url));
  if (!document) throw new Error(`nothing at ${url}`);
  return { contextUrl: null, documentUrl: url, document };
}

const date = '2026-03-04T10:11:12Z';
const suites = {
  'eddsa-rdfc-2022': () => new DataIntegrityProof({ cryptosuite: rdfc, signer: pair.signer(), date }),
  'eddsa-jcs-2022': () => new DataIntegrityProof({ cryptosuite: jcs(), signer: pair.signer(), date }),
  Ed25519Signature2020: () => new Ed25519Signature2020({ key: older, date }),
};

const school = { id: did, type: ['Profile'], name: 'The school' };
const contexts = [VC_V2, OB_V3];
/** The badge in the older data model. */
function olderBadge(): Json {
  const { validFrom, validUntil: _, ...rest } = badge({ issuer: school });
  return { ...rest, '@context': [VC_V1, OB_V3, DATA_INTEGRITY_V2, ED25519_2020_V1], issuanceDate: validFrom };
}

for (const [name, suite] of Object.entries(suites))
  void t.test(`@digitalbazaar/vc with ${name}`, async (t) => {
    const extra = name === 'Ed25519Signature2020' ? [ED25519_2020_V1] : [];
    const documents: [string, Json, string][] = [
      ['a badge', badge({ '@context': [...contexts, ...extra], issuer: school }), 'valid'],
      ['an older badge', olderBadge(), 'valid_with_warnings schema=warn/model_1_1'],
    ];
    for (const [what, credential, expected] of documents) {
      const signed = (await vc.issue({
        credential: structuredClone(credential),
        suite: suite(),
        documentLoader,
        now,
      })) as Json;
      t.equal(summary(await verify(signed)), expected, what);
      t.match(
        summary(await verify({ ...signed, name: 'Forged' })),
        /signature=fail\/signature_invalid/,
        `${what}, changed`,
      );
    }
  });

void t.test('a presentation of @digitalbazaar/vc, with what its holder says himself', async (t) => {
  const said = {
    '@context': [VC_V2],
    type: ['VerifiableCredential'],
    issuer: did,
    credentialSubject: { id: did, name: 'Ada' },
  };
  const suite = suites['eddsa-rdfc-2022']();
  const signed = await vc.issue({
    credential: badge({ issuer: school }),
    suite: suites['eddsa-rdfc-2022'](),
    documentLoader,
    now,
  });
  const presentation = {
    '@context': [VC_V2],
    type: ['VerifiablePresentation'],
    holder: did,
    verifiableCredential: [signed, said],
  };
  const challenge = 'u7QHKhGZ';
  const proven = (await vc.signPresentation({ presentation, suite, challenge, documentLoader })) as Json;
  const report = await verifyPresentation(proven, { resolve: serve({}), now, challenge });
  t.ok(isProven(report));
  t.match(report, { faults: [], credentials: [{ outcome: 'valid' }, { outcome: 'valid' }] });
  t.notOk(isProven(await verifyPresentation(proven, { resolve: serve({}), now, challenge: 'another' })));
});

void t.test('jose, with each algorithm, for the older data model too', async (t) => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const didJwk = async (publicKey: object): Promise<string> =>
    `did:jwk:${Buffer.from(JSON.stringify(await exportJWK(publicKey as never))).toString('base64url')}`;
  const signers = [
    { alg: 'RS256', privateKey: rsa.privateKey, issuer: await didJwk(rsa.publicKey), fragment: '0' },
    { alg: 'ES256', privateKey: p256.privateKey, issuer: `did:key:${encodeMultikey(p256.publicKey)}` },
    { alg: 'EdDSA', privateKey: key.privateKey, issuer: did },
  ];
  for (const { alg, privateKey, issuer, fragment = issuer.slice('did:key:'.length) } of signers)
    for (const [version, make] of Object.entries({ '2.0': badge, '1.1': olderBadge })) {
      const credential = { ...(make as () => Json)(), issuer: { ...school, id: issuer } } as Json;
      const { id: sub } = credential.credentialSubject as { id: string };
      const nbf = Date.parse(String(credential.validFrom ?? credential.issuanceDate)) / 1000;
      const exp = credential.validUntil === undefined ? {} : { exp: Date.parse(String(credential.validUntil)) / 1000 };
      const claims = { iss: issuer, sub, jti: credential.id, nbf, ...exp };
      const payload = version === '2.0' ? { ...credential, ...claims } : { vc: credential, ...claims };
      const signer = new CompactSign(Buffer.from(JSON.stringify(payload)));
      const jwt = await signer.setProtectedHeader({ alg, kid: `${issuer}#${fragment}`, typ: 'JWT' }).sign(privateKey);
      t.match(summary(await verify(jwt)), /^valid/, `${alg} ${version}`);
      t.match(
        summary(await verify(`${jwt.slice(0, -8)}AAAAAAAA`)),
        /^invalid signature=fail|^invalid schema=.* signature=fail/,
      );
      t.match(
        summary(await verify({ ...credential })),
        /^invalid.* signature=fail/,
        'and without the token it is nothing',
      );
    }
});
