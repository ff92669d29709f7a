// The claims of a VC-JWT and the credential they stand for. The same facts are said twice, as claims and as members; a
// token in which the two differ shows one thing to a program that reads claims and another to one that reads the badge,
// so each must equal its twin.
//
// Open Badges 3.0 (1EdTech, April 2025) §8.2.4 and §8.2.5; VC Data Model 1.1 (W3C Recommendation, 3 March 2022) §6.3.1
// (`vc`); RFC 7519 (May 2015) §2 NumericDate, §4.1.

import { VC_V1, VC_V2 } from '../contexts.ts';
import { OpenBadgesError } from '../errors.ts';
import { asArray, isObject } from '../parse-json.ts';
import { isDateTimeStamp } from './proof-options.ts';

type Json = Record<string, unknown>;

const REGISTERED = new Set(['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti']);

/** A claim that is missing or does not equal its twin. `isFatal`: by the specification the badge is not valid. */
export interface ClaimFinding {
  claim: string;
  code: 'ERR_OB_JWT_CLAIM';
  kind: 'missing' | 'different' | 'malformed' | 'version';
  isFatal: boolean;
  message: string;
}

export interface ReadClaims {
  /** The credential as its members say, its end set by `exp` when there is one. */
  credential: Json;
  version: '2.0' | '1.1';
  findings: ClaimFinding[];
}

interface Names {
  from: 'validFrom' | 'issuanceDate';
  until: 'validUntil' | 'expirationDate';
}

const NAMES: Record<ReadClaims['version'], Names> = {
  '2.0': { from: 'validFrom', until: 'validUntil' },
  '1.1': { from: 'issuanceDate', until: 'expirationDate' },
};

function finding(claim: string, kind: ClaimFinding['kind'], message: string, isFatal = true): ClaimFinding {
  return { claim, code: 'ERR_OB_JWT_CLAIM', kind, isFatal, message };
}

function idOf(value: unknown): unknown {
  return isObject(value) ? value.id : value;
}

function subjectIdOf(credential: Json): unknown {
  const subjects = asArray(credential.credentialSubject);
  return subjects.length === 1 && isObject(subjects[0]) ? subjects[0].id : undefined;
}

/** An instant in whole seconds since 1970, as a NumericDate without a fraction says it; nothing for what is no instant. */
function secondsOf(value: unknown): number | undefined {
  if (typeof value !== 'string' || !isDateTimeStamp(value)) return undefined;
  return Math.floor(Date.parse(value) / 1000);
}

const isNumericDate = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < 8.64e12;

function compareText(payload: Json, claim: string, twin: unknown, member: string): ClaimFinding[] {
  const value = payload[claim];
  if (value === undefined) return [finding(claim, 'missing', `The claim "${claim}" is missing; it equals ${member}.`)];
  if (typeof value !== 'string') return [finding(claim, 'malformed', `The claim "${claim}" must be a text.`)];
  return value === twin ? [] : [finding(claim, 'different', `The claim "${claim}" does not equal ${member}.`)];
}

function compareStart(payload: Json, credential: Json, member: string): ClaimFinding[] {
  const { nbf } = payload;
  if (nbf === undefined) return [finding('nbf', 'missing', `The claim "nbf" is missing; it equals ${member}.`)];
  if (!isNumericDate(nbf)) return [finding('nbf', 'malformed', 'The claim "nbf" must be seconds since 1970.')];
  const twin = secondsOf(credential[member]);
  return twin === Math.floor(nbf)
    ? []
    : [finding('nbf', 'different', `The claim "nbf" is not the instant of ${member}.`)];
}

function compareEnd(payload: Json, credential: Json, member: string): ClaimFinding[] {
  const { exp } = payload;
  const twin = credential[member];
  if (exp === undefined) {
    if (twin === undefined) return [];
    return [finding('exp', 'missing', `The claim "exp" is missing though ${member} is there.`, false)];
  }
  if (!isNumericDate(exp)) return [finding('exp', 'malformed', 'The claim "exp" must be seconds since 1970.')];
  if (twin === undefined || secondsOf(twin) === Math.floor(exp)) return [];
  return [finding('exp', 'different', `The claim "exp" is not the instant of ${member}, and takes its place.`, false)];
}

