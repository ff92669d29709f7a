// Finds the key that a proof names, and whether its issuer publishes it for the purpose.
//
// The key written into a URL's fragment is never taken from there: anybody can write `https://issuer/x#z6Mk…`. The
// issuer's own document must list the method under the purpose, and the method's controller must be the issuer.
// The mathematics and the trust are answered apart, so that a report can say "the signature is right, but nothing shows
// that this key is the issuer's".
//
// Controlled Identifiers 1.0 (W3C Recommendation, 15 May 2025) §2.2, §2.3 and §3.3; VC Data Model 2.0 (15 May 2025)
// §4.7 and Data Integrity 1.0 (15 May 2025) §4.4.

import type { KeyObject } from 'node:crypto';
import { asArray, isObject } from '../parse-json.ts';
import type { Resolve } from '../resolve.ts';
import { resolveController, type ControllerAnswer } from './controller-document.ts';
import { keyOfMethod } from './method-key.ts';

export interface MethodQuery {
  resolve: Resolve;
  /** Who must control the key: the id of the issuer (or holder) whose statement was signed. */
  controller: string;
  purpose: string;
  at: Date;
}

/** Whether the controller publishes the key: `fail` when it does not, `unknown` when that could not be looked up. */
export interface MethodAnswer {
  id: string;
  key?: KeyObject;
  /** The type and the embedded text of the key, for suites that demand a certain one. */
  method?: Record<string, unknown>;
  trust: 'pass' | 'fail' | 'unknown';
  code: string;
  sentence: string;
}

type Found = { method: Record<string, unknown>; listed: boolean };

/** The whole URL of a method id, which a document may write relative to itself (`#key-1`). */
function absolute(id: unknown, documentId: string): string | undefined {
  if (typeof id !== 'string') return undefined;
  return id.startsWith('#') ? documentId + id : id;
}

/** Looks a method up in a document: embedded anywhere, and listed (by reference or embedding) under the purpose. */
export function findMethod(
  document: Record<string, unknown>,
  documentId: string,
  id: string,
  purpose: string,
): Found | undefined {
  const related = asArray(document[purpose]);
  const embedded = [...asArray(document['verificationMethod']), ...asArray(document['publicKey']), ...related];
  const method = embedded.find((one) => isObject(one) && absolute(one['id'], documentId) === id);
  if (!isObject(method)) return undefined;
  const listed = related.some((one) => absolute(isObject(one) ? one['id'] : one, documentId) === id);
  return { method, listed };
}

function past(value: unknown, at: Date): boolean {
  if (value === undefined) return false;
  const instant = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  // An unreadable end date is taken as past: it cannot show that the key still counts.
  return Number.isNaN(instant) || instant <= at.getTime();
}

const answer = (
  id: string,
  trust: MethodAnswer['trust'],
  code: string,
  sentence: string,
  rest: Partial<MethodAnswer> = {},
): MethodAnswer => ({
  id,
  trust,
  code,
  sentence,
  ...rest,
});

function unresolved(id: string, controller: Extract<ControllerAnswer, { found: false }>): MethodAnswer {
  const code = `key_document_${controller.why}`;
  const open = controller.why === 'unreachable' || controller.why === 'unsupported' || controller.why === 'absent';
  return answer(id, open ? 'unknown' : 'fail', code, controller.sentence);
}

/**
 * The document that should hold the method cannot be had. Where it is not the controller's own, that one must refer to the
 * method anyway; one that is at hand and does not settles the matter.
 */
async function withoutDocument(
  id: string,
  documentId: string,
  missing: Extract<ControllerAnswer, { found: false }>,
  query: MethodQuery,
): Promise<MethodAnswer> {
  const open = unresolved(id, missing);
  if (open.trust === 'fail' || documentId === query.controller) return open;
  const vouched = await vouchedElsewhere(id, query, {}, (code, sentence) => answer(id, 'fail', code, sentence));
  return vouched.trust === 'fail' ? vouched : open;
}

/** The id of a method of a document that holds one key, when the URL names the document only (`did:key:z…`). */
function soleMethodId(json: Record<string, unknown>, id: string): string | undefined {
  const methods = asArray(json['verificationMethod']);
  const only = methods.length === 1 ? methods[0] : undefined;
  return isObject(only) ? absolute(only['id'], id) : undefined;
}

