// Another address of a learner, proved by its own link. Where somebody is known by it already, that is the same person
// twice, for both were proved: the two become one.
import { RaceLost } from '../learners/match-learners.ts';
import { findHolders, insertIdentifiers, lockLearners } from '../learners/store.ts';
import { deleteTombstones } from '../learners/tombstones.ts';
import type { Tx } from '../platform/database.ts';
import type { Service } from '../platform/service.ts';
import { mergeLearners } from './merge-learners.ts';

/**
 * Gives a proved address to a learner. An address that was once erased is one of the living again.
 * @throws RaceLost when the learner, or the address, was taken meanwhile: try again.
 */
export async function addEmail(tx: Tx, service: Service, learnerId: string, email: string): Promise<void> {
  const key = { kind: 'email' as const, authority: '', value: email };
  const [holder] = await findHolders(tx, [key]);
  if (holder?.learnerId === learnerId) return;
  if (holder) return mergeLearners(tx, service, holder.learnerId, learnerId);
  if ((await lockLearners(tx, [learnerId])).length === 0) throw new RaceLost('learner taken away meanwhile');
  await deleteTombstones(tx, service.keyedHash, [key]);
  // The earner is the source: no platform reads what no platform brought.
  const given = [{ ...key, learnerId, source: service.config.publicUrl }];
  if ((await insertIdentifiers(tx, given, service.now())) === 0) throw new RaceLost('address taken meanwhile');
}
