// Would a revocation be seen? The list of our badges, as verifiers take it (Bitstring Status List 1.0, W3C
// Recommendation, 15 May 2025, §2.2 and §3.2).
import { asArray, isObject } from '../../openbadges/parse-json.ts';
import { verifyProofs } from '../../openbadges/proofs/proof.ts';
import { decodeBitstring, LEAST_LENGTH_BITS } from '../../openbadges/status/bitstring.ts';
import type { PublishedKeys } from './check-keys.ts';
import { getPublic, type Visit } from './visit.ts';

const DAY_MS = 86_400_000;
const TYPES = ['application/vc', 'application/vc+ld+json'];

function checkContent(visit: Visit, list: Record<string, unknown>, url: string, issuer: unknown): void {
  const subject = isObject(list.credentialSubject) ? list.credentialSubject : {};
  const remedy = 'Look at the log of the service; a list is signed again each day by a job.';
  if (list.issuer !== issuer)
    visit.bad('status_issuer', `The list is signed for ${JSON.stringify(list.issuer)}, not for the issuer.`, remedy);
  if (list.id !== url)
    visit.bad(
      'status_id',
      `The list at ${url} says that it is ${String(list.id)}.`,
      'Set PUBLIC_URL to the address strangers use.',
    );
  if (!asArray(list.type).includes('BitstringStatusListCredential'))
    return visit.bad('status_content', 'What is served is no status list.', remedy);
  try {
    const { lengthBits } = decodeBitstring(subject.encodedList);
    if (lengthBits < LEAST_LENGTH_BITS) throw new Error(`it has ${lengthBits} places only`);
    visit.good('status_content', `The status list has ${lengthBits} places.`);
  } catch (error) {
    visit.bad('status_content', `The status list cannot be read: ${(error as Error).message}`, remedy);
  }
  const leftMs = Date.parse(String(list.validUntil)) - visit.now().getTime();
  if (!(leftMs > 0)) visit.bad('status_validity', `The status list ended at ${String(list.validUntil)}.`, remedy);
  else if (leftMs < DAY_MS)
    visit.odd('status_validity', `The status list ends soon, at ${String(list.validUntil)}.`, remedy);
  else visit.good('status_validity', `The status list is good until ${String(list.validUntil)}.`);
}

/** Looks at the first list, or at the one that a test badge has its place in. */
export async function checkStatusList(
  visit: Visit,
  keys: PublishedKeys,
  url = `${visit.url}/status/revocation/0`,
): Promise<void> {
  if (!url.startsWith(`${visit.url}/`))
    return visit.bad(
      'status',
      `The status list is at ${url}, not at this address.`,
      'Set PUBLIC_URL to the address strangers use.',
    );
  const path = url.slice(visit.url.length);
  const first = await visit.get('status', path, TYPES[0]);
  if (!first) return;
  if (first.status === 404) return visit.skip('status', 'No badge has been issued yet, so there is no status list.');
  const list = await getPublic(visit, 'status', path, TYPES);
  if (!list) return;
  checkContent(visit, list, url, keys.did.id);
  if (!first.headers.has('etag'))
    visit.odd(
      'status_etag',
      'The status list has no ETag, so that each verifier loads it whole.',
      'Let the proxy keep ETag.',
    );
  const { resolveMethod } = keys;
  const results = await verifyProofs(list, { now: visit.now(), purpose: 'assertionMethod', resolveMethod });
  const wrong = results.find((one) => one.status !== 'good');
  if (wrong)
    visit.bad(
      'status_proof',
      `The status list does not verify: ${wrong.message}`,
      'Purge caches; then look at the log.',
    );
  else visit.good('status_proof', 'The status list verifies.');
}
