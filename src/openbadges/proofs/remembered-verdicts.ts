// Whether a signature is right never changes for the same document, the same proof and the same key, so a badge that is
// looked at a thousand times is calculated once. Only that is remembered: dates, purposes, status, and whether the key may
// speak for the issuer are looked at each time.

import { hash, type KeyObject } from 'node:crypto';

/** Some 2 MB when full; what was asked for longest ago goes first. */
const REMEMBERED_MOST = 10_000;

const verdicts = new Map<string, boolean>();
const versions = new WeakMap<KeyObject, string>();

/** A key's version is the key itself: a new one under the same name has none of the old one's verdicts. */
function versionOf(key: KeyObject): string {
  let version = versions.get(key);
  if (version === undefined) {
    version = hash('sha256', key.export({ type: 'spki', format: 'der' }), 'base64');
    versions.set(key, version);
  }
  return version;
}

/** Nothing for what is nested too deep to be written: the suite says so in its own words. */
function nameOf(words: unknown[]): string | undefined {
  try {
    return hash('sha256', JSON.stringify(words), 'base64');
  } catch {
    return undefined;
  }
}

/**
 * Gives the verdict that was reached before on the same words with the same key, or reaches it. What throws is not
 * remembered.
 * @param document with the proofs that this one covers; `-0` and `0` are the same to every suite, as they are to JSON.
 */
export async function rememberedVerdict(
  suite: string,
  document: object,
  proof: object,
  key: KeyObject,
  verify: () => Promise<boolean>,
): Promise<boolean> {
  const name = nameOf([suite, versionOf(key), proof, document]);
  if (name === undefined) return verify();
  const known = verdicts.get(name);
  if (known !== undefined) {
    verdicts.delete(name);
    verdicts.set(name, known);
    return known;
  }
  const verdict = await verify();
  verdicts.set(name, verdict);
  if (verdicts.size > REMEMBERED_MOST) verdicts.delete(verdicts.keys().next().value ?? '');
  return verdict;
}
