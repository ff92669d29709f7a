// The end of an import: cancelled by its sender, failed, or done. The rows that still wait go with it, since they are
// personal data and nobody will look at them again; what was recorded stays, as any completion.
import type { Tx } from '../platform/database.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import type { StoredImport } from './import.ts';
import { deleteChunks, lockImport, moveImport, readImport, type Progress } from './store.ts';

/** Ends an import inside a transaction, with what there is to note besides; one that has ended stays as it is. */
export async function endImport(tx: Tx, id: string, to: Progress, now: Date): Promise<void> {
  const found = await lockImport(tx, id);
  if (!found || found.endedAt !== null) return;
  await deleteChunks(tx, id);
  await moveImport(tx, id, { ...to, ended: true }, now);
}

/**
 * Cancels an import; the thousand rows that are being recorded are waited for.
 * @param clientId whose it must be, or null.
 * @throws Problem import_unknown (404), import_ended (409).
 */
export async function settleImport(service: Service, id: string, clientId: string | null): Promise<StoredImport> {
  return service.db.transaction(async (tx) => {
    const found = await lockImport(tx, id);
    if (!found || (clientId !== null && found.clientId !== clientId)) throw unknownImport();
    if (found.endedAt !== null)
      throw new Problem('import_ended', 409, `This import is ${found.state}; there is nothing left to cancel.`);
    await endImport(tx, id, { state: 'cancelled' }, service.now());
    return (await readImport(tx, id)) ?? found;
  });
}

/** The problem of an import that is not there, or is somebody else's. */
export function unknownImport(): Problem {
  return new Problem('import_unknown', 404, 'There is no import with this id.');
}
