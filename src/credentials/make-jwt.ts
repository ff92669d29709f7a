// The VC-JWT form of a credential, made when somebody first asks and then kept.
// RS256 is the algorithm that Open Badges 3.0 §8.2 requires of everybody; the payload is the credential without its
// embedded proof.
import { keyUrl } from '../issuer/documents.ts';
import { signVcJwt } from '../openbadges/proofs/vc-jwt.ts';
import type { Service } from '../platform/service.ts';
import { keepJwt, readCredential, type StoredCredential } from './store.ts';

/**
 * The VC-JWT of a stored credential.
 * Of two requests in one instant one JWT is kept and both get it. When the credential is corrected meanwhile, the new
 * content is signed.
 * @returns the compact JWS, or null when the credential was erased meanwhile.
 */
export async function credentialJwt(service: Service, credential: StoredCredential): Promise<string | null> {
  if (credential.jwt) return credential.jwt;
  if (credential.json === null) return null;
  const { proof: _, ...payload } = JSON.parse(credential.json);
  const key = service.keys.active('vc-jwt');
  const jwt = signVcJwt(payload, {
    privateKey: service.keys.privateKey(key.kid),
    alg: key.algorithm === 'ES256' ? 'ES256' : 'RS256',
    kid: keyUrl(service.config.publicUrl, key),
  });
  const kept = await keepJwt(service.db.read, credential.id, credential.json, jwt, key.kid);
  if (kept) return kept;
  const now = await readCredential(service.db.read, credential.id);
  return now ? credentialJwt(service, now) : null;
}
