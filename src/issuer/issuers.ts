// The issuers that this service signs for: the did:web of its public address, and the did:keys that were made for the
// VC API. A did:key is its own document: whoever has the DID has the key, so nothing of it is published here.
// The did:key Method v0.9 (W3C CCG, 2025); Controlled Identifiers 1.0 (W3C Recommendation, 15 May 2025) §2.2.
import type { KeyObject } from 'node:crypto';
import type { RingKey } from '../platform/key-ring.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { verificationMethodId } from './documents.ts';
import { issuerDid } from './profile.ts';

type Keys = Pick<Service, 'keys'>;

export interface OurIssuer {
  /** The DID that stands in `issuer`. */
  id: string;
  method: 'web' | 'key';
  /** The Ed25519 key that signs. */
  key: RingKey;
  /** Its whole URL. */
  verificationMethod: string;
}

/** The did:web of our public address, with the key that signs now. */
export function ownIssuer(service: Keys & Pick<Service, 'config'>): OurIssuer {
  const key = service.keys.active('data-integrity');
  const { publicUrl } = service.config;
  return { id: issuerDid(publicUrl), method: 'web', key, verificationMethod: verificationMethodId(publicUrl, key) };
}

/** The issuer that a did:key is. */
export function didKeyIssuer(key: RingKey): OurIssuer {
  const id = `did:key:${key.kid}`;
  return { id, method: 'key', key, verificationMethod: `${id}#${key.kid}` };
}

/** Every issuer that may sign, our own address first, then the did:keys as they were made. */
export function listIssuers(service: Keys & Pick<Service, 'config'>): OurIssuer[] {
  const keys = service.keys.keys('did-key').filter((key) => key.state === 'active');
  return [ownIssuer(service), ...keys.map(didKeyIssuer)];
}

/**
 * One of our issuers by its DID; a did:key that another process made a moment ago is found too.
 * @returns undefined for what is not ours, or may no longer sign.
 */
export async function findIssuer(service: Keys & Pick<Service, 'config'>, id: string): Promise<OurIssuer | undefined> {
  const find = (): OurIssuer | undefined => listIssuers(service).find((issuer) => issuer.id === id);
  const found = find();
  if (found || !id.startsWith('did:key:z6Mk')) return found;
  await service.keys.refresh();
  return find();
}

/** The private part. @throws {Problem} 503 when another replica has it and this one has not */
export function issuerPrivateKey(service: Keys, issuer: OurIssuer): KeyObject {
  try {
    return service.keys.privateKey(issuer.key.kid);
  } catch (error) {
    throw new Problem('key_not_here', 503, (error as Error).message);
  }
}
