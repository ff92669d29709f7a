// After a backup was restored: places that badges of the time since then have are passed over. The database knows nothing
// of those badges, and would give their places to others; revoking one of these would revoke one of those besides.
import type { Service } from '../platform/service.ts';
import { skipPlaces } from './status-store.ts';
import { LIST_LENGTH_BITS } from './take-status-indexes.ts';

/**
 * Leaves the rest of the current list of each series and the whole of the next one unused, so that up to 131,072 badges
 * of each are provided for. The lists that are passed over are served, with the bits that are known.
 *
 * @returns the list from which places are given now, of the badges' own series.
 */
export async function skipStatusPlaces({ db }: Pick<Service, 'db'>): Promise<number> {
  const next = await db.transaction((tx) => skipPlaces(tx, LIST_LENGTH_BITS));
  return next / LIST_LENGTH_BITS;
}
