// What the page of a badge shows, gathered from the rooms to the left. State comes from the database at this moment,
// everything else from the bytes that were signed, so that the page never says more than the badge.
import { readEvidence, type Evidence } from '../completions/evidence-store.ts';
import { readFresh } from '../credentials/fresh-credentials.ts';
import { readAward, readStandings, type StoredCredential } from '../credentials/store.ts';
import { readIdentities } from '../learners/store.ts';
import { statusListUrl } from '../credentials/status-entry.ts';
import { awardUrl } from '../credentials/award-record.ts';
import { asArray, isObject } from '../openbadges/parse-json.ts';
import { matchRecipient } from '../openbadges/recipient.ts';
import type { Service } from '../platform/service.ts';
import type { VerdictNode } from '../tracks/evaluate.ts';

export type BadgeState = 'valid' | 'revoked' | 'superseded' | 'expired' | 'early' | 'compromised';

export interface CredentialView {
  id: string;
  url: string;
  state: BadgeState;
  /** The instant that the state was read at. */
  readAt: Date;
  revokedAt?: string;
  /** The public sentence of the revocation, as the registrar wrote it. */
  revocationSentence?: string;
  /** The badge that took the place of a superseded one, where its earner shares it. */
  newerUrl?: string;
  achievement: { key: string; name: string; description: string; version?: string };
  /** The earner's name, where it stands in the badge: there is consent then. */
  recipientName?: string;
  /** An e-mail can be compared. */
  comparable: boolean;
  issuer: { id: string; name: string };
  awardedAt: string;
  validFrom: string;
  validUntil?: string;
  /** It was issued again under its own id after the award. */
  corrected: boolean;
  /** Why it was awarded; absent after an erasure of the award. */
  verdict?: VerdictNode;
  track?: { id: string; version: string };
  /** What the completions behind it brought to be looked at; nothing unless the earner allows it. */
  evidence: Evidence[];
  awardUrl: string;
  statusUrl: string;
  statusIndex: number;
  kid: string;
  listed: boolean;
  /** The bytes that were signed. */
  json: string;
}

/** A credential that strangers may see: a private one is as unknown as one that never was. */
async function readShared(service: Service, id: string): Promise<StoredCredential | undefined> {
  const stored = (await readFresh(service, id))?.stored;
  return stored?.visibility === 'private' ? undefined : stored;
}

type Json = Record<string, unknown>;
const object = (value: unknown): Json => (isObject(value) ? value : {});
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function identifiersOf(credential: Json): Json[] {
  return asArray(object(credential.credentialSubject).identifier).filter(isObject);
}

function stateOf(service: Service, stored: StoredCredential, validUntil: string | undefined, now: Date): BadgeState {
  if (stored.revokedAt) return stored.revocationReason === 'superseded' ? 'superseded' : 'revoked';
  if (service.keys.find(stored.kid)?.state === 'compromised') return 'compromised';
  if (validUntil !== undefined && Date.parse(validUntil) <= now.getTime()) return 'expired';
  return Date.parse(stored.validFrom) > now.getTime() ? 'early' : 'valid';
}

/** The live badge that took the place of a superseded one. */
async function newerUrlOf(service: Service, stored: StoredCredential): Promise<string | undefined> {
  const standings = await readStandings(service.db.read, [stored.learnerId]);
  const live = standings.find((one) => one.achievement === stored.achievement && one.revokedAt === null);
  const newer = live && (await readShared(service, live.id));
  return newer?.json ? `${service.config.publicUrl}/credentials/${newer.id}` : undefined;
}

function completionsBehind(node: VerdictNode): string[] {
  const own = node.complete ? (node.satisfiedBy ?? []).map(({ completion }) => completion) : [];
  return [...own, ...(node.children ?? []).flatMap(completionsBehind)];
}

/**
 * Gathers what the page of a badge shows.
 * @returns `unknown` for a badge that is not there or not shared, `erased` for one that its earner had erased.
 */
export async function viewCredential(service: Service, id: string): Promise<CredentialView | 'unknown' | 'erased'> {
  const stored = await readShared(service, id);
  if (!stored) return 'unknown';
  if (stored.json === null) return 'erased';
  const { publicUrl, issuerName } = service.config;
  const credential = object(JSON.parse(stored.json));
  const achievement = object(object(credential.credentialSubject).achievement);
  const identifiers = identifiersOf(credential);
  const named = identifiers.find((one) => one.identityType === 'name' && one.hashed === false);
  const readAt = service.now();
  const validUntil = text(credential.validUntil);
  const state = stateOf(service, stored, validUntil, readAt);
  const { reading } = service.db;
  const award = await reading((tx) => readAward(tx, stored.awardId));
  const [learner] = await reading((tx) => readIdentities(tx, [stored.learnerId]));
  const verdict =
    award?.record == null ? undefined : (JSON.parse(award.record) as { verdict: { root: VerdictNode } }).verdict.root;
  const shown = verdict && learner?.consents.evidence?.granted ? completionsBehind(verdict) : [];
  return {
    id,
    url: `${publicUrl}/credentials/${id}`,
    state,
    readAt,
    revokedAt: stored.revokedAt ?? undefined,
    revocationSentence: stored.revocationSentence ?? undefined,
    newerUrl: state === 'superseded' ? await newerUrlOf(service, stored) : undefined,
    achievement: {
      key: stored.achievement,
      name: text(achievement.name) ?? stored.achievement,
      description: text(achievement.description) ?? '',
      version: text(achievement.version),
    },
    recipientName: text(named?.identityHash),
    comparable: identifiers.some((one) => one.identityType === 'emailAddress'),
    issuer: { id: text(object(credential.issuer).id) ?? '', name: text(object(credential.issuer).name) ?? issuerName },
    awardedAt: stored.awardedAt,
    validFrom: stored.validFrom,
    validUntil,
    corrected: Date.parse(stored.validFrom) > Date.parse(stored.awardedAt),
    verdict,
    evidence: shown.length > 0 ? await reading((tx) => readEvidence(tx, stored.learnerId, shown)) : [],
    track: award && { id: award.trackId, version: award.trackVersion },
    awardUrl: awardUrl(publicUrl, stored.awardId),
    statusUrl: statusListUrl(publicUrl, 'revocation', stored.statusList),
    statusIndex: stored.statusIndex,
    kid: stored.kid,
    listed: stored.visibility === 'listed' || learner?.consents.listed?.granted === true,
    json: stored.json,
  };
}

/**
 * Compares an e-mail with a badge that is shared. It is hashed here and forgotten.
 * @returns undefined where there is no such badge.
 */
export async function compareRecipient(service: Service, id: string, email: string): Promise<boolean | undefined> {
  const stored = await readShared(service, id);
  if (!stored?.json) return undefined;
  const identifiers = identifiersOf(object(JSON.parse(stored.json)));
  return matchRecipient(identifiers, { identityType: 'emailAddress', identifier: email.trim() }).matched;
}
