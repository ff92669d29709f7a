// A hosted assertion of Open Badges 2.0: true because its issuer serves it, and only as long as it does.
//
// What counts is what the URL answers now. The copy in hand must say the same; and the URL must lie where the issuer
// hosts assertions, else anybody could host one in another's name.
//
// Open Badges v2.0 (12 April 2018), "Verification", hosted.

import { check, type Check } from '../report.ts';
import { ACCEPT_JSON, fetchDocument, type Resolve } from '../resolve.ts';
import { isObject, parseJson } from '../parse-json.ts';
import { idOf, type Json } from './assertion.ts';
import { inScope } from './documents.ts';

export interface HostedAnswer {
  /** The assertion as its host serves it; absent when it could not be had. */
  hosted?: Json;
  signature: Check;
  revocation?: Check;
}

// Members whose change makes it another statement; a host may add, expand or drop the others.
const TELLING = ['issuedOn', 'expires'] as const;

function differing(inHand: Json, hosted: Json): string[] {
  const names: string[] = TELLING.filter((name) => JSON.stringify(inHand[name]) !== JSON.stringify(hosted[name]));
  if (idOf(inHand['badge']) !== idOf(hosted['badge'])) names.push('badge');
  const [a, b] = [inHand['recipient'], hosted['recipient']];
  const same =
    isObject(a) && isObject(b) && ['type', 'hashed', 'identity', 'salt'].every((name) => a[name] === b[name]);
  if (!same) names.push('recipient');
  return names;
}

/** Whether the host says that the assertion is revoked: 410 Gone, or a body with `revoked: true`. */
function revokedBy(status: number, body: string): { revoked: boolean; reason?: unknown } {
  const parsed = parseJson(body);
  const json = parsed.ok && isObject(parsed.json) ? parsed.json : {};
  return { revoked: status === 410 || json['revoked'] === true, reason: json['revocationReason'] };
}

/** Fetches the assertion from its own URL and compares it with the one in hand. */
export async function verifyHosted(assertion: Json, resolve: Resolve): Promise<HostedAnswer> {
  const id = String(assertion['id']);
  if (!/^https?:\/\//.test(id))
    return {
      signature: check(
        'signature',
        'fail',
        'hosted_without_url',
        'A hosted assertion must have a URL as its id, to be asked there.',
      ),
    };
  const seen: { status?: number; body?: string } = {};
  const watching: Resolve = async (url, accept) => {
    const document = await resolve(url, accept);
    Object.assign(seen, { status: document.status, body: document.body });
    return document;
  };
  const fetched = await fetchDocument(watching, id, ACCEPT_JSON);
  const verdict = revokedBy(seen.status ?? 0, seen.body ?? '');
  const revocation = verdict.revoked
    ? check('revocation', 'fail', 'revoked', 'The issuer has revoked this badge.', { reason: verdict.reason })
    : undefined;
  if (!fetched.found) {
    const code = revocation ? 'hosted_revoked' : `hosted_${fetched.why}`;
    return {
      signature: check(
        'signature',
        'unknown',
        code,
        `The assertion cannot be had from its issuer: ${fetched.sentence}`,
      ),
      revocation,
    };
  }
  const parsed = parseJson(fetched.document.body);
  if (!parsed.ok || !isObject(parsed.json))
    return {
      signature: check('signature', 'fail', 'hosted_unreadable', `${id} does not answer with an assertion.`),
      revocation,
    };
  const hosted = parsed.json;
  if (revocation)
    return { hosted, signature: check('signature', 'pass', 'hosted', `${id} answers for this badge.`), revocation };
  if (hosted['id'] !== id)
    return {
      hosted,
      signature: check('signature', 'fail', 'hosted_id_mismatch', `${id} answers with another assertion.`),
    };
  const changed = differing(assertion, hosted);
  if (changed.length > 0)
    return {
      hosted,
      signature: check(
        'signature',
        'fail',
        'hosted_differs',
        `This copy differs from what its issuer serves at ${id}.`,
        { members: changed },
      ),
    };
  return { hosted, signature: check('signature', 'pass', 'hosted', `The issuer serves this badge at ${id}.`) };
}

/** The issuer's claim on that URL. */
export function checkScope(assertion: Json, issuer: Json): Check {
  const id = String(assertion['id']);
  if (inScope(id, issuer))
    return check('issuer_key', 'pass', 'hosted_in_scope', `${String(issuer['id'])} hosts its assertions there.`);
  return check(
    'issuer_key',
    'fail',
    'hosted_out_of_scope',
    `${id} does not lie where ${String(issuer['id'])} hosts its assertions.`,
  );
}
