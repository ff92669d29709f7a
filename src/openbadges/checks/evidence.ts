// Evidence and related resources: the links are counted and not opened; what is bound by a digest is compared.
//
// Opening a stranger's links is the reader's decision. A related resource with a digest is another matter: the issuer
// signed what it must contain, so a copy that differs is a finding, and one that cannot be had is none.
//
// VC Data Model 2.0 (W3C Recommendation, 15 May 2025) §5.3 "Integrity of Related Resources", §5.6 "Evidence".

import { CONTEXTS } from '../contexts.ts';
import { asArray, isObject } from '../parse-json.ts';
import { compareDigests, digestsOf, publishedDigests } from '../related-resource.ts';
import { check, worse, type Check, type CheckStatus } from '../report.ts';
import { fetchDocument, type ResolvedDocument } from '../resolve.ts';
import type { Examination, Json } from './examination.ts';

const MOST_RESOURCES = 8;
interface Finding {
  id: string;
  status: CheckStatus;
  code: string;
}

function compare(resource: Json, document: ResolvedDocument, id: string): Finding {
  const verdict = compareDigests(resource, digestsOf(document.bytes ?? Buffer.from(document.body, 'utf8')));
  if (verdict === 'differs') return { id, status: 'fail', code: 'resource_differs' };
  const expected = resource['mediaType'];
  const served = document.contentType.split(';')[0]!.trim().toLowerCase();
  if (typeof expected === 'string' && served !== '' && served !== expected.toLowerCase())
    return { id, status: 'warn', code: 'resource_media_type' };
  if (verdict === 'unsupported') return { id, status: 'unknown', code: 'digest_unsupported' };
  return { id, status: 'pass', code: 'resource_matches' };
}

async function judge(resource: unknown, exam: Examination, seen: Set<string>): Promise<Finding> {
  const id = isObject(resource) && typeof resource['id'] === 'string' ? resource['id'] : '';
  if (!isObject(resource) || id === '') return { id, status: 'fail', code: 'resource_without_id' };
  if (resource['digestSRI'] === undefined && resource['digestMultibase'] === undefined)
    return { id, status: 'fail', code: 'resource_without_digest' };
  if (seen.has(id)) return { id, status: 'fail', code: 'resource_twice' };
  seen.add(id);
  // Contexts are bundled and never fetched, whoever names them; one whose published digests are known is compared.
  if (CONTEXTS.has(id)) {
    const verdict = compareDigests(resource, publishedDigests(id));
    if (verdict === 'unsupported') return { id, status: 'skipped', code: 'context_bundled' };
    return verdict === 'matches'
      ? { id, status: 'pass', code: 'resource_matches' }
      : { id, status: 'fail', code: 'resource_differs' };
  }
  if (!/^https?:/.test(id)) return { id, status: 'unknown', code: 'resource_not_fetchable' };
  const accept = typeof resource['mediaType'] === 'string' ? resource['mediaType'] : '*/*';
  const fetched = await fetchDocument(exam.options.resolve, id, /^[\w.+-]+\/[\w.+-]+$/.test(accept) ? accept : '*/*');
  if (!fetched.found) return { id, status: 'unknown', code: `resource_${fetched.why}` };
  return compare(resource, fetched.document, id);
}

function evidenceCount(credential: Json): number {
  const own = asArray(credential['evidence']).length;
  return (
    own +
    asArray(credential['credentialSubject']).reduce<number>(
      (sum, one) => sum + (isObject(one) ? asArray(one['evidence']).length : 0),
      0,
    )
  );
}

/** Counts evidence and compares related resources. `mayFetch` is false when the credential was found not to be genuine. */
export async function checkEvidence(exam: Examination, mayFetch: boolean): Promise<Check> {
  const count = evidenceCount(exam.credential);
  const resources = asArray(exam.credential['relatedResource']);
  const links =
    count === 0
      ? 'No evidence is linked'
      : `${count} ${count === 1 ? 'piece' : 'pieces'} of evidence linked and not opened`;
  if (resources.length === 0 || !mayFetch)
    return check('evidence', 'skipped', 'evidence_counted', `${links}.`, { count });
  const seen = new Set<string>();
  const findings: Finding[] = [];
  for (const resource of resources.slice(0, MOST_RESOURCES)) findings.push(await judge(resource, exam, seen));
  const status = findings.map((one) => one.status).reduce(worse);
  const first = findings.find((one) => one.status === status)!;
  const sentences: Record<string, string> = {
    fail: 'a related resource is not what the issuer signed for',
    warn: 'a related resource is served as another media type than signed',
    unknown: 'a related resource could not be compared',
    pass: 'every related resource is what the issuer signed for',
    skipped: 'related resources were not compared',
  };
  const details = { count, resources: findings.map((one) => ({ ...one, id: one.id.slice(0, 300) })) };
  return check('evidence', status, first.code, `${links}; ${sentences[status]}.`, details);
}
