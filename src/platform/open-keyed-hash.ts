// A hash that only we can compute: HMAC-SHA256 (RFC 2104, February 1997) under a secret that lies with the keys and never
// in the database, so that whoever holds a copy of the database cannot try addresses against what it keeps of them.
// The secret is derived (HKDF, RFC 5869, May 2010) from a key that is kept like every other, encrypted where they are.
// It is never rotated: what was hashed under it cannot be hashed again, since what it stood for is gone.
import { createHash, createHmac, createPublicKey, createSecretKey, generateKeyPairSync, hkdfSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import type { Config } from './config.ts';
import type { Database } from './database.ts';
import { openKeyFiles } from './key-files.ts';
import type { Logger } from './logging.ts';
import { MissingPrivateKeyError } from './open-key-ring.ts';
import { insertSetting, lockKeys, readSetting } from './store.ts';

/** The same text gives the same hash, in base64url. */
export type KeyedHash = (text: string) => string;

const SETTING = 'hash_key';
const FILE = 'keyed-hash';

function fingerprint(key: KeyObject): string {
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return createHash('sha256').update(spki).digest('base64url');
}

/**
 * Opens the secret of the keyed hash, making it at the first start.
 *
 * @throws {MissingPrivateKeyError} when this database was begun with another one than lies here
 */
export async function openKeyedHash(config: Config, db: Database, log: Logger, now: Date): Promise<KeyedHash> {
  const files = await openKeyFiles(config.keysDir, config.keysPassphrase);
  const key = await db.transaction(async (tx) => {
    await lockKeys(tx);
    const wanted = await readSetting(tx, SETTING);
    const held = await files.read(FILE);
    if (wanted !== undefined) {
      if (!held || fingerprint(held) !== wanted)
        throw new MissingPrivateKeyError(['the key of keyed hashes'], files.folder);
      return held;
    }
    const made = held ?? generateKeyPairSync('x25519').privateKey;
    if (!held) {
      await files.write(FILE, made);
      log.warn({ folder: files.folder, file: FILE }, 'A NEW KEY of keyed hashes was made: back the folder up.');
    }
    await insertSetting(tx, SETTING, fingerprint(made), now);
    return made;
  });
  const seed = key.export({ format: 'der', type: 'pkcs8' });
  // As a key object: a Buffer would be examined and copied into one at each hash, which takes longer than the hash.
  const secret = createSecretKey(Buffer.from(hkdfSync('sha256', seed, '', 'cairn keyed hash', 32)));
  return (text) => createHmac('sha256', secret).update(text).digest('base64url');
}