/** The one sentence on a revoked key, whichever form the badge has. Takes the key's id, and when, if that is known. */
export function revokedSentence(id: string, since?: unknown): string {
  const when = typeof since === 'string' && !Number.isNaN(Date.parse(since)) ? ` on ${since.slice(0, 10)}` : '';
  return `The key ${id} was revoked${when}: nothing signed with it can be relied on, whatever date it bears.`;
}

/** The rules on a method that was found: listed for the purpose, controlled by the issuer, neither revoked nor expired. */
async function judge(id: string, found: Found, documentId: string, query: MethodQuery): Promise<MethodAnswer> {
  const { method } = found;
  const material = keyOfMethod(method);
  // An issuer that revokes a key need not publish it any longer; then it is of no use for an earlier day either.
  if (!material.ok && material.code === 'key_missing' && method['revoked'] !== undefined)
    return answer(id, 'fail', 'key_revoked', revokedSentence(id, method['revoked']));
  if (!material.ok) return answer(id, material.supported ? 'fail' : 'unknown', material.code, material.sentence);
  const rest = { key: material.key, method };
  const refuse = (code: string, sentence: string): MethodAnswer => answer(id, 'fail', code, sentence, rest);
  if (method['controller'] !== query.controller)
    return refuse(
      'controller_mismatch',
      `The key ${id} is controlled by ${String(method['controller']).slice(0, 200)}, not by ${query.controller}.`,
    );
  if (past(method['revoked'], query.at)) return refuse('key_revoked', revokedSentence(id, method['revoked']));
  if (past(method['expires'], query.at)) return refuse('key_expired', `The key ${id} has expired.`);
  if (documentId !== query.controller) return vouchedElsewhere(id, query, rest, refuse);
  if (!found.listed)
    return refuse(
      'key_not_for_purpose',
      `${documentId} holds the key ${id} but does not list it under ${query.purpose}.`,
    );
  return answer(id, 'pass', 'key_published', `${documentId} publishes the key ${id} for ${query.purpose}.`, rest);
}

/** A method that stands in another document counts only when the controller's own document refers to it. */
async function vouchedElsewhere(
  id: string,
  query: MethodQuery,
  rest: Partial<MethodAnswer>,
  refuse: (code: string, sentence: string) => MethodAnswer,
): Promise<MethodAnswer> {
  const controller = await resolveController(query.controller, query.resolve);
  if (!controller.found) return { ...unresolved(id, controller), ...rest };
  const listed = asArray(controller.document.json[query.purpose]).some(
    (one) => (isObject(one) ? one['id'] : one) === id,
  );
  if (!listed)
    return refuse('key_not_listed', `${query.controller} does not list the key ${id} under ${query.purpose}.`);
  return answer(id, 'pass', 'key_published', `${query.controller} refers to the key ${id}.`, rest);
}

/**
 * Finds a verification method and says whether its controller publishes it.
 * Takes the URL of the method and what is asked of it; gives the key (when one was found), and the trust with a stable
 * code and a sentence. Never throws for anything that stands in a document.
 */
export async function resolveMethod(id: unknown, query: MethodQuery): Promise<MethodAnswer> {
  if (typeof id !== 'string' || id.length > 4000 || !/^[a-zA-Z][a-zA-Z0-9+.-]*:./.test(id))
    return answer(
      String(id).slice(0, 200),
      'fail',
      'verification_method_malformed',
      'The verificationMethod is not a URL.',
    );
  const [documentId] = id.split('#', 1) as [string];
  const controller = await resolveController(documentId, query.resolve);
  if (!controller.found) return withoutDocument(id, documentId, controller, query);
  const { json } = controller.document;
  const wanted = id.includes('#') ? id : (soleMethodId(json, documentId) ?? id);
  const found = findMethod(json, documentId, wanted, query.purpose);
  if (found !== undefined) return judge(wanted, found, documentId, query);
  // Older https methods answer at their own URL with the bare key and name their controller.
  if (!id.includes('#') && isObject(json) && typeof json['controller'] === 'string' && json['controller'] !== id)
    return judge(id, { method: json, listed: false }, documentId, query);
  return answer(id, 'fail', 'key_not_listed', `${documentId} does not hold the key ${id}.`);
}
