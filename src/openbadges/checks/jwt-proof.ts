// The proof around the credential: a JWS whose claims repeat what the credential says.
//
// For a badge or an endorsement the rules are those of Open Badges: only four header members, and `iss sub jti nbf` present
// and equal to their twins. For other credentials the claims may be left out, but a claim that differs from its twin is
// a token that shows one thing to one reader and another to the next. (The 1EdTech validator compares no claims and
// accepts badges without `sub`; the text of the specification is followed.)
//
// Open Badges 3.0 (1EdTech, April 2025) §8.2.2, §8.2.4, §8.2.5; Securing Verifiable Credentials using JOSE and COSE (W3C
// Recommendation, 15 May 2025) §3.1.

import { resolveJwtKey } from '../controllers/jwt-key.ts';
import type { MethodAnswer } from '../controllers/verification-method.ts';
import { OpenBadgesError, type OpenBadgesErrorCode } from '../errors.ts';
import { asArray } from '../parse-json.ts';
import { parseVcJwt, verifyVcJwt, type ParsedVcJwt } from '../proofs/vc-jwt.ts';
import { readClaims } from '../proofs/vc-jwt-claims.ts';
import type { JudgedProof } from './embedded-proof.ts';
import type { Examination, Json } from './examination.ts';

const BADGE_TYPES = ['OpenBadgeCredential', 'AchievementCredential', 'EndorsementCredential'];

function isBadge(credential: Json): boolean {
  return asArray(credential['type']).some((type) => BADGE_TYPES.includes(String(type)));
}

interface Verdict {
  mathematics: JudgedProof['mathematics'];
  code: OpenBadgesErrorCode | 'OK';
  message: string;
  warnings: string[];
}

/** What the header and the claims say that a badge must not, and what is merely odd. */
function contentFaults(parsed: ParsedVcJwt, credential: Json): Verdict | { warnings: string[] } {
  const strict = isBadge(credential);
  const bad = (code: OpenBadgesErrorCode, message: string): Verdict => ({
    mathematics: 'bad',
    code,
    message,
    warnings: [],
  });
  if (strict && parsed.departures.length > 0) return bad('ERR_OB_JWT_HEADER', parsed.departures[0]!.message);
  const { findings } = readClaims(parsed.payload);
  const relevant = findings.filter((one) => strict || one.kind === 'different' || one.kind === 'malformed');
  const fatal = relevant.find((one) => one.isFatal);
  if (fatal) return bad(fatal.code, fatal.message);
  return { warnings: relevant.map((one) => one.message) };
}

function verdictOf(parsed: ParsedVcJwt, trust: MethodAnswer, credential: Json): Verdict {
  const content = contentFaults(parsed, credential);
  if (!trust.key) {
    // Without its key a token whose claims contradict it is still a bad token.
    if ('mathematics' in content) return content;
    return { mathematics: 'unknown', code: 'ERR_OB_METHOD_UNREACHABLE', message: trust.sentence, warnings: [] };
  }
  try {
    verifyVcJwt(parsed, trust.key);
  } catch (error) {
    if (!(error instanceof OpenBadgesError)) throw error;
    return { mathematics: 'bad', code: error.code, message: error.message, warnings: [] };
  }
  if ('mathematics' in content) return content;
  return {
    mathematics: 'good',
    code: 'OK',
    message: 'The signature is the work of this key.',
    warnings: content.warnings,
  };
}

function judged(verdict: Verdict, header: Json, trust: MethodAnswer | undefined): JudgedProof {
  const status = verdict.mathematics;
  const told = {
    type: 'JWT',
    ...(typeof header['alg'] === 'string' && { cryptosuite: header['alg'] }),
    ...(typeof header['kid'] === 'string' && { verificationMethod: header['kid'].slice(0, 500) }),
  };
  return {
    result: { index: 0, status, code: verdict.code, message: verdict.message, ...told },
    mathematics: verdict.mathematics,
    trust,
    witness: false,
    warnings: verdict.warnings,
  };
}

/** Judges the JWS that a credential came in. */
export async function judgeJwt(exam: Examination): Promise<JudgedProof> {
  const { credential, issuer = '', at, options } = exam;
  let parsed: ParsedVcJwt;
  try {
    parsed = parseVcJwt(exam.jwt ?? '');
  } catch (error) {
    if (!(error instanceof OpenBadgesError)) throw error;
    return judged({ mathematics: 'bad', code: error.code, message: error.message, warnings: [] }, {}, undefined);
  }
  const trust = await resolveJwtKey(parsed.header, { resolve: options.resolve, issuer, at });
  return judged(verdictOf(parsed, trust, credential), parsed.header, trust);
}
