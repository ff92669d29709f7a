// Takes an endorsement back for ever; the next status list that is served says so.
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import {
  lockEndorsement,
  readEndorsement,
  setEndorsementRevoked,
  type StoredEndorsement,
} from './endorsement-store.ts';
import { publishStatusList } from './publish-status-list.ts';
import { setBits } from './status-store.ts';

/** Saying the same again changes nothing. @throws {Problem} endorsement_unknown (404) */
export async function revokeEndorsement(service: Service, id: string): Promise<StoredEndorsement> {
  return service.db.transaction(async (tx) => {
    const stored = await lockEndorsement(tx, id);
    if (!stored) throw new Problem('endorsement_unknown', 404, 'There is no endorsement with this id.');
    if (stored.revokedAt) return stored;
    const { statusList: n, statusIndex: index } = stored;
    await setEndorsementRevoked(tx, id, service.now());
    await setBits(tx, [{ purpose: 'revocation', n, index }], service.now());
    await publishStatusList(tx, service, 'revocation', n, { set: [index] });
    return (await readEndorsement(tx, id)) ?? stored;
  });
}
