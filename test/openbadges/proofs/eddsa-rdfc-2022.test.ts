// The proof Cairn makes: byte for byte as printed by others, accepted by others, and broken by any change.
import t from 'tap';
import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { loadDocument } from '../../../src/openbadges/contexts.ts';
import { encodeMultikey } from '../../../src/openbadges/keys.ts';
import { signEddsaRdfc2022 } from '../../../src/openbadges/proofs/eddsa-rdfc-2022.ts';
import { buildProof, type SigningOptions } from '../../../src/openbadges/proofs/signing.ts';
import { verifyProofs } from '../../../src/openbadges/proofs/proof.ts';
import { hashByFullPath } from '../../../src/openbadges/rdf/canonicalize.ts';
import { badge } from '../generated-badge.ts';
import { alumniSeedHex, alumniUnsigned, signedAlumni } from '../vectors/data-integrity.ts';
import { badgeVector } from '../vectors/open-badges.ts';

type Json = Record<string, unknown>;

function privateKeyOf(seedHex: string) {
  const der = Buffer.from(`302e020100300506032b657004220420${seedHex}`, 'hex');
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const did = `did:key:${encodeMultikey(publicKey)}`;
const verificationMethod = `${did}#${encodeMultikey(publicKey)}`;
const options = { privateKey, verificationMethod, created: new Date('2026-03-04T10:11:12.987Z') };
const check = {
  now: new Date('2026-11-20T00:00:00Z'),
  purpose: 'assertionMethod',
  resolveMethod: async () => ({ controller: did, publicKey }),
};

void t.test('the badge of the implementation guide is signed as the guide prints it', async (t) => {
  const signed = await signEddsaRdfc2022(badgeVector.unsigned, {
    privateKey: privateKeyOf(badgeVector.seedHex),
    verificationMethod: badgeVector.proof.verificationMethod,
    created: new Date(badgeVector.proof.created),
  });
  t.strictSame((signed as unknown as Json).proof, [badgeVector.proof]);
});

void t.test("W3C's own credential is signed as W3C prints it", async (t) => {
  const { proof } = signedAlumni['eddsa-rdfc-2022'] as { proof: Json };
  const signed = await signEddsaRdfc2022(alumniUnsigned, {
    privateKey: privateKeyOf(alumniSeedHex),
    verificationMethod: String(proof.verificationMethod),
    created: new Date(String(proof.created)),
  });
  t.strictSame((signed as unknown as Json).proof, [proof]);
});

void t.test('what is signed says what the document said, and nothing of the document is changed', async (t) => {
  const { proof, ...rest } = (await signEddsaRdfc2022(badgeVector.unsigned, options)) as unknown as Json;
  t.strictSame(rest, badgeVector.unsigned);
  t.match(proof, [{ created: '2026-03-04T10:11:12Z', proofPurpose: 'assertionMethod', type: 'DataIntegrityProof' }]);
});

void t.test('a term that would be left unsigned is never signed, nor is anything with another key', async (t) => {
  await t.rejects(signEddsaRdfc2022({ ...badgeVector.unsigned, colour: 'red' }, options), {
    code: 'ERR_OB_JSONLD',
    message: /"colour"/,
  });
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  await t.rejects(signEddsaRdfc2022(badgeVector.unsigned, { ...options, privateKey: other }), {
    code: 'ERR_OB_KEY_UNSUPPORTED',
  });
});

void t.test('a second proof stands beside the first, a third covers both', async (t) => {
  const first = await signEddsaRdfc2022(badgeVector.unsigned, { ...options, id: 'urn:uuid:1' });
  const second = await signEddsaRdfc2022(first, { ...options, id: 'urn:uuid:2' });
  const third = await signEddsaRdfc2022(second, { ...options, previousProof: ['urn:uuid:1', 'urn:uuid:2'] });
  const statuses = async (document: unknown) => (await verifyProofs(document, check)).map(({ status }) => status);
  t.strictSame(await statuses(third), ['good', 'good', 'good']);
  const { proof } = third as unknown as { proof: Json[] };
  t.strictSame(
    await statuses({ ...third, proof: [proof[0], proof[2]] }),
    ['good', 'bad'],
    'a link taken out is missed',
  );
  await t.rejects(signEddsaRdfc2022(first, { ...options, previousProof: 'urn:uuid:9' }), {
    code: 'ERR_OB_PROOF_CHAIN',
  });
});

void t.test('the proof of the badge before serves only those that have the same', async (t) => {
  const others: [string, Partial<SigningOptions>][] = [
    ['the same second', { created: new Date('2026-03-04T10:11:12.001Z') }],
    ['the next second', { created: new Date('2026-03-04T10:11:13Z') }],
    ['another purpose', { proofPurpose: 'authentication' }],
    ['another method', { verificationMethod: `${did}#other` }],
    ['an id', { id: 'urn:uuid:1' }],
    ['an end', { expires: new Date('2030-01-01T00:00:00Z') }],
    ['a challenge', { challenge: 'x' }],
    ['a domain', { domain: ['x.example'] }],
  ];
  const [first] = badgeVector.unsigned['@context'];
  const another = { ...badgeVector.unsigned, '@context': [...badgeVector.unsigned['@context'], first] };
  for (const [what, changed] of others) {
    for (const document of [badgeVector.unsigned, another, badgeVector.unsigned]) {
      const inTurn: SigningOptions[] = [options, { ...options, ...changed }, options];
      for (const given of inTurn) {
        const signed = await signEddsaRdfc2022(document, given);
        const proof = (signed as unknown as { proof: Json[] }).proof[0] ?? {};
        const { proofValue: _, ...rest } = proof;
        t.strictSame(rest, buildProof('eddsa-rdfc-2022', given), what);
        const purpose = given.proofPurpose ?? 'assertionMethod';
        const [result] = await verifyProofs(signed, { ...check, purpose, hashCanonical: hashByFullPath });
        t.equal(result?.status, 'good', `${what}: ${result?.message}`);
        // What somebody does to the proof that he got is nobody else's.
        proof.created = 'long ago';
      }
    }
  }
});

void t.test('a flipped bit anywhere in a signed badge is found', async (t) => {
  const signedText = async (document: object) => JSON.stringify(await signEddsaRdfc2022(document, options));
  await fc.assert(
    fc.asyncProperty(badge, fc.array(fc.nat(), { minLength: 12, maxLength: 12 }), async (document, places) => {
      const bytes = Buffer.from(await signedText(document));
      const original = JSON.parse(bytes.toString()) as Json;
      for (const place of places) {
        const flipped = Buffer.from(bytes);
        const at = place % (bytes.length * 8);
        flipped.writeUInt8(flipped.readUInt8(at >> 3) ^ (1 << (at & 7)), at >> 3);
        let changed: Json;
        try {
          changed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(flipped)) as Json;
        } catch {
          continue; // Found: no longer JSON in UTF-8.
        }
        if (JSON.stringify(changed) === JSON.stringify(original)) continue; // \u00E9 for \u00e9: the same text.
        const results = await verifyProofs(changed, check);
        if (!results.every(({ status }) => status === 'good')) continue;
        // One name of the Open Badges context differs from another by a bit, and this badge says the same under both:
        // a suite that signs the statements cannot tell, which is why the contexts are checked on their own.
        assert.deepEqual({ ...changed, '@context': original['@context'] }, original);
      }
    }),
    { numRuns: 25 },
  );
  t.pass();
});

