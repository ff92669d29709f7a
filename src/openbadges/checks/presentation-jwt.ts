// The JWS around a presentation: the holder's own signature, answering the nonce and made for the audience that was set.
//
// It is held to less than a badge's JWS: Open Badges says nothing of presentations. What the claims say of the holder must
// still be what the presentation says.
//
// Securing Verifiable Credentials using JOSE and COSE (W3C Recommendation, 15 May 2025) §3.1.2; RFC 7519 (May 2015) §4.1;
// VC Data Model 2.0 (15 May 2025) §4.13.2 "Enveloped Verifiable Presentations".

import { resolveJwtKey } from '../controllers/jwt-key.ts';
import type { MethodAnswer } from '../controllers/verification-method.ts';
import { OpenBadgesError, type OpenBadgesErrorCode } from '../errors.ts';
import { asArray } from '../parse-json.ts';
import { parseVcJwt, verifyVcJwt, type ParsedVcJwt } from '../proofs/vc-jwt.ts';
import type { Resolve } from '../resolve.ts';
import type { JudgedProof } from './embedded-proof.ts';

export interface PresentationJwtQuery {
  resolve: Resolve;
  at: Date;
  /** The holder that the presentation names. */
  holder: string | undefined;
  challenge: string | undefined;
  domain: string | readonly string[] | undefined;
}

type Verdict = Pick<JudgedProof, 'mathematics'> & { code: OpenBadgesErrorCode | 'OK'; message: string };

const bad = (code: OpenBadgesErrorCode, message: string): Verdict => ({ mathematics: 'bad', code, message });

function isPast(seconds: unknown, at: Date): boolean {
  return seconds !== undefined && !(typeof seconds === 'number' && seconds * 1000 > at.getTime());
}

/** What the claims say that must not be, or undefined. */
function claimFault({ payload }: ParsedVcJwt, holder: string, query: PresentationJwtQuery): Verdict | undefined {
  const { iss, aud, nonce, nbf, exp } = payload;
  if (iss !== undefined && iss !== holder)
    return bad('ERR_OB_JWT_CLAIM', 'The claim "iss" is not the holder of the presentation.');
  if (query.challenge !== undefined && nonce !== query.challenge)
    return bad('ERR_OB_PROOF_CHALLENGE', 'The presentation does not answer the challenge that was set.');
  const wanted = query.domain === undefined ? [] : [query.domain].flat();
  if (!wanted.every((domain) => asArray(aud).includes(domain)))
    return bad('ERR_OB_PROOF_DOMAIN', 'The presentation was made for another domain.');
  if (isPast(exp, query.at)) return bad('ERR_OB_PROOF_EXPIRED', 'The presentation is out of date.');
  if (nbf !== undefined && !(typeof nbf === 'number' && nbf * 1000 <= query.at.getTime()))
    return bad('ERR_OB_JWT_CLAIM', 'The presentation is not valid yet.');
  return undefined;
}

function verdictOf(parsed: ParsedVcJwt, trust: MethodAnswer, fault: Verdict | undefined): Verdict {
  if (fault) return fault;
  if (!trust.key) return { mathematics: 'unknown', code: 'ERR_OB_METHOD_UNREACHABLE', message: trust.sentence };
  try {
    verifyVcJwt(parsed, trust.key);
  } catch (error) {
    if (!(error instanceof OpenBadgesError)) throw error;
    return bad(error.code, error.message);
  }
  return { mathematics: 'good', code: 'OK', message: 'The signature is the work of this key.' };
}

function judged({ mathematics, code, message }: Verdict, trust: MethodAnswer | undefined): JudgedProof {
  return {
    result: { index: 0, status: mathematics, code, message, type: 'JWT' },
    mathematics,
    trust,
    witness: false,
    warnings: [],
  };
}

/** Judges the JWS of a presentation: its signature, whose key it is, and its claims. Never throws for a bad one. */
export async function judgePresentationJwt(jwt: string, query: PresentationJwtQuery): Promise<JudgedProof> {
  let parsed: ParsedVcJwt;
  try {
    parsed = parseVcJwt(jwt);
  } catch (error) {
    if (!(error instanceof OpenBadgesError)) throw error;
    return judged(bad(error.code, error.message), undefined);
  }
  const { iss } = parsed.payload;
  const named = query.holder ?? (typeof iss === 'string' ? iss : undefined);
  // Nobody is named: then whoever the key belongs to presents it.
  const holder = named ?? parsed.header.kid?.split('#', 1)[0] ?? '';
  const { resolve, at } = query;
  const trust = await resolveJwtKey(parsed.header, { resolve, issuer: holder, at, purpose: 'authentication' });
  return judged(verdictOf(parsed, trust, claimFault(parsed, holder, query)), trust);
}
