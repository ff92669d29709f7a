// Revokes, suspends and reinstates what the VC API issued. The bit is set or cleared and its list signed again in one
// transaction: the next list served has it. A revocation is for ever; a suspension can be lifted.
// VC API (W3C CCG draft, 2025) "Update Status"; Bitstring Status List 1.0 (W3C Recommendation, 15 May 2025) §2.1.
import type { Tx } from '../platform/database.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { ownsPostedStatus, readPostedStatuses, type PostedStatus } from './posted-store.ts';
import { publishStatusList, SignerUnknown, type ListChange } from './publish-status-list.ts';
import { statusListUrl } from './status-entry.ts';
import { purposeOf, type StatusPurpose } from './status-series.ts';
import { clearBit, isBitSet, lockList, setBits } from './status-store.ts';

export interface StatusChange {
  purpose: StatusPurpose;
  set: boolean;
  /** The one entry that is meant, where the name of the credential does not say it. */
  entry?: { list: string; index: number };
}

/** What is to be changed, by the name under which it was issued, by its entries, or both. */
export interface StatusOrder {
  credentialId?: string;
  changes: StatusChange[];
  /** Null for a caller that may change anybody's. */
  clientId: string | null;
}

/** What was not issued here, or by somebody else. */
export function unknownPosted(): Problem {
  return new Problem(
    'credential_unknown',
    404,
    'Nothing was issued by this client under this name. Badges are revoked by POST /v1/credentials/{id}/revoke.',
  );
}

/** The place that an entry of ours names, or undefined for somebody else's list. */
function placeOf(publicUrl: string, { list, index }: { list: string; index: number }): PostedStatus | undefined {
  const [, purpose, n] = /^(.+)\/(\d{1,7})$/.exec(list) ?? [];
  const prefix = statusListUrl(publicUrl, '', 0).replace(/\/0$/, '');
  if (!purpose?.startsWith(prefix)) return undefined;
  return { purpose: purpose.slice(prefix.length), n: Number(n), index };
}

function same(one: PostedStatus, other: PostedStatus): boolean {
  return one.purpose === other.purpose && one.n === other.n && one.index === other.index;
}

async function findPlaces(tx: Tx, service: Service, order: StatusOrder, change: StatusChange): Promise<PostedStatus[]> {
  const { credentialId, clientId } = order;
  const entry = change.entry && placeOf(service.config.publicUrl, change.entry);
  if (change.entry && !entry) throw unknownPosted();
  let places: PostedStatus[];
  if (credentialId === undefined) {
    if (!entry || !(await ownsPostedStatus(tx, entry, clientId))) throw unknownPosted();
    places = [entry];
  } else {
    const known = await readPostedStatuses(tx, credentialId, clientId);
    if (!known) throw unknownPosted();
    places = entry ? known.filter((one) => same(one, entry)) : known;
  }
  const meant = places.filter((place) => purposeOf(place.purpose) === change.purpose);
  if (meant.length > 0) return meant;
  throw new Problem(
    'status_entry_unknown',
    400,
    `This credential was issued without a status entry for ${change.purpose}: ask for one when issuing.`,
  );
}

const listName = ({ purpose, n }: PostedStatus): string => `${purpose} ${n}`;

/**
 * Locks the lists of these places, before any bit is looked at: two requests about one credential would else each find
 * what the other is about to change. In one order, or they could wait for each other.
 */
async function lockLists(tx: Tx, places: PostedStatus[]): Promise<void> {
  const lists = new Map(places.map((place) => [listName(place), place]));
  for (const [, { purpose, n }] of [...lists].sort(([one], [other]) => (one < other ? -1 : 1)))
    await lockList(tx, purpose, n);
}

async function changeBits(tx: Tx, service: Service, places: PostedStatus[], set: boolean): Promise<PostedStatus[]> {
  const changed: PostedStatus[] = [];
  for (const place of places) {
    const isSet = await isBitSet(tx, place);
    if (isSet === set) continue;
    if (!set && purposeOf(place.purpose) === 'revocation')
      throw new Problem('revocation_is_final', 409, 'A revoked credential stays revoked: issue another.');
    if (set) await setBits(tx, [place], service.now());
    else await clearBit(tx, place, service.now());
    changed.push(place);
  }
  return changed;
}

/**
 * Changes the status of what was issued. Saying the same again changes nothing.
 * @throws {Problem} credential_unknown (404), status_entry_unknown (400), revocation_is_final (409), issuer_lost (409)
 */
export async function changePostedStatus(service: Service, order: StatusOrder): Promise<void> {
  try {
    await change(service, order);
  } catch (error) {
    if (!(error instanceof SignerUnknown)) throw error;
    // Keys are not read inside a transaction.
    await service.keys.refresh();
    await change(service, order);
  }
}

async function change(service: Service, order: StatusOrder): Promise<void> {
  await service.db.transaction(async (tx) => {
    const changes: { set: boolean; places: PostedStatus[] }[] = [];
    for (const change of order.changes)
      changes.push({ set: change.set, places: await findPlaces(tx, service, order, change) });
    await lockLists(
      tx,
      changes.flatMap((one) => one.places),
    );
    const lists = new Map<string, { place: PostedStatus; change: Required<ListChange> }>();
    for (const { set, places } of changes) {
      for (const place of await changeBits(tx, service, places, set)) {
        const list = lists.get(listName(place)) ?? { place, change: { set: [], cleared: [] } };
        lists.set(listName(place), list);
        // The last word of one request counts.
        const others = set ? list.change.cleared : list.change.set;
        if (others.includes(place.index)) others.splice(others.indexOf(place.index), 1);
        list.change[set ? 'set' : 'cleared'].push(place.index);
      }
    }
    for (const { place, change } of lists.values())
      await publishStatusList(tx, service, place.purpose, place.n, change);
  });
}
