// A presentation: its holder's proof, answering a challenge where one was set, and the credentials inside.
//
// The proof of a presentation shows that whoever sent it holds the holder's key now; without a challenge it could have
// been copied. The credentials inside are judged each by itself.
//
// VC Data Model 2.0 (W3C Recommendation, 15 May 2025) §4.13 "Verifiable Presentations", §7.1; VC Data Integrity 1.0
// (15 May 2025) §4.4 (challenge, domain).

import { judgeProofs, rank, type JudgedProof } from './checks/embedded-proof.ts';
import { issuerIdOf, type Json, type VerifyOptions } from './checks/examination.ts';
import { judgePresentationJwt } from './checks/presentation-jwt.ts';
import { contextsOf, VC_V1, VC_V2 } from './context-order.ts';
import { OpenBadgesError } from './errors.ts';
import { claimsOf, openEnvelope } from './open-credential.ts';
import { asArray, isObject, withinLimits } from './parse-json.ts';
import { canonicalize } from './rdf/canonicalize.ts';
import { check, orderChecks, outcomeOf, worse, type Check, type Report } from './report.ts';
import { unreadable, verifyCredential } from './verify.ts';

export interface PresentationOptions extends VerifyOptions {
  challenge?: string;
  domain?: string | readonly string[];
  /** The JWS around the presentation, when it came in one. */
  jwt?: string | undefined;
}

/** A presentation as it lies open, with the JWS that it came in. */
export interface OpenedPresentation {
  presentation: Json;
  jwt?: string;
}

export interface PresentationReport {
  /** Faults of the presentation's own shape. */
  faults: string[];
  proofs: JudgedProof[];
  credentials: Report[];
  holder: string | undefined;
}

const MOST_CREDENTIALS = 20;
const PRESENTATION_CLAIMS = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'cnf'];

function holderOf(presentation: Json): string | undefined {
  const { holder } = presentation;
  const id = isObject(holder) ? holder['id'] : holder;
  return typeof id === 'string' ? id : undefined;
}

function isUrl(text: unknown): boolean {
  return typeof text === 'string' && /^[a-zA-Z][a-zA-Z0-9+.-]*:[^\s]+$/.test(text);
}

/** Everything about the shape of a presentation that VCDM asks for. */
async function shapeFaults(presentation: Json): Promise<string[]> {
  const faults: string[] = [];
  const bounds = withinLimits(presentation);
  if (!bounds.ok) return [bounds.sentence];
  const [first] = contextsOf(presentation);
  if (first !== VC_V2 && first !== VC_V1) faults.push(`The first @context of a presentation must be "${VC_V2}".`);
  if (!asArray(presentation['type']).includes('VerifiablePresentation'))
    faults.push('type must include VerifiablePresentation.');
  if (presentation['id'] !== undefined && !isUrl(presentation['id'])) faults.push('id must be a URL.');
  if (presentation['holder'] !== undefined && !isUrl(holderOf(presentation)))
    faults.push('holder must be a URL or an object with one as its id.');
  const credentials = asArray(presentation['verifiableCredential']);
  if (!credentials.every((one) => isObject(one) || typeof one === 'string'))
    faults.push('verifiableCredential must hold credentials.');
  if (first === VC_V2 && credentials.some((one) => typeof one === 'string'))
    faults.push('A credential in a presentation is an object; a JWT stands in an EnvelopedVerifiableCredential.');
  if (faults.length > 0) return faults;
  const { proof: _, ...unsecured } = presentation;
  try {
    await canonicalize(unsecured);
  } catch (error) {
    if (!(error instanceof OpenBadgesError)) throw error;
    if (error.code !== 'ERR_OB_CONTEXT_UNKNOWN') faults.push(error.message);
  }
  return faults;
}

/** Whether the holder himself says it here: then the proof of the presentation covers it too (§4.13.4). */
function isSelfAsserted(credential: unknown, presentation: Json): boolean {
  const holder = holderOf(presentation);
  return isObject(credential) && holder !== undefined && issuerIdOf(credential) === holder;
}

/** Who must have signed: the holder, or, when none is named, whoever the proof's key belongs to. */
function signerOf(presentation: Json): string | undefined {
  const named = holderOf(presentation);
  if (named !== undefined) return named;
  const [proof] = asArray(presentation['proof']);
  const method = isObject(proof) ? proof['verificationMethod'] : undefined;
  return typeof method === 'string' ? method.split('#', 1)[0] : undefined;
}

/**
 * Verifies a presentation.
 * Takes it as parsed JSON and the options, with the challenge and domain that were set; gives what was found of its
 * shape, each of its proofs and each credential in it. Never throws for what a stranger sent.
 */
