// Takes a badge back for ever, with a reason for machines and a sentence for people.
// The bit is set and the list signed again in the same transaction: the next list served has it.
import { tryAgain } from '../learners/try-again.ts';
import type { Tx } from '../platform/database.ts';
import type { Service } from '../platform/service.ts';
import { Problem } from '../platform/problem.ts';
import { publishStatusList } from './publish-status-list.ts';
import { setBits } from './status-store.ts';
import { lockCredential, readCredential, setRevoked, type StoredCredential } from './store.ts';

/** Why a badge is taken back. */
export const REVOCATION_REASONS = [
  'issued_in_error',
  'requirements_not_met',
  'evidence_misconduct',
  'superseded',
  'key_compromise',
  'holder_request',
  'duplicate',
] as const;
export type RevocationReason = (typeof REVOCATION_REASONS)[number];

/**
 * Revokes a credential. Saying the same again changes nothing and gives the same answer.
 * @param sentence what the public page says; no personal data belongs in it.
 * @throws Problem credential_unknown (404), already_revoked (409) when another reason or sentence stands.
 */
export async function revokeCredential(
  service: Service,
  id: string,
  reason: RevocationReason,
  sentence: string,
): Promise<StoredCredential> {
  return tryAgain(() =>
    service.db.transaction(async (tx) => {
      const credential = await lockCredential(tx, id);
      if (!credential) throw new Problem('credential_unknown', 404, 'There is no credential with this id.');
      if (credential.revokedAt) {
        if (credential.revocationReason === reason && credential.revocationSentence === sentence) return credential;
        throw new Problem(
          'already_revoked',
          409,
          `This credential was revoked on ${credential.revokedAt} (${credential.revocationReason}); a revocation is final.`,
        );
      }
      await revokeLocked(tx, service, credential, reason, sentence);
      return (await readCredential(tx, id)) ?? credential;
    }),
  );
}

/** Revokes a credential that its caller has locked and that is not revoked yet. */
export async function revokeLocked(
  tx: Tx,
  service: Service,
  credential: Pick<StoredCredential, 'id' | 'statusList' | 'statusIndex'>,
  reason: RevocationReason,
  sentence: string,
): Promise<void> {
  const { id, statusList: n, statusIndex: index } = credential;
  await setRevoked(tx, id, reason, sentence, service.now());
  await setBits(tx, [{ purpose: 'revocation', n, index }], service.now());
  await publishStatusList(tx, service, 'revocation', n, { set: [index] });
}
