// Signs badges anew under the same id: after a correction, a change of consent, or the loss of a key.
// Same `id`, newer `validFrom`, `awardedDate` kept, same status entry (Open Badges 3.0 §7.3 "Equality and comparison";
// ob3 R8.03): whoever holds an older copy learns from ours that a newer one exists.
import { readIdentities } from '../learners/store.ts';
import type { Tx } from '../platform/database.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { buildResults } from '../tracks/achievement.ts';
import { awardablesOf } from '../tracks/catalogue.ts';
import type { Verdict } from '../tracks/evaluate.ts';
import { digestMultibase } from './award-record.ts';
import { buildCredential, drawSalts, searchName, showLearner, wholeSecond } from './badge-content.ts';
import { signDocument } from './sign-document.ts';
import { listSignedBy, lockCredential, readAward, replaceSigned, type StoredCredential } from './store.ts';

/** Before every id; and how many are listed at once, since a key may have signed millions. */
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const SIGNED_AGAIN = 500;

/** Builds and signs a locked credential anew from what is known now. */
export async function reissueCredential(tx: Tx, service: Service, credential: StoredCredential): Promise<void> {
  const award = await readAward(tx, credential.awardId);
  const [learner] = await readIdentities(tx, [credential.learnerId]);
  if (!award || award.record === null || !learner)
    throw new Problem('credential_erased', 410, 'What this credential said was erased at the wish of its earner.');
  const awardable = awardablesOf(award.trackId, award.trackVersion).find((one) => one.key === credential.achievement);
  if (!awardable)
    throw new Error(`achievement ${credential.achievement} is not in ${award.trackId} ${award.trackVersion}`);
  const previous = new Date(credential.validFrom).getTime();
  const validFrom = new Date(Math.max(wholeSecond(service.now()).getTime(), previous + 1000));
  const { verdict } = JSON.parse(award.record) as { verdict: Verdict };
  const shown = showLearner(learner, drawSalts(1, service.random)[0]!);
  const unsigned = buildCredential(service.config, {
    id: credential.id,
    awardId: credential.awardId,
    recordDigest: digestMultibase(award.record),
    results: buildResults(awardable, verdict, service.config.publicUrl),
    subjectId: credential.subjectId,
    place: { list: credential.statusList, index: credential.statusIndex },
    awardable,
    shown,
    awardedAt: new Date(credential.awardedAt),
    validFrom,
  });
  const { json, kid } = await signDocument(service, unsigned);
  const words = searchName(shown.name);
  await replaceSigned(tx, { id: credential.id, json, kid, validFrom: validFrom.toISOString(), searchName: words });
}

/**
 * Signs anew every credential that a key signed, one transaction each, so that a crash in the middle loses nothing and
 * a second run goes on where the first stopped.
 * @returns how many were signed anew.
 */
export async function reissueSignedBy(service: Service, kid: string): Promise<number> {
  let count = 0;
  for (let ids = [FIRST_ID]; ; count += ids.length) {
    ids = await listSignedBy(service.db.read, kid, ids.at(-1)!, SIGNED_AGAIN);
    for (const id of ids) {
      await service.db.transaction(async (tx) => {
        const credential = await lockCredential(tx, id);
        if (credential?.json) await reissueCredential(tx, service, credential);
      });
    }
    if (ids.length < SIGNED_AGAIN) return count + ids.length;
  }
}
