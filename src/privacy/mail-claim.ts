// Sends the link that somebody asked for, if the address is one we know. The token is made now and goes into the mail
// alone: neither the job nor the database ever holds it, and a mail that has to be sent again carries another.
import { findHolders } from '../learners/store.ts';
import type { Tx } from '../platform/database.ts';
import type { Letter } from '../platform/mailer.ts';
import type { Service } from '../platform/service.ts';
import { countMailed, deleteClaim, lockClaim, putToken, type ClaimKind, type FoundClaim } from './store.ts';
import { hashToken, makeToken } from './token.ts';

/** How long a link may be followed. */
export const TOKEN_TTL_MS = 15 * 60_000;

/** How many mails with a good link one address may hold: nobody's mailbox is filled by others. */
const MAILED_MAX = 3;

/** What the mail says; the sentences are the pages'. */
export type WriteClaimMail = (
  kind: ClaimKind,
  language: string,
  link: string,
) => Pick<Letter, 'subject' | 'text' | 'html'>;

/** The page that confirms a claim. */
export function claimUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/claim/${token}`;
}

async function learnerOf(tx: Tx, claim: FoundClaim & { email: string }): Promise<string | null> {
  if (claim.kind === 'add-email') return claim.learnerId;
  const [holder] = await findHolders(tx, [{ kind: 'email', authority: '', value: claim.email }]);
  return holder?.learnerId ?? null;
}

/** Makes the token of a claim, or takes the claim away where nobody is to get one. */
async function readyClaim(
  service: Service,
  id: string,
): Promise<(FoundClaim & { email: string; token: string }) | undefined> {
  return service.db.transaction(async (tx) => {
    const now = service.now();
    const claim = await lockClaim(tx, id, now);
    if (!claim || claim.email === null) return undefined;
    const found = { ...claim, email: claim.email };
    const learnerId = await learnerOf(tx, found);
    if (learnerId === null || (await countMailed(tx, found.email, id, now)) >= MAILED_MAX) {
      await deleteClaim(tx, id);
      return undefined;
    }
    const token = makeToken(service);
    const expiresAt = new Date(now.getTime() + TOKEN_TTL_MS);
    await putToken(tx, id, { learnerId, tokenHash: hashToken(token), expiresAt });
    return { ...found, token };
  });
}

/**
 * Sends the mail of a claim; of a claim that is gone, nothing. Without a mail server the link is printed to the log, in
 * development only: whoever reads it is let in.
 * @throws LetterRefusedError when the mail server does not take it; the job is tried again.
 */
export async function mailClaim(service: Service, id: string, write: WriteClaimMail): Promise<void> {
  const claim = await readyClaim(service, id);
  if (!claim) return;
  const link = claimUrl(service.config.publicUrl, claim.token);
  if (service.mail.configured) {
    const letter = write(claim.kind, claim.language, link);
    await service.mail.send({ to: claim.email, language: claim.language, ...letter });
  } else if (service.config.production) {
    service.log.error('a link to claim badges was asked for and cannot be sent: SMTP_URL is not set');
  } else {
    service.log.warn({ link }, 'SMTP_URL is not set: follow this link in place of the mail');
  }
}
