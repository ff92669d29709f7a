// Corrects what a badge says under the same id, for instance a name that was misspelt.
import { setTimeout } from 'node:timers/promises';
import { renameLearner } from '../learners/store.ts';
import { tryAgain } from '../learners/try-again.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { lockEarnerOf } from './privacy-store.ts';
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
  await nextSecond(service, id);
  return tryAgain(() =>
    service.db.transaction(async (tx) => {
      await lockEarnerOf(tx, id);
      const credential = await lockCredential(tx, id);
      if (!credential) throw new Problem('credential_unknown', 404, 'There is no credential with this id.');
      if (credential.revokedAt)
        throw new Problem('credential_revoked', 409, 'A revoked credential is not corrected; award it again instead.');
      if (correction.name !== undefined) await renameLearner(tx, credential.learnerId, correction.name);
      await reissueCredential(tx, service, credential);
      return (await readCredential(tx, id)) ?? credential;
    }),
  );
}

/**
 * Waits, a second at most, until `validFrom` can be newer than the last in whole seconds and yet not in the future:
 * a badge corrected in the second of its award would else be "not yet valid".
 */
export async function nextSecond(service: Service, id: string): Promise<void> {
  const credential = await readCredential(service.db.read, id);
  if (!credential) return;
  const waitMs = new Date(credential.validFrom).getTime() + 1000 - service.now().getTime();
  if (waitMs > 0) await setTimeout(Math.min(waitMs, 1000));
}
