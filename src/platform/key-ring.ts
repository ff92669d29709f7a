// The keys of this service: which there are, which one signs, and the private parts that this process holds. States go
// next → active → retired → compromised. A `next` key is published before it signs, so that no verifier meets a key
// that its cached DID document lacks; a retired key stays published for ever, since what it signed stays valid.
import type { KeyObject } from 'node:crypto';
import type { JWK } from 'jose';

/** The uses that are rotated, each with one active key; and `did-key`, whose keys are each an issuer of their own. */
export type KeyUse = RotatedUse | 'did-key';
export type RotatedUse = 'data-integrity' | 'vc-jwt' | 'access-token';
export type KeyState = 'next' | 'active' | 'retired' | 'compromised';
export type KeyAlgorithm = 'EdDSA' | 'RS256' | 'ES256';

export const KEY_USES: readonly RotatedUse[] = ['data-integrity', 'vc-jwt', 'access-token'];

export interface RingKey {
  /** Ed25519: its multibase key (z6Mk…), which is its fragment in the DID document; others: the RFC 7638 thumbprint. */
  kid: string;
  use: KeyUse;
  algorithm: KeyAlgorithm;
  state: KeyState;
  publicJwk: JWK;
  createdAt: Date;
  activatedAt: Date | null;
  retiredAt: Date | null;
  compromisedAt: Date | null;
}

export interface KeyRing {
  /** All states, oldest first. */
  keys(use: KeyUse): RingKey[];
  /** @throws when none is active */
  active(use: RotatedUse): RingKey;
  find(kid: string): RingKey | undefined;
  /** @throws when this process does not hold the private part, or the key may no longer sign */
  privateKey(kid: string): KeyObject;
  /** Reads the ring again: keys that another process rotated or marked. */
  refresh(): Promise<void>;
  /** Whether every active key's private part is held. */
  ready(): boolean;
}

/** Where a ring reads from; private parts of keys that may sign are loaded with them. */
export interface RingSource {
  read(): Promise<RingKey[]>;
  loadPrivate(key: RingKey): Promise<KeyObject | undefined>;
}

/** A ring over its source, read once. */
export async function makeKeyRing(source: RingSource): Promise<KeyRing> {
  let ring = new Map<string, RingKey>();
  const held = new Map<string, KeyObject>();
  let [begun, shown] = [0, 0];

  async function refresh(): Promise<void> {
    const turn = (begun += 1);
    const keys = await source.read();
    const signing = keys.filter((key) => key.state === 'active' || key.state === 'next');
    const loaded = await Promise.all(
      signing.map(async (key) => [key.kid, held.get(key.kid) ?? (await source.loadPrivate(key))] as const),
    );
    // One that was slow is not put over a later one: what was rotated or compromised in between would sign again.
    if (turn < shown) return;
    shown = turn;
    for (const [kid, key] of loaded) if (key) held.set(kid, key);
    ring = new Map(keys.map((key) => [key.kid, key]));
    for (const kid of held.keys()) if (!signing.some((key) => key.kid === kid)) held.delete(kid);
  }

  const find = (use: RotatedUse): RingKey | undefined =>
    [...ring.values()].find((key) => key.use === use && key.state === 'active');

  await refresh();
  return {
    keys: (use) => [...ring.values()].filter((key) => key.use === use),
    active(use) {
      const key = find(use);
      if (!key) throw new Error(`No key for ${use} is active: run "cairn keys rotate ${use}".`);
      return key;
    },
    find: (kid) => ring.get(kid),
    privateKey(kid) {
      const key = held.get(kid);
      if (!key) throw new Error(`The private part of the key ${kid} is not held here, or it may no longer sign.`);
      return key;
    },
    refresh,
    ready: () => KEY_USES.every((use) => held.has(find(use)?.kid ?? '')),
  };
}
