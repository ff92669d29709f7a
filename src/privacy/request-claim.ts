// Somebody types an address to be let in. Whatever the address, the same is written and the same is answered: whether
// anybody is known by it is looked up by the job that sends the mail, so that neither the answer nor its time tells.
import { randomUUID } from 'node:crypto';
import { normalEmail } from '../learners/identifier.ts';
import type { Service } from '../platform/service.ts';
import { insertClaim } from './store.ts';

/** The queue of mails with a link: `{claim}`, a reference and nothing secret. */
export const CLAIM_QUEUE = 'claim-mail';

/** How long a mail server may be away before a mail is not sent any more. */
const WAITING_MS = 3_600_000;

/**
 * Asks for a link by mail.
 * @param email a well-formed address, in any case.
 * @param language of the mail.
 * @param learnerId the signed-in learner who adds this address as another of theirs.
 */
export async function requestClaim(
  service: Service,
  { email, language, learnerId = null }: { email: string; language: string; learnerId?: string | null },
): Promise<void> {
  const now = service.now();
  const id = randomUUID();
  await service.db.transaction(async (tx) => {
    await insertClaim(tx, {
      id,
      kind: learnerId === null ? 'mail' : 'add-email',
      learnerId,
      email: normalEmail(email),
      language,
      tokenHash: null,
      askedAt: now,
      expiresAt: new Date(now.getTime() + WAITING_MS),
    });
    await service.jobs.send(tx, CLAIM_QUEUE, { claim: id });
  });
}
