// Reads back what was issued and verifies it as a stranger would, by the full path and not by the short way that signed
// it: a fault in signing is found within seconds by us and not within years by an employer (Open Badges 3.0 requirement
// R3.18 of our list: verify your own output by other means). What can be wrong is wrong with every badge of a kind, so
// one of each achievement in a transaction is looked at, by lot.
import { setImmediate } from 'node:timers/promises';
import { verifyProofs, type ProofResult } from '../openbadges/proofs/proof.ts';
import { verificationMethodId } from '../issuer/documents.ts';
import { issuerDid } from '../issuer/profile.ts';
import { publicKeyFromJwk } from '../openbadges/keys.ts';
import { hashByFullPath } from '../openbadges/rdf/canonicalize.ts';
import type { Service } from '../platform/service.ts';
import { markForReview, readSigned } from './store.ts';

/**
 * Verifies stored credentials; one that does not verify is marked for review and logged as an error.
 * @returns the ids of those that do not verify.
 */
export async function checkIssued(service: Service, ids: string[]): Promise<string[]> {
  const failed: string[] = [];
  const signed = new Map((await readSigned(service.db.read, ids)).map((one) => [one.id, one]));
  for (const { id, json, kid } of ids.flatMap((id) => signed.get(id) ?? [])) {
    // Behind whatever else waits for this process: nobody waits for this.
    await setImmediate();
    const results = await checkProofs(service, json, kid);
    if (results.length > 0 && results.every((result) => result.status === 'good')) continue;
    failed.push(id);
    service.log.error({ credential: id, results }, 'an issued credential does not verify');
  }
  if (failed.length > 0)
    await service.db.transaction((tx) =>
      markForReview(tx, failed, 'its own signature does not verify; sign it anew with a correction', service.now()),
    );
  return failed;
}

/** What verifying these bytes finds; bytes that are no JSON are a finding too, or the job would fail for ever. */
async function checkProofs(service: Service, json: string, kid: string): Promise<Pick<ProofResult, 'status'>[]> {
  const { publicUrl } = service.config;
  // Another replica may have rotated keys and issued this one since our ring was read.
  if (!service.keys.find(kid)) await service.keys.refresh();
  const key = service.keys.find(kid);
  let document: Record<string, unknown>;
  try {
    document = JSON.parse(json);
  } catch {
    return [{ status: 'bad' }];
  }
  return verifyProofs(document, {
    now: service.now(),
    purpose: 'assertionMethod',
    hashCanonical: hashByFullPath,
    resolveMethod: async (url) => {
      if (!key || url !== verificationMethodId(publicUrl, key)) throw new Error(`${url} is not our key`);
      return { controller: issuerDid(publicUrl), publicKey: publicKeyFromJwk(key.publicJwk) };
    },
  });
}
