// Builds and signs badges, some at a time. Ed25519, which is half of it, is calculated in Node's thread pool while this
// thread builds the next (4 µs of this thread in place of 34).
import type { KeyObject } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { signEddsaRdfc2022 } from '../openbadges/proofs/eddsa-rdfc-2022.ts';
import type { Ahead } from '../platform/send-ahead.ts';
import { findAwardable } from '../tracks/catalogue.ts';
import { buildCredential, type BadgeParts, type IssuerSettings } from './badge-content.ts';
import { BatchWriter, type SignedBatch } from './signed-batch.ts';

/** One badge to be made. */
export interface BadgeOrder extends Omit<BadgeParts, 'awardable' | 'awardedAt' | 'validFrom'> {
  achievement: string;
  trackVersion: string;
}

/** What all badges of a batch have in common. */
export interface Signing {
  settings: IssuerSettings;
  verificationMethod: string;
  privateKey: KeyObject;
  awardedAt: Date;
}

/** Badges of one statement, and of one turn of the event loop: some 2 ms. A live post waits for a dozen turns. */
const BATCH = 32;

async function signOne(signing: Signing, { achievement, trackVersion, ...parts }: BadgeOrder): Promise<object> {
  const { settings, verificationMethod, privateKey, awardedAt } = signing;
  const awardable = findAwardable(achievement, trackVersion);
  if (!awardable) throw new Error(`achievement ${achievement} is not in version ${trackVersion} of its track`);
  const unsigned = buildCredential(settings, { ...parts, awardable, awardedAt, validFrom: awardedAt });
  return await signEddsaRdfc2022(unsigned, { privateKey, verificationMethod, created: awardedAt, inPool: true });
}

/** Makes badges. @returns the signed documents, to the letter as they are served */
export async function signBatch(signing: Signing, badges: BadgeOrder[]): Promise<SignedBatch> {
  const signed = await Promise.all(badges.map((badge) => signOne(signing, badge)));
  const written = new BatchWriter();
  for (const one of signed) written.add(one);
  return written.finish();
}

/**
 * Makes badges batch by batch, and gives each batch away as soon as it is signed.
 * @param sent told of each batch and of what `store` sends, so that a fault is told there and nothing outlives it.
 * @param store given the documents of the badges [from, to); sends them.
 */
export async function signInBatches(
  signing: Signing,
  badges: BadgeOrder[],
  sent: Ahead,
  store: (from: number, to: number, documents: SignedBatch) => Promise<unknown>,
): Promise<void> {
  let before: Promise<unknown> | undefined;
  for (let from = 0; from < badges.length; from += BATCH) {
    const to = Math.min(from + BATCH, badges.length);
    const batch = signBatch(signing, badges.slice(from, to));
    sent.add(batch.then((documents) => sent.add(store(from, to, documents))));
    // The pool signs this one while the next is built, and no more than that is unfinished.
    await setImmediate();
    await before;
    before = batch;
  }
}
