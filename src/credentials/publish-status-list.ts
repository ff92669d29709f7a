// Signs a status list anew and puts it where it is served.
// A revocation publishes in its own transaction, so that the next list served has the bit; a daily job signs lists
// again long before they expire, and a list that is asked for before its first publication is published then.
// Bitstring Status List 1.0, W3C Recommendation 15 May 2025.
import { buildStatusListCredential } from '../openbadges/status/status-list-credential.ts';
import type { Tx } from '../platform/database.ts';
import { etagOf } from '../platform/entity-tag.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { signDocument } from './sign-document.ts';
import { statusListUrl } from './status-entry.ts';
import { purposeOf, signerOf } from './status-series.ts';
import {
  allLists,
  countersTaken,
  listsSignedBefore,
  lockList,
  readBits,
  readBitsAt,
  readList,
  readSignedBits,
  writeList,
  type ServedList,
} from './status-store.ts';
import { LIST_LENGTH_BITS } from './take-status-indexes.ts';

const DAY_MS = 86_400_000;
/** How long a list may be relied on; it is signed again each day, so that a week of failures is survived. */
export const LIST_VALID_MS = 7 * DAY_MS;
/** How long a verifier may keep its copy, and the `max-age` it is served with. */
export const LIST_TTL_MS = 300_000;

/** The lists of a series cannot be signed here. Its issuer may be one that another replica made a moment ago. */
export class SignerUnknown extends Problem {
  constructor(series: string) {
    const sentence = `The key that signs the lists of ${series} is gone, or was compromised: they stay as they are.`;
    super('issuer_lost', 409, sentence);
  }
}

type Signing = Pick<Service, 'keys' | 'config' | 'now'>;

async function signList(
  service: Signing,
  series: string,
  n: number,
  { indexes, validFrom, validMs }: { indexes: number[] | { bytes: Buffer }; validFrom: Date; validMs: number },
): Promise<{ json: string; etag: string; signedAt: Date; validUntil: Date }> {
  const signer = signerOf(service, series);
  if (!signer) throw new SignerUnknown(series);
  const validUntil = new Date(validFrom.getTime() + validMs);
  const unsigned = buildStatusListCredential({
    id: statusListUrl(service.config.publicUrl, series, n),
    issuer: signer.id,
    statusPurpose: purposeOf(series),
    indexes,
    validFrom,
    validUntil,
    ttlMs: LIST_TTL_MS,
    lengthBits: LIST_LENGTH_BITS,
  });
  const { json } = await signDocument(service, unsigned, signer);
  return { json, etag: etagOf(json), signedAt: service.now(), validUntil };
}

/** What a transaction changed in a list. */
export interface ListChange {
  set?: number[];
  cleared?: number[];
}

function applyChange(bits: Buffer, { set = [], cleared = [] }: ListChange): Buffer {
  for (const index of set) bits[index >> 3]! |= 0x80 >> (index & 7);
  for (const index of cleared) bits[index >> 3]! &= ~(0x80 >> (index & 7));
  return bits;
}

/**
 * Signs a list with the bits as they stand in this transaction.
 * @param change what this transaction changed: it is put on the bits that were signed last, so that a list of which a
 *   hundred thousand are set costs as much as one of which none is (147 ms otherwise, on two cores, and 2 so). Without it
 *   the bits are read from their rows, as is done each day.
 */
export async function publishStatusList(
  tx: Tx,
  service: Signing,
  series: string,
  n: number,
  change?: ListChange,
): Promise<void> {
  await lockList(tx, series, n);
  const signedLast = change && (await readSignedBits(tx, series, n));
  const bits = signedLast
    ? applyChange(signedLast, change)
    : applyChange(Buffer.alloc(LIST_LENGTH_BITS / 8), { set: await readBits(tx, series, n) });
  const validity = { validFrom: service.now(), validMs: LIST_VALID_MS };
  const signed = await signList(service, series, n, { indexes: { bytes: bits }, ...validity });
  await writeList(tx, series, n, { ...signed, bits });
}

/** Whether a list may be served as it is: it lasts, and was not signed before the service got another PUBLIC_URL. */
function mayBeServed({ json, validUntil }: ServedList, url: string, now: Date): boolean {
  return new Date(validUntil).getTime() - now.getTime() > DAY_MS && json.includes(`"id":"${url}"`);
}

async function hasBegun(service: Service, series: string, n: number): Promise<boolean> {
  return (await countersTaken(service.db.read, series)) > n * LIST_LENGTH_BITS;
}

/**
 * A list as it is to be served: published first when it never was, when nobody signed it again in time, or when it
 * bears another address than it has now.
 * @returns undefined for a list of which no place was ever given out.
 */
export async function currentStatusList(service: Service, series: string, n: number): Promise<ServedList | undefined> {
  const url = statusListUrl(service.config.publicUrl, series, n);
  const served = await readList(service.db.read, series, n);
  if (served && mayBeServed(served, url, service.now())) return served;
  if (!served && !(await hasBegun(service, series, n))) return undefined;
  // What a compromised did:key signed stays as it is until it expires.
  if (!signerOf(service, series)) await service.keys.refresh();
  if (!signerOf(service, series)) return served;
  return service.db.transaction(async (tx) => {
    await lockList(tx, series, n);
    // Of all who ask at once, on whichever replica, one publishes and the others get what it published.
    const published = await readList(tx, series, n);
    if (published && mayBeServed(published, url, service.now())) return published;
    await publishStatusList(tx, service, series, n);
    return readList(tx, series, n);
  });
}

/**
 * A list as it stood at a past instant, signed now (§3.2: `timestamp`). It may be relied on for that instant alone, so
 * its validity ends soon after.
 * @returns undefined for a list of which no place was ever given out, or that nobody may sign any more.
 */
export async function pastStatusList(
  service: Service,
  series: string,
  n: number,
  at: Date,
): Promise<Pick<ServedList, 'json' | 'etag'> | undefined> {
  if (!(await hasBegun(service, series, n))) return undefined;
  if (!signerOf(service, series)) await service.keys.refresh();
  if (!signerOf(service, series)) return undefined;
  const indexes = await readBitsAt(service.db.read, series, n, at);
  return signList(service, series, n, { indexes, validFrom: at, validMs: LIST_TTL_MS });
}

/**
 * Signs again every list that was signed more than a day ago, each in a transaction of its own.
 * @param all signs every list, whatever its age: after a key was compromised.
 * @returns how many were signed.
 */
export async function renewStatusLists(service: Service, all = false): Promise<number> {
  const before = new Date(service.now().getTime() - DAY_MS);
  const due = all ? await allLists(service.db.read) : await listsSignedBefore(service.db.read, before);
  let signed = 0;
  for (const { purpose, n } of due) {
    if (!signerOf(service, purpose)) continue;
    try {
      await service.db.transaction((tx) => publishStatusList(tx, service, purpose, n));
      signed += 1;
    } catch (error) {
      // Its issuer was lost at this moment; the lists behind it are not.
      if (!(error instanceof SignerUnknown)) throw error;
    }
  }
  return signed;
}
