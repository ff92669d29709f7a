// Who is signed in, by the secret in their cookie. A session ends after two hours without use, and after a day whatever
// happens: badges are claimed on the machines of schools and libraries, too.
import type { Tx } from '../platform/database.ts';
import type { Service } from '../platform/service.ts';
import { deleteSession, insertSession, prolongSession, readSession } from './store.ts';
import { hashToken, makeToken } from './token.ts';

const IDLE_MS = 2 * 3_600_000;
const LONGEST_MS = 24 * 3_600_000;
/** Its end is moved on when it moves by this much: a visit does not cost a write for each page. */
const STEP_MS = 5 * 60_000;

/**
 * Begins a session.
 * @returns the secret for the cookie.
 */
export async function startSession(tx: Tx, service: Service, learnerId: string): Promise<string> {
  const token = makeToken(service);
  const startedAt = service.now();
  const expiresAt = new Date(startedAt.getTime() + IDLE_MS);
  await insertSession(tx, { tokenHash: hashToken(token), learnerId, startedAt, expiresAt });
  return token;
}

/** The learner whose session this secret opens, if it has not ended; using it keeps it. */
export async function resumeSession(service: Service, token: string): Promise<string | undefined> {
  const now = service.now();
  const tokenHash = hashToken(token);
  const session = await readSession(service.db.read, tokenHash, now);
  if (!session) return undefined;
  const end = Math.min(now.getTime() + IDLE_MS, session.startedAt.getTime() + LONGEST_MS);
  if (end - session.expiresAt.getTime() >= STEP_MS) await prolongSession(service.db.read, tokenHash, new Date(end));
  return session.learnerId;
}

/** Signs out. */
export async function endSession(service: Service, token: string): Promise<void> {
  await deleteSession(service.db.read, hashToken(token));
}
