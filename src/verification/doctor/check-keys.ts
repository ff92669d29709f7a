// Can strangers find the keys, and are they the issuer's? The DID document, the key set, each key at its own address and
// the signed history of them all (Open Badges 3.0, 1EdTech, April 2025, §8.2.2; did:web, W3C CCG, 2024).
import { issuerDid } from '../../issuer/profile.ts';
import { findMethod } from '../../openbadges/controllers/verification-method.ts';
import { keyOfMethod } from '../../openbadges/controllers/method-key.ts';
import { jwkThumbprint, publicJwk, publicKeyFromJwk } from '../../openbadges/keys.ts';
import { asArray, isObject } from '../../openbadges/parse-json.ts';
import { verifyProofs, type ResolveMethod } from '../../openbadges/proofs/proof.ts';
import { getPublic, type Visit } from './visit.ts';

type Json = Record<string, unknown>;

/** What the documents of the deployment say; for whoever looks further. */
export interface PublishedKeys {
  did: Json;
  jwks: { keys: Json[] };
  resolveMethod: ResolveMethod;
}

function checkDid(visit: Visit, did: Json): void {
  const expected = issuerDid(visit.url);
  if (did.id === expected) visit.good('public_url', `The issuer is ${expected}, as the address says.`);
  else
    visit.bad(
      'public_url',
      `The issuer is ${String(did.id)}, and at this address it ought to be ${expected}.`,
      'PUBLIC_URL must be the address at which strangers reach the service; it stands in every badge.',
    );
  const listed = asArray(did.assertionMethod);
  const unusable = listed.filter((id) => {
    const found = typeof id === 'string' ? findMethod(did, String(did.id), id, 'assertionMethod') : undefined;
    return !found || !keyOfMethod(found.method).ok;
  });
  if (listed.length === 0 || unusable.length > 0)
    visit.bad(
      'did_keys',
      'The DID document lists no keys, or keys that cannot be read.',
      'Look at the log of the service.',
    );
  else visit.good('did_keys', `The DID document lists ${listed.length} keys, and all can be read.`);
}

function thumbprint(jwk: unknown): string | undefined {
  try {
    return jwkThumbprint(publicJwk(publicKeyFromJwk(jwk)));
  } catch {
    return undefined;
  }
}

async function checkJwks(visit: Visit, jwks: Json): Promise<void> {
  const keys = asArray(jwks.keys).filter(isObject);
  if (keys.length === 0 || keys.some((key) => thumbprint(key) === undefined))
    return visit.bad(
      'jwks_keys',
      'The key set is empty, or holds keys that cannot be used.',
      'Look at the log of the service.',
    );
  for (const key of keys) {
    const kid = String(key.kid);
    const path = kid.startsWith(`${visit.url}/`) ? kid.slice(visit.url.length) : undefined;
    if (path === undefined) {
      visit.bad('key_url', `The key ${kid} is not at this address.`, 'Set PUBLIC_URL to the address strangers use.');
      continue;
    }
    const alone = await getPublic(visit, 'key_url', path, ['application/jwk+json']);
    if (alone && (thumbprint(alone) !== thumbprint(key) || alone.kid !== kid))
      visit.bad('key_url', `${kid} gives another key than the key set.`, 'Purge the cache of the proxy or CDN.');
  }
}

async function checkHistory(visit: Visit, history: Json, resolveMethod: ResolveMethod): Promise<void> {
  const results = await verifyProofs(history, { now: visit.now(), purpose: 'assertionMethod', resolveMethod });
  const wrong = results.find((one) => one.status !== 'good');
  if (wrong)
    visit.bad(
      'key_history_proof',
      `The key history does not verify: ${wrong.message}`,
      'Purge caches; then look at the log.',
    );
  else visit.good('key_history_proof', 'The key history verifies.');
}

/** Looks at everything that publishes keys. */
export async function checkKeys(visit: Visit): Promise<PublishedKeys | undefined> {
  const did = await getPublic(visit, 'did', '/.well-known/did.json', [
    'application/did+json',
    'application/did+ld+json',
  ]);
  const jwks = await getPublic(visit, 'jwks', '/.well-known/jwks.json', ['application/jwk-set+json']);
  if (did) checkDid(visit, did);
  if (jwks) await checkJwks(visit, jwks);
  const history = await getPublic(visit, 'key_history', '/.well-known/key-history.json', ['application/json']);
  if (!did) return undefined;
  const resolveMethod: ResolveMethod = async (url) => {
    const found = findMethod(did, String(did.id), url, 'assertionMethod');
    const material = found?.listed ? keyOfMethod(found.method) : undefined;
    if (!material?.ok) throw new Error(`the DID document does not list ${url}`);
    return { controller: String(found?.method.controller), publicKey: material.key };
  };
  if (history) await checkHistory(visit, history, resolveMethod);
  return { did, jwks: { keys: asArray(jwks?.keys).filter(isObject) }, resolveMethod };
}
