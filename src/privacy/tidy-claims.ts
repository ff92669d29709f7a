// Links and sessions that have run out are swept up: an address that was typed in vain is not kept.
import type { Service } from '../platform/service.ts';
import { deleteExpired } from './store.ts';

/** The queue of the sweeping. */
export const TIDY_QUEUE = 'privacy-tidy';

/** Takes away every claim and session that has run out. */
export async function tidyClaims(service: Pick<Service, 'db' | 'now'>): Promise<void> {
  await service.db.transaction((tx) => deleteExpired(tx, service.now()));
}
