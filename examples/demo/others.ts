// The same badges before code that is not ours: Digital Bazaar's verifier for the embedded proof, jose for the JWT.
// They are development dependencies; an installation without them leaves this out and says so.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { importJWK, jwtVerify, type JWK } from 'jose';
import { CONTEXTS } from '../../src/openbadges/contexts.ts';
import type { Credential } from './stranger.ts';

/** What somebody else's code says: whether the proof holds, or why not. */
export interface ForeignVerdict {
  verified: boolean;
  reason?: string;
}

interface Loaded {
  documentUrl: string;
  contextUrl: null;
  document: unknown;
}

interface VerifyResult {
  verified: boolean;
  error?: { message: string; errors?: { message: string }[] };
}

/** Whether @digitalbazaar/vc is installed. */
export async function foreignVerifierInstalled(): Promise<boolean> {
  return (await imported('@digitalbazaar/vc')) !== undefined;
}

/** @digitalbazaar/vc with its eddsa-rdfc-2022 suite on a kept badge, its status read from the kept list. */
export async function verifyWithDigitalBazaar(folder: string): Promise<ForeignVerdict> {
  const vc = await imported('@digitalbazaar/vc');
  const integrity = await imported('@digitalbazaar/data-integrity');
  const suites = await imported('@digitalbazaar/eddsa-rdfc-2022-cryptosuite');
  if (!vc || !integrity || !suites) throw new Error('@digitalbazaar/vc and its suites are not all installed');
  const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const credential = read('badge.json') as Credential;
  const suite = new integrity.DataIntegrityProof({ cryptosuite: suites.cryptosuite });
  const answer = (await vc.verifyCredential({
    credential,
    suite,
    documentLoader: loaderOf(read('did.json') as DidDocument),
    checkStatus: () => ({ verified: !isMarked(credential, read('status-list.json') as StatusList) }),
  })) as VerifyResult;
  const reasons = [answer.error?.message, ...(answer.error?.errors ?? []).map((one) => one.message)];
  return { verified: answer.verified, reason: reasons.filter(Boolean).join('; ') };
}

/** jose on the JWT of a kept badge, with the key that its header points to. */
export async function verifyWithJose(folder: string): Promise<ForeignVerdict> {
  const jwt = readFileSync(join(folder, 'badge.jwt'), 'utf8').trim();
  const jwk = JSON.parse(readFileSync(join(folder, 'key.json'), 'utf8')) as JWK;
  const { payload, protectedHeader } = await jwtVerify(jwt, await importJWK(jwk, jwk.alg ?? 'RS256'));
  const credential = JSON.parse(readFileSync(join(folder, 'badge.json'), 'utf8')) as Credential;
  const faults = [
    payload.iss !== credential.issuer.id && `iss is ${payload.iss}`,
    payload.jti !== credential.id && `jti is ${payload.jti}`,
    payload.sub !== credential.credentialSubject.id && `sub is ${payload.sub}`,
    protectedHeader.kid !== jwk.kid && `kid is ${protectedHeader.kid}`,
  ].filter((fault) => fault !== false);
  return { verified: faults.length === 0, reason: faults.join('; ') };
}

interface DidDocument {
  id: string;
  verificationMethod: { id: string }[];
}

function loaderOf(did: DidDocument): (url: string) => Loaded {
  return (url) => {
    const method = did.verificationMethod.find((one) => one.id === url);
    const document =
      CONTEXTS.get(url) ??
      (url === did.id ? did : undefined) ??
      (method && { '@context': 'https://w3id.org/security/multikey/v1', ...method });
    if (document === undefined) throw new Error(`nothing was kept for ${url}`);
    return { documentUrl: url, contextUrl: null, document };
  };
}

interface StatusList {
  credentialSubject: { encodedList: string };
}

/** Whether the bit of a badge is set: index 0 is the left-most (Bitstring Status List v1.0, 15 May 2025, §3.2). */
function isMarked(credential: Credential, list: StatusList): boolean {
  const bits = gunzipSync(Buffer.from(list.credentialSubject.encodedList.slice(1), 'base64url'));
  const index = Number(credential.credentialStatus.statusListIndex);
  return ((bits[Math.floor(index / 8)] ?? 0) & (0x80 >> (index % 8))) !== 0;
}

// The packages bring no types: what they export is taken as constructors and functions.
type Exports = Record<string, unknown> & {
  verifyCredential(options: object): Promise<unknown>;
  DataIntegrityProof: new (options: object) => unknown;
};

async function imported(name: string): Promise<Exports | undefined> {
  try {
    return (await import(name)) as Exports;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}