function withEnd(credential: Json, member: string, exp: unknown): Json {
  if (!isNumericDate(exp) || secondsOf(credential[member]) === Math.floor(exp)) return credential;
  return { ...credential, [member]: new Date(exp * 1000).toISOString().replace('.000Z', 'Z') };
}

function unwrap(payload: Json): { credential: Json; version: ReadClaims['version']; findings: ClaimFinding[] } {
  const isWrapped = Object.hasOwn(payload, 'vc');
  const version = isWrapped ? '1.1' : '2.0';
  if (isWrapped && !isObject(payload.vc)) {
    return { credential: {}, version, findings: [finding('vc', 'malformed', 'The claim "vc" must be an object.')] };
  }
  const own = Object.entries(payload).filter(([name]) => !REGISTERED.has(name));
  const credential = isWrapped ? (payload.vc as Json) : Object.fromEntries(own);
  const [context] = asArray(credential['@context']);
  const expected = isWrapped ? VC_V1 : VC_V2;
  if (context === expected) return { credential, version, findings: [] };
  const place = isWrapped ? 'in the claim "vc"' : 'at the top level of the claims';
  const message = `A credential ${place} has ${expected} as its first context.`;
  return { credential, version, findings: [finding('vc', 'version', message)] };
}

/**
 * Takes the payload of a VC-JWT, gives the credential, the version of its data model, and every claim that is not as it
 * must be. Whether an instant has passed is for the caller, who has a clock.
 */
export function readClaims(payload: Json): ReadClaims {
  const { credential, version, findings } = unwrap(payload);
  const { from, until } = NAMES[version];
  findings.push(
    ...compareText(payload, 'iss', idOf(credential.issuer), "the issuer's id"),
    ...compareText(payload, 'sub', subjectIdOf(credential), "the subject's id"),
    ...compareText(payload, 'jti', credential.id, "the credential's id"),
    ...compareStart(payload, credential, from),
    ...compareEnd(payload, credential, until),
  );
  return { credential: withEnd(credential, until, payload.exp), version, findings };
}

function required(value: unknown, claim: string, member: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new OpenBadgesError('ERR_OB_JWT_CLAIM', `A JWT needs the claim "${claim}": give the credential ${member}.`);
}

/** Of a credential that is no badge, the claims that have a twin; a fraction of a second is left to the member. */
function claimsPresent(credential: Json, { from, until }: Names): Json {
  const [issuer, subject] = [idOf(credential.issuer), subjectIdOf(credential)];
  const [nbf, exp] = [secondsOf(credential[from]), secondsOf(credential[until])];
  return {
    ...(typeof issuer === 'string' && { iss: issuer }),
    ...(typeof credential.id === 'string' && { jti: credential.id }),
    ...(nbf !== undefined && { nbf }),
    ...(typeof subject === 'string' && { sub: subject }),
    ...(exp !== undefined && { exp }),
  };
}

function numericDate(value: unknown, member: string): number {
  const seconds = secondsOf(value);
  if (seconds !== undefined && Date.parse(value as string) === seconds * 1000) return seconds;
  const what = `"${member}" must be an instant in whole seconds with its zone: a JWT cannot say more.`;
  throw new OpenBadgesError('ERR_OB_JWT_CLAIM', what, { pointer: `/${member}` });
}

/**
 * Takes a credential, gives the payload of its VC-JWT. `wanted` is `all` for badges, which must have every claim (throws
 * ERR_OB_JWT_CLAIM naming the member that is missing), or `present` for other credentials (VC-JOSE-COSE, W3C
 * Recommendation 15 May 2025, §3.1.3: claims are optional).
 */
export function buildClaims(credential: Json, wanted: 'all' | 'present' = 'all'): Json {
  const version = asArray(credential['@context'])[0] === VC_V1 ? '1.1' : '2.0';
  const claims = wanted === 'all' ? allClaims(credential, NAMES[version]) : claimsPresent(credential, NAMES[version]);
  return version === '1.1' ? { vc: credential, ...claims } : { ...credential, ...claims };
}

function allClaims(credential: Json, { from, until }: Names): Json {
  return {
    iss: required(idOf(credential.issuer), 'iss', 'an issuer with an id'),
    jti: required(credential.id, 'jti', 'an id'),
    nbf: numericDate(credential[from], from),
    sub: required(subjectIdOf(credential), 'sub', 'one subject with an id'),
    ...(credential[until] !== undefined && { exp: numericDate(credential[until], until) }),
  };
}