export async function verifyPresentation(
  presentation: Json,
  options: PresentationOptions,
): Promise<PresentationReport> {
  const faults = await shapeFaults(presentation);
  const at = options.at ?? options.now;
  const { challenge, domain } = options;
  const asked = { resolve: options.resolve, at, challenge, domain };
  const proofs: JudgedProof[] = [];
  if (options.jwt !== undefined)
    proofs.push(await judgePresentationJwt(options.jwt, { ...asked, holder: holderOf(presentation) }));
  if (presentation['proof'] !== undefined)
    proofs.push(
      ...(await judgeProofs(presentation, {
        ...asked,
        controller: signerOf(presentation),
        purpose: 'authentication',
      })),
    );
  const worst =
    proofs.length === 0 ? undefined : proofs.reduce((one, other) => (rank(other) < rank(one) ? other : one));
  const credentials: Report[] = [];
  const inside = asArray(presentation['verifiableCredential']);
  if (inside.length > MOST_CREDENTIALS)
    faults.push(`At most ${MOST_CREDENTIALS} credentials of a presentation are verified.`);
  for (const credential of inside.slice(0, MOST_CREDENTIALS))
    credentials.push(
      await verifyCredential(
        { json: credential },
        { ...options, ...(isSelfAsserted(credential, presentation) && { securedBy: worst }) },
      ),
    );
  return { faults, proofs, credentials, holder: holderOf(presentation) };
}

/** Whether the holder's proof is good: every one of them, since each was put there to be relied on. */
export function isProven(report: PresentationReport): boolean {
  return report.proofs.length > 0 && report.proofs.every((one) => rank(one) === 4);
}

function merge(reports: Report[]): Check[] {
  const [first] = reports as [Report];
  return first.checks.map((one, position) => {
    const all = reports.map((report) => report.checks[position]!);
    const status = all.map((each) => each.status).reduce(worse);
    const decisive = all.find((each) => each.status === status) ?? one;
    return reports.length === 1
      ? decisive
      : { ...decisive, details: { ...decisive.details, credential: all.indexOf(decisive) } };
  });
}

/** The check of the presentation's own proof, put before the credentials' signature when it is not good. */
function presentationFault(report: PresentationReport): Check | undefined {
  if (report.faults.length > 0)
    return check('schema', 'fail', 'presentation_malformed', `The presentation is not in order: ${report.faults[0]!}`, {
      faults: report.faults,
    });
  const bad = report.proofs.find((one) => rank(one) < 4);
  if (!bad) return undefined;
  const open = bad.mathematics !== 'bad' && bad.trust?.trust !== 'fail';
  return check(
    'signature',
    open ? 'unknown' : 'fail',
    'presentation_proof',
    `The proof of the presentation ${open ? 'could not be checked' : 'is not good'}: ${bad.result.message}`,
  );
}

/** The one report on a presentation that was handed in like a badge: the worst of what it holds. */
export async function reportPresentation(opened: OpenedPresentation, options: VerifyOptions): Promise<Report> {
  const at = options.at ?? options.now;
  const report = await verifyPresentation(opened.presentation, { ...options, jwt: opened.jwt });
  if (report.credentials.length === 0)
    return unreadable('presentation_empty', 'The presentation holds no credential.', at);
  const fault = presentationFault(report);
  const merged = merge(report.credentials);
  const checks = orderChecks(
    merged.map((one) =>
      fault && one.id === fault.id && worse(one.status, fault.status) === fault.status ? fault : one,
    ),
    'Not reached.',
  );
  const [first] = report.credentials as [Report];
  const issuer = first.credential && issuerIdOf(first.credential) !== undefined ? first.issuer : undefined;
  return {
    outcome: outcomeOf(checks),
    checks,
    credential: first.credential,
    ...(issuer && { issuer }),
    checkedAt: at.toISOString(),
  };
}

/** Whether a value is a presentation by its type, enveloped ones included. */
export function isPresentation(json: unknown): json is Json {
  return (
    isObject(json) &&
    asArray(json['type']).some(
      (type) => type === 'VerifiablePresentation' || type === 'EnvelopedVerifiablePresentation',
    )
  );
}

/** The presentation inside a JWS: at the top level of its claims, or in `vp` as VCDM 1.1 has it. */
export function presentationOfJwt(jwt: string): OpenedPresentation | undefined {
  const claims = claimsOf(jwt);
  if (claims === undefined) return undefined;
  if (isObject(claims['vp'])) return { presentation: claims['vp'], jwt };
  const own = Object.entries(claims).filter(([name]) => !PRESENTATION_CLAIMS.includes(name));
  const presentation = Object.fromEntries(own);
  return isPresentation(presentation) ? { presentation, jwt } : undefined;
}

/** Opens a presentation that came in an envelope; gives others back as they are. */
export function openPresentation(json: Json): OpenedPresentation | undefined {
  if (!asArray(json['type']).includes('EnvelopedVerifiablePresentation')) return { presentation: json };
  const opened = openEnvelope(json);
  if ('fault' in opened) return undefined;
  return opened.jwt === undefined ? { presentation: opened.credential } : presentationOfJwt(opened.jwt);
}
