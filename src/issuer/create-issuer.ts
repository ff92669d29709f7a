// Makes a did:key issuer for the VC API: a fresh Ed25519 key whose public part is the DID. Its private part lies in
// KEYS_DIR as the others do; it is never rotated, because another key would be another issuer.
import { openKeyFiles } from '../platform/key-files.ts';
import { makeKey } from '../platform/make-key.ts';
import type { Service } from '../platform/service.ts';
import { lockKeys } from '../platform/store.ts';
import { didKeyIssuer, type OurIssuer } from './issuers.ts';

/** Makes one, ready to sign when this returns. */
export async function createDidKeyIssuer(service: Pick<Service, 'config' | 'db' | 'keys' | 'now'>): Promise<OurIssuer> {
  const { config } = service;
  const files = await openKeyFiles(config.keysDir, config.keysPassphrase);
  const key = await service.db.transaction(async (tx) => {
    await lockKeys(tx);
    return makeKey(tx, 'did-key', 'active', { config, files, at: service.now() });
  });
  await service.keys.refresh();
  return didKeyIssuer(key);
}
