// Signs a status list anew and puts it where it is served.
// A revocation publishes in its own transaction, so that the next list served has the bit; a daily job signs lists
// again long before they expire, and a list that is asked for before its first publication is published then.
// Bitstring Status List 1.0, W3C Recommendation 15 May 2025.
import { createHash } from 'node:crypto';
import { buildStatusListCredential } from '../openbadges/status/status-list-credential.ts';
import { issuerDid } from '../issuer/profile.ts';
import type { Tx } from '../platform/database.ts';
import type { Service } from '../platform/service.ts';
import { signDocument } from './sign-document.ts';
import {
  allLists,
  countersTaken,
  listsSignedBefore,
  lockList,
  readBits,
  readList,
  writeList,
  type ServedList,
} from './status-store.ts';
import { LIST_LENGTH_BITS } from './take-status-indexes.ts';

const DAY_MS = 86_400_000;
/** How long a list may be relied on; it is signed again each day, so that a week of failures is survived. */
export const LIST_VALID_MS = 7 * DAY_MS;
/** How long a verifier may keep its copy, and the `max-age` it is served with. */
export const LIST_TTL_MS = 300_000;

/** The URL of a list. */
export function statusListUrl(publicUrl: string, purpose: string, n: number): string {
  return `${publicUrl}/status/${purpose}/${n}`;
}

/** Signs a list with the bits as they stand in this transaction. */
export async function publishStatusList(
  tx: Tx,
  service: Pick<Service, 'keys' | 'config' | 'now'>,
  purpose: string,
  n: number,
): Promise<void> {
  await lockList(tx, purpose, n);
  const signedAt = service.now();
  const validUntil = new Date(signedAt.getTime() + LIST_VALID_MS);
  const unsigned = buildStatusListCredential({
    id: statusListUrl(service.config.publicUrl, purpose, n),
    issuer: issuerDid(service.config.publicUrl),
    statusPurpose: purpose,
    indexes: await readBits(tx, purpose, n),
    validFrom: signedAt,
    validUntil,
    ttlMs: LIST_TTL_MS,
    lengthBits: LIST_LENGTH_BITS,
  });
  const { json } = await signDocument(service, unsigned);
  const etag = `"${createHash('sha256').update(json).digest('base64url').slice(0, 27)}"`;
  await writeList(tx, purpose, n, { json, etag, signedAt, validUntil });
}

/**
 * A list as it is to be served: published first when it never was, or when nobody signed it again in time.
 * @returns undefined for a list of which no place was ever given out.
 */
export async function currentStatusList(service: Service, purpose: string, n: number): Promise<ServedList | undefined> {
  const served = await readList(service.db.read, purpose, n);
  if (served && new Date(served.validUntil).getTime() - service.now().getTime() > DAY_MS) return served;
  const begun =
    served !== undefined || (purpose === 'revocation' && (await countersTaken(service.db.read)) > n * LIST_LENGTH_BITS);
  if (!begun) return undefined;
  return service.db.transaction(async (tx) => {
    await publishStatusList(tx, service, purpose, n);
    return readList(tx, purpose, n);
  });
}

/**
 * Signs again every list that was signed more than a day ago, each in a transaction of its own.
 * @param all signs every list, whatever its age: after a key was compromised.
 * @returns how many were signed.
 */
export async function renewStatusLists(service: Service, all = false): Promise<number> {
  const before = new Date(service.now().getTime() - DAY_MS);
  const due = all ? await allLists(service.db.read) : await listsSignedBefore(service.db.read, before);
  for (const { purpose, n } of due) await service.db.transaction((tx) => publishStatusList(tx, service, purpose, n));
  return due.length;
}
