// Who are they? Finds or makes the learner of each record of a gathering.
// By exact account, then by verified e-mail, then by a proved DID; never by name. Two candidates are nobody's to choose
// between: the record is parked. Whoever was matched stays locked until the transaction ends, so that histories read
// afterwards stay true. Whoever was erased on their own wish is not made again. Runs inside the transaction of the deed
// that calls it.
import type { Tx } from '../platform/database.ts';
import { oneTrip } from '../platform/send-ahead.ts';
import type { KeyedHash } from '../platform/open-keyed-hash.ts';
import { timeOrderedUuid } from '../platform/uuid.ts';
import type { IdentifierKey, Name } from './identifier.ts';
import {
  findHolderIds,
  insertIdentifiers,
  insertLearners,
  insertSources,
  lockLearners,
  updateLearners,
  type LearnerNews,
  type NewLearner,
  type Spoken,
} from './store.ts';
import type { Consents } from './consents.ts';
import { findErased } from './tombstones.ts';

/** What one record says of its learner, with what its client may say. */
export interface Claim {
  /** As `namesOf` gives them. */
  names: Name[];
  name?: string;
  consents?: Consents;
  source: string;
  /** Set by whoever resolved a parked record: this learner and no other. */
  learnerId?: string;
}

export type Match =
  | { learnerId: string }
  | { parked: 'identity_conflict'; candidates: string[] }
  | { parked: 'unverified_email' }
  | { erased: true };

/** Somebody else made the same learner in the same instant: the whole deed has to be tried again. */
export class RaceLost extends Error {}

/** The ids of learners by what they hold, in the form of `keyText`. */
export type Holders = ReadonlyMap<string, string>;

export interface Matched {
  /** One for each claim. */
  matches: Match[];
  /**
   * Fulfilled when the learners are locked and what is new of them is stored; statements that are sent meanwhile find them
   * locked. Rejected with RaceLost when another transaction gave one of these identifiers to somebody, or took somebody
   * away, meanwhile.
   */
  stored: Promise<void>;
}

/** Reads who holds the identifiers by which these claims may be matched. */
export async function readHolders(tx: Tx, claims: Pick<Claim, 'names'>[]): Promise<Holders> {
  const keys = new Map<string, IdentifierKey>();
  for (const { names } of claims) for (const { believed, text, key } of names) if (believed) keys.set(text, key);
  const ids = await findHolderIds(tx, [...keys.values()]);
  const holders = new Map<string, string>();
  [...keys.keys()].forEach((text, n) => {
    const id = ids[n];
    if (id !== undefined) holders.set(text, id);
  });
  return holders;
}

/**
 * Matches claims to learners, in their order, making those who are new.
 * @param known who held their identifiers, by `readHolders`: it may have been asked before this transaction began. Whoever
 *   is matched by it is locked, which fails where they were merged or erased since; what was free then and is taken now is
 *   met when it is given (both: RaceLost); and tombstones are looked at now.
 */
export async function matchLearners(
  tx: Tx,
  claims: Claim[],
  known: Holders,
  now: Date,
  keyedHash: KeyedHash,
): Promise<Matched> {
  const holders = new Map(known);
  // After the holders: an erasure that took one away has left its tombstone by then. By what a claim is matched to
  // somebody needs no look, and a keyed hash costs 5 µs: its holder is locked below, and whom a lock finds has no
  // tombstone (an erasure takes holder and name together, and whoever comes back takes the tombstone away). What others
  // in this gathering are matched by says nothing: their holder may never be locked.
  const erased = await findErased(
    tx,
    keyedHash,
    claims.map(({ names, learnerId }) =>
      names
        .filter(({ believed, text }) => !believed || learnerId !== undefined || !holders.has(text))
        .map(({ key }) => key),
    ),
  );

  const born: NewLearner[] = [];
  const given: (IdentifierKey & { learnerId: string; source: string })[] = [];
  const news = new Map<string, LearnerNews>();
  const spoken: Spoken[] = [];

  const matches = claims.map((claim, n): Match => {
    if (erased[n]) return { erased: true };
    const keys = claim.names.filter(({ believed }) => believed);
    const candidates = [...new Set(keys.flatMap(({ text }) => holders.get(text) ?? []))];
    if (claim.learnerId === undefined && candidates.length > 1) return { parked: 'identity_conflict', candidates };
    if (claim.learnerId === undefined && keys.length === 0) return { parked: 'unverified_email' };
    let learnerId = claim.learnerId ?? candidates[0];
    if (learnerId === undefined) {
      learnerId = timeOrderedUuid(now);
      born.push({ id: learnerId, name: claim.name ?? null, consents: claim.consents ?? {} });
    } else if (claim.name !== undefined || claim.consents !== undefined) {
      const told = news.get(learnerId);
      news.set(learnerId, {
        id: learnerId,
        name: told?.name ?? claim.name ?? null,
        consents: { ...told?.consents, ...claim.consents },
      });
    }
    for (const { key, text } of keys) {
      if (holders.has(text)) continue;
      holders.set(text, learnerId);
      given.push({ ...key, learnerId, source: claim.source });
    }
    const emails = keys.filter(({ key }) => key.kind === 'email').map(({ key }) => key.value);
    spoken.push({ learnerId, source: claim.source, emails });
    return { learnerId };
  });

  const made = new Set(born.map((learner) => learner.id));
  const named = matches.flatMap((match) =>
    'learnerId' in match
      ? made.has(match.learnerId)
        ? []
        : [match.learnerId]
      : 'candidates' in match
        ? match.candidates
        : [],
  );
  const toLock = [...new Set(named)].filter((id) => !made.has(id));
  const lockAll = async (): Promise<void> => {
    const locked = new Map((await lockLearners(tx, toLock)).map((learner) => [learner.id, learner]));
    if (locked.size < toLock.length) throw new RaceLost('learner merged or erased meanwhile');
    // Nearly every record says a name, a source and an e-mail that are known.
    await oneTrip([
      insertSources(
        tx,
        spoken.filter(({ learnerId, source, emails }) => {
          const known = locked.get(learnerId)?.sources[source];
          return known === undefined || emails.some((email) => !known.includes(email));
        }),
      ),
      updateLearners(
        tx,
        [...news.values()].filter(({ id, consents }) => !locked.get(id)?.named || Object.keys(consents).length > 0),
      ),
    ]);
  };
  const giveAll = async (): Promise<void> => {
    if ((await insertIdentifiers(tx, given, now)) < given.length) throw new RaceLost('identifier taken meanwhile');
  };
  const stored = oneTrip([lockAll(), insertLearners(tx, born, now), giveAll()]).then(() => {});
  return { matches, stored };
}