// Code that is not ours. It has no types, hence the names as plain strings.
const untyped = (name: string): Promise<Record<string, never>> => import(name) as Promise<Record<string, never>>;
const vc = (await untyped('@digitalbazaar/vc')) as unknown as {
  issue(options: object): Promise<Json>;
  verifyCredential(options: object): Promise<{ verified: boolean; error?: unknown }>;
};
const { DataIntegrityProof } = (await untyped('@digitalbazaar/data-integrity')) as unknown as {
  DataIntegrityProof: new (options: object) => object;
};
const { cryptosuite } = (await untyped('@digitalbazaar/eddsa-rdfc-2022-cryptosuite')) as unknown as {
  cryptosuite: object;
};
const multikeys = (await untyped('@digitalbazaar/ed25519-multikey')) as unknown as {
  from(key: object): Promise<{ signer(): object }>;
};

const keyDocument = {
  '@context': 'https://w3id.org/security/multikey/v1',
  id: verificationMethod,
  type: 'Multikey',
  controller: did,
  publicKeyMultibase: encodeMultikey(publicKey),
};

async function documentLoader(url: string) {
  const contexts = ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'];
  const document =
    url === verificationMethod ? keyDocument : { '@context': contexts, id: did, assertionMethod: [keyDocument] };
  return url.startsWith('did:key:') ? { contextUrl: null, documentUrl: url, document } : loadDocument(url);
}

void t.test('@digitalbazaar/vc accepts our badges, and we accept what it signs', async (t) => {
  const seed = createPublicKey(privateKey).export({ format: 'jwk' });
  const secret = Buffer.concat([
    Buffer.from(String(privateKey.export({ format: 'jwk' }).d), 'base64url'),
    Buffer.from(String(seed.x), 'base64url'),
  ]);
  const { encodeBase58btc } = await import('../../../src/openbadges/multibase.ts');
  const secretKeyMultibase = encodeBase58btc(Buffer.concat([Buffer.of(0x80, 0x26), secret]));
  const key = await multikeys.from({ ...keyDocument, secretKeyMultibase });
  const now = new Date('2026-11-20T00:00:00Z');
  // The library orders by UTF-16 unit and escapes less; what we sign for the world stays clear of the difference.
  const plain = badge.map(
    (document) => JSON.parse(JSON.stringify(document).replace(/[\ud800-\udfff\ue000-\uffff]/g, '·')) as typeof document,
  );
  await fc.assert(
    fc.asyncProperty(plain, async (generated) => {
      const document = { ...generated, issuer: { ...generated.issuer, id: did } };
      const ours = await signEddsaRdfc2022(document, options);
      const suite = new DataIntegrityProof({ cryptosuite });
      const answer = await vc.verifyCredential({ credential: ours, suite, documentLoader, now });
      assert.equal(answer.verified, true, JSON.stringify(answer.error));
      const signing = new DataIntegrityProof({ cryptosuite, signer: key.signer(), date: '2026-03-04T10:11:12Z' });
      const theirs = await vc.issue({ credential: structuredClone(document), suite: signing, documentLoader, now });
      const [result] = await verifyProofs(theirs, check);
      assert.equal(result?.status, 'good', result?.message);
    }),
    { numRuns: 15 },
  );
  const issued = { ...badgeVector.unsigned, issuer: did };
  const changed = { ...(await signEddsaRdfc2022(issued, options)), name: 'another' };
  const answer = await vc.verifyCredential({
    credential: changed,
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader,
    now,
  });
  t.equal(answer.verified, false, 'and it can say no');
});
