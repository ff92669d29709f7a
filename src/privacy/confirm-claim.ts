// A link is followed and confirmed: by POST, since the scanners of mail servers follow every link by GET. It is taken away
// as it is used; of two who confirm in one instant the second waits for its lock and finds nothing.
import type { Tx } from '../platform/database.ts';
import type { Service } from '../platform/service.ts';
import { tryAgain } from '../learners/try-again.ts';
import { lockLearners } from '../learners/store.ts';
import { addEmail } from './add-email.ts';
import { startSession } from './resume-session.ts';
import { deleteClaim, lockClaimOf, readClaimKind, type ClaimKind } from './store.ts';
import { hashToken } from './token.ts';

/** What became of a confirmation. `elsewhere`: this link belongs to a session that this browser has not. */
export type Confirmation =
  | { outcome: 'signed-in'; learnerId: string; session: string }
  | { outcome: 'added'; learnerId: string }
  | { outcome: 'elsewhere' }
  | { outcome: 'unknown' };

/** What a token is for; looking burns nothing. Undefined when it is used, too old, or none of ours. */
export async function claimKind(service: Service, token: string): Promise<ClaimKind | undefined> {
  return readClaimKind(service.db.read, hashToken(token), service.now());
}

/**
 * Confirms a claim.
 * @param signedIn who is signed in here. An address is added only in the browser that asked for it: otherwise a stranger
 *   could type somebody's address and have them hand their badges over by a click.
 */
export async function confirmClaim(service: Service, token: string, signedIn?: string): Promise<Confirmation> {
  return tryAgain(() => service.db.transaction((tx) => confirm(tx, service, token, signedIn)));
}

async function confirm(tx: Tx, service: Service, token: string, signedIn: string | undefined): Promise<Confirmation> {
  const claim = await lockClaimOf(tx, hashToken(token), service.now());
  if (!claim || claim.learnerId === null) return { outcome: 'unknown' };
  const { learnerId } = claim;
  if (claim.kind === 'add-email' && signedIn !== learnerId) return { outcome: 'elsewhere' };
  await deleteClaim(tx, claim.id);
  if (claim.kind !== 'add-email') {
    // Nobody is let in as somebody who is being erased, or becomes one with another, at this moment.
    if ((await lockLearners(tx, [learnerId])).length === 0) return { outcome: 'unknown' };
    return { outcome: 'signed-in', learnerId, session: await startSession(tx, service, learnerId) };
  }
  if (claim.email === null) return { outcome: 'unknown' };
  await addEmail(tx, service, learnerId, claim.email);
  return { outcome: 'added', learnerId };
}
