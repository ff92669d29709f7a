// Builds and signs the badges of a batch, in the main thread or in another: the same bytes for the same batch, since all
// that is drawn by lot or read from a clock is in it and Ed25519 signs without chance (RFC 8032, January 2017, §5.1.6).
// Between threads both what is to be signed and what was signed are one text, and the verdict stays with the main thread,
// which makes the award record of it: writing and reading such an order takes 4 µs.
import type { KeyObject } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { signEddsaRdfc2022 } from '../openbadges/proofs/eddsa-rdfc-2022.ts';
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

/** A batch on its way into a thread. */
export interface SentBatch extends Signing {
  badges: string;
}

/** After how many badges the event loop has a turn: some 2 ms. A live post waits for a dozen turns, one a statement. */
const TURN = 5;

/** Makes badges. @returns the signed documents, to the letter as they are served */
export async function signBatch(signing: Signing, badges: BadgeOrder[]): Promise<SignedBatch> {
  const { settings, verificationMethod, privateKey, awardedAt } = signing;
  const written = new BatchWriter();
  for (const [n, { achievement, trackVersion, ...parts }] of badges.entries()) {
    const awardable = findAwardable(achievement, trackVersion);
    if (!awardable) throw new Error(`achievement ${achievement} is not in version ${trackVersion} of its track`);
    const unsigned = buildCredential(settings, { ...parts, awardable, awardedAt, validFrom: awardedAt });
    const signed = await signEddsaRdfc2022(unsigned, { privateKey, verificationMethod, created: awardedAt });
    written.add(signed);
    // A thousand badges of an import are half a second of signing: whatever came meanwhile has its turn in between.
    if (n % TURN === TURN - 1) await setImmediate();
  }
  return written.finish();
}

/** The same for a batch that was sent to a thread. */
export async function signSent({ badges, ...signing }: SentBatch): Promise<SignedBatch> {
  return await signBatch(signing, JSON.parse(badges) as BadgeOrder[]);
}
