// Verifying the proof of a third party's module badge, of a shape that was seen and of shapes that were not, against
// @digitalbazaar/vc and against Ed25519 alone. No verdict is remembered here: each signature is calculated.
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import * as Ed25519Multikey from '@digitalbazaar/ed25519-multikey';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { loadDocument } from '../src/openbadges/contexts.ts';
import { encodeMultikey } from '../src/openbadges/keys.ts';
import { signEddsaRdfc2022 } from '../src/openbadges/proofs/eddsa-rdfc-2022.ts';
import { digest } from '../src/openbadges/proofs/cryptosuite.ts';
import { addProof, buildProof, signEd25519, type SigningOptions } from '../src/openbadges/proofs/signing.ts';
import { encodeBase58btc } from '../src/openbadges/multibase.ts';
import { canonicalizeDataset } from '../src/openbadges/rdf/canonicalize.ts';
import { verifyProofs } from '../src/openbadges/proofs/proof.ts';
import { moduleBadge } from './fixture.ts';
import { compare, threadMs } from './measure.ts';

const DID = 'did:web:badges.example.org';
const A_ROUND = 300;
/** So that the rounds of all rivals calculate for about as long, as in sign.ts. */
const REPEATED = 4;
const UNSEEN = 400;

/** A badge whose members stand in an order that none had before: a shape of its own, and no larger than the others. */
function unseen(n: number): ReturnType<typeof moduleBadge> {
  const [context, ...members] = Object.entries(moduleBadge(n));
  let state = n;
  for (let last = members.length - 1; last > 0; last -= 1) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    const place = Math.floor(state / 65_536) % (last + 1);
    [members[last], members[place]] = [members[place]!, members[last]!];
  }
  return Object.fromEntries([context!, ...members]) as never;
}

/** Signs by the full path alone, so that the shape stays unseen. */
async function signUnnoticed(document: ReturnType<typeof moduleBadge>, options: SigningOptions): Promise<object> {
  const configuration = buildProof('eddsa-rdfc-2022', options);
  const hashes: Buffer[] = [];
  for (const one of [{ ...configuration, '@context': document['@context'] }, document])
    hashes.push(digest((await canonicalizeDataset(one)).lines.join('')));
  return addProof(document, configuration, encodeBase58btc(signEd25519(Buffer.concat(hashes), options.privateKey)));
}

/** Ratios of verifying. */
export async function measureVerifying(rounds: number): Promise<Record<string, number>> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const multikey = encodeMultikey(publicKey);
  const verificationMethod = `${DID}#${multikey}`;
  const options = { privateKey, verificationMethod, created: new Date('2026-11-20T00:00:00Z') };
  // As they come: texts, parsed for each verification.
  const texts: string[] = [];
  for (let n = 0; n < A_ROUND; n += 1) texts.push(JSON.stringify(await signEddsaRdfc2022(moduleBadge(n), options)));
  let shapes = 0;
  const check = {
    now: new Date('2026-11-21T00:00:00Z'),
    purpose: 'assertionMethod',
    resolveMethod: async () => ({ controller: DID, publicKey }),
  };
  const ours = async (text: string): Promise<void> => {
    const [result] = await verifyProofs(JSON.parse(text), check);
    if (result?.status !== 'good') throw new Error(result?.message);
  };
  const method = {
    '@context': 'https://w3id.org/security/multikey/v1',
    id: verificationMethod,
    type: 'Multikey',
    controller: DID,
    publicKeyMultibase: multikey,
  };
  const didDocument = {
    '@context': 'https://www.w3.org/ns/did/v1',
    id: DID,
    verificationMethod: [method],
    assertionMethod: [verificationMethod],
  };
  const documents: Record<string, object> = { [DID]: didDocument, [verificationMethod]: method };
  const documentLoader = async (url: string) => {
    const document = documents[url];
    return document ? { contextUrl: null, documentUrl: url, document } : loadDocument(url);
  };
  await Ed25519Multikey.from({ ...method });
  const checkStatus = async () => ({ verified: true });
  const bytes = Buffer.alloc(64, 7);
  const signature = sign(null, bytes, privateKey);
  const coldRound = async (): Promise<string[]> => {
    const cold: string[] = [];
    for (let n = 0; n < UNSEEN; n += 1) cold.push(JSON.stringify(await signUnnoticed(unseen((shapes += 1)), options)));
    return cold;
  };
  // Signed beforehand, since signing is how a shape would be seen.
  const cold: string[][] = [];
  for (let round = 0; round <= rounds; round += 1) cold.push(await coldRound());
  const measured = await compare(
    [
      {
        name: 'known shape',
        async round() {
          for (let times = 0; times < REPEATED; times += 1) for (const text of texts) await ours(text);
          return REPEATED * texts.length;
        },
      },
      {
        name: 'unseen shape',
        async round() {
          const round = cold.pop() ?? [];
          for (const text of round) await ours(text);
          return round.length;
        },
      },
      {
        name: '@digitalbazaar/vc',
        async round() {
          for (const text of texts.slice(0, 60)) {
            const credential = JSON.parse(text);
            const suite = new DataIntegrityProof({ cryptosuite });
            const result = await vc.verifyCredential({
              credential,
              suite,
              documentLoader,
              checkStatus,
              now: check.now,
            });
            if (!result.verified) throw result.error;
          }
          return 60;
        },
      },
      {
        name: 'Ed25519',
        async round() {
          for (let n = 0; n < 2000; n += 1) verify(null, bytes, publicKey, signature);
          return 2000;
        },
      },
    ],
    rounds,
    threadMs,
  );
  const [warm, unknown, peer, raw] = measured.map((one) => one.perSecond);
  return {
    'verify-warm/digitalbazaar': warm! / peer!,
    'verify-cold/digitalbazaar': unknown! / peer!,
    'verify-warm/raw-ed25519': warm! / raw!,
  };
}
