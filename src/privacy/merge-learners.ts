// Two learners who are one person: everything of the one becomes the other's. Of two live badges of one achievement the
// elder stays and the younger is revoked as a duplicate, since nobody has an achievement twice.
import { awardDue } from '../completions/award-due.ts';
import { moveHistory } from '../completions/privacy-store.ts';
import { replayConflicts } from '../completions/replay-conflicts.ts';
import { lockCredentialsOf, moveCredentials } from '../credentials/privacy-store.ts';
import { revokeLocked } from '../credentials/revoke-credential.ts';
import { lockCredential, readStandings, setLifted } from '../credentials/store.ts';
import { RaceLost } from '../learners/match-learners.ts';
import { deleteLearner, joinLearners } from '../learners/privacy-store.ts';
import { lockLearners, readIdentities } from '../learners/store.ts';
import type { Consents, ConsentState } from '../learners/consents.ts';
import type { Tx } from '../platform/database.ts';
import type { Service } from '../platform/service.ts';
import { CONSENTS, nameShown, reissueBadges } from './change-consents.ts';
import { moveSessions } from './store.ts';

const DUPLICATE = 'Its earner holds an older badge of the same achievement.';

/** Of each consent what was said last; what the earner said in person before what platforms said. */
const rank = (state: ConsentState): string => `${state.by === 'earner' ? 1 : 0} ${state.at}`;

function lastSaid(one: Consents, other: Consents): Consents {
  const said: Consents = {};
  for (const consent of CONSENTS) {
    const states = [one[consent], other[consent]].filter((state) => state !== undefined);
    const last = states.sort((a, b) => rank(a).localeCompare(rank(b))).at(-1);
    if (last) said[consent] = last;
  }
  return said;
}

/** Revokes the younger of two live badges; its revocation forbids nothing, since it was not for want of merit. */
async function revokeDuplicates(tx: Tx, service: Service, learnerIds: string[]): Promise<void> {
  const seen = new Set<string>();
  for (const standing of await readStandings(tx, learnerIds)) {
    if (standing.revokedAt !== null) continue;
    if (seen.has(standing.achievement)) {
      const credential = await lockCredential(tx, standing.id);
      if (!credential) throw new RaceLost('credential taken away meanwhile');
      await revokeLocked(tx, service, credential, 'duplicate', DUPLICATE);
      await setLifted(tx, standing.id, service.now());
    }
    seen.add(standing.achievement);
  }
}

/**
 * Makes one learner of two, inside the transaction of the deed that had both proved. What both together completed is
 * awarded, records that could not be placed between the two are placed, and badges that now say another name, or none,
 * are issued again.
 * @throws RaceLost when one of them was taken away meanwhile: try again.
 */
export async function mergeLearners(tx: Tx, service: Service, from: string, into: string): Promise<void> {
  if ((await lockLearners(tx, [from, into])).length < 2) throw new RaceLost('learner taken away meanwhile');
  const learners = await readIdentities(tx, [from, into]);
  const [gone, stays] = [from, into].map((id) => learners.find((learner) => learner.id === id));
  if (!gone || !stays) throw new RaceLost('learner taken away meanwhile');
  const merged = {
    id: into,
    name: stays.name ?? gone.name,
    consents: lastSaid(stays.consents, gone.consents),
  };
  // What is revoked meanwhile, for a reason that is worse than being there twice, keeps its reason.
  await lockCredentialsOf(tx, [from, into]);
  await revokeDuplicates(tx, service, [from, into]);
  const standings = await readStandings(tx, [from, into]);
  await joinLearners(tx, from, merged);
  await moveHistory(tx, from, into);
  await moveCredentials(tx, from, into);
  await moveSessions(tx, from, into);
  await deleteLearner(tx, from);
  const otherName = [gone, stays].filter((learner) => nameShown(learner) !== nameShown(merged)).map((one) => one.id);
  const changed = standings.filter((standing) => otherName.includes(standing.learnerId)).map((one) => one.id);
  if (changed.length > 0) await reissueBadges(tx, service, into, true, new Set(changed));
  await replayConflicts(tx, service, into);
  await awardDue(tx, service, into);
}
