// Corrects what a badge says under the same id, for instance a name that was misspelt.
import { renameLearner } from '../learners/store.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { reissueCredential } from './reissue-credentials.ts';
import { lockCredential, readCredential, type StoredCredential } from './store.ts';

export interface Correction {
  /** The earner's name as it should have been; it stands in the badge only by the earner's consent. */
  name?: string;
}

/**
 * Issues a newer copy of a credential under its id.
 * @throws Problem credential_unknown (404), credential_revoked (409), credential_erased (410).
 */
export async function correctCredential(
  service: Service,
  id: string,
  correction: Correction,
): Promise<StoredCredential> {
  return service.db.transaction(async (tx) => {
    const credential = await lockCredential(tx, id);
    if (!credential) throw new Problem('credential_unknown', 404, 'There is no credential with this id.');
    if (credential.revokedAt)
      throw new Problem('credential_revoked', 409, 'A revoked credential is not corrected; award it again instead.');
    if (correction.name !== undefined) await renameLearner(tx, credential.learnerId, correction.name);
    await reissueCredential(tx, service, credential);
    return (await readCredential(tx, id)) ?? credential;
  });
}
