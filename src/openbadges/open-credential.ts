// Takes a credential out of what it came in: JSON, a compact JWS, or an envelope around one.
//
// Nothing is believed here. A JWS is only taken apart, its claims are set aside from the credential's own members, and
// what it says is judged later; the text that was signed is kept as it is.
//
// Open Badges 3.0 (1EdTech, April 2025) §8.2 "JSON Web Token Proof Format"; VC Data Model 2.0 (W3C Recommendation,
// 15 May 2025) §4.13 "Enveloped Verifiable Credentials"; 1.1 (3 March 2022) §6.3.1 "JWT Decoding".

import type { Json, Opened } from './checks/examination.ts';
import { contextsOf, VC_V1, VC_V2 } from './context-order.ts';
import { asArray, isObject, parseJson, withinLimits } from './parse-json.ts';

export interface OpenFault {
  fault: string;
  sentence: string;
}

const COMPACT_JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*$/;
const LONGEST_JWS = 3 * 1024 * 1024;

/** Claims that RFC 7519 §4.1 registers: they speak about the token and are no members of the credential. */
const CLAIMS = ['iss', 'sub', 'aud', 'exp', 'nbf', 'iat', 'jti', 'cnf'];

/** Whether a text has the form of a compact JWS. */
export function isCompactJws(text: string): boolean {
  return text.length <= LONGEST_JWS && COMPACT_JWS.test(text);
}

/** The claims of a JWS without any judgement; undefined when its payload is not a JSON object. */
export function claimsOf(jwt: string): Json | undefined {
  const parsed = parseJson(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString('utf8'));
  return parsed.ok && isObject(parsed.json) ? parsed.json : undefined;
}

function instantText(seconds: unknown): string | undefined {
  if (typeof seconds !== 'number' || Math.abs(seconds) > 8.64e12) return undefined;
  return new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** VCDM 1.1 §6.3.1: what stands only in the claims is put where the credential has it. */
function filled(vc: Json, claims: Json): Json {
  const credential: Json = { ...vc };
  // Only the older form is completed from its claims; a newer one has no business inside `vc`.
  if (asArray(vc['@context'])[0] !== VC_V1) return credential;
  if (credential['id'] === undefined && typeof claims['jti'] === 'string') credential['id'] = claims['jti'];
  if (credential['issuer'] === undefined && typeof claims['iss'] === 'string') credential['issuer'] = claims['iss'];
  const issued = instantText(claims['nbf']);
  if (credential['issuanceDate'] === undefined && issued !== undefined) credential['issuanceDate'] = issued;
  const subject = credential['credentialSubject'];
  if (isObject(subject) && subject['id'] === undefined && typeof claims['sub'] === 'string')
    credential['credentialSubject'] = { ...subject, id: claims['sub'] };
  return credential;
}

function openJws(jwt: string): Opened | OpenFault {
  if (!isCompactJws(jwt)) return { fault: 'not_a_jws', sentence: 'The text is not a compact JWS.' };
  const claims = claimsOf(jwt);
  if (claims === undefined) return { fault: 'jws_payload', sentence: 'The payload of the JWS is not a JSON object.' };
  if (isObject(claims['vc'])) return { credential: filled(claims['vc'], claims), jwt };
  return { credential: Object.fromEntries(Object.entries(claims).filter(([name]) => !CLAIMS.includes(name))), jwt };
}

/** The content of a data: URL that holds a credential or a presentation (VCDM 2.0 §4.13). */
export function openEnvelope(envelope: Json): Opened | OpenFault {
  const refuse = (sentence: string): OpenFault => ({ fault: 'envelope', sentence });
  const { id } = envelope;
  // §4.13.1: a context that defines the words of the envelope; only the base context of 2.0 does.
  if (!contextsOf(envelope).includes(VC_V2)) return refuse(`The @context of an envelope must include "${VC_V2}".`);
  if (typeof id !== 'string' || !id.startsWith('data:'))
    return refuse('The id of an enveloped credential must be a data: URL.');
  const comma = id.indexOf(',');
  if (comma < 0) return refuse('The data: URL of the envelope has no content.');
  const [mediaType = '', ...parameters] = id.slice('data:'.length, comma).toLowerCase().split(';');
  const content = parameters.includes('base64')
    ? Buffer.from(id.slice(comma + 1), 'base64').toString('utf8')
    : safeDecode(id.slice(comma + 1));
  if (/^(application\/(v[cp]\+)?jwt|text\/plain)$/.test(mediaType)) return openJws(content);
  if (/^application\/(v[cp]|ld\+json|json|v[cp]\+ld\+json)$/.test(mediaType)) return openText(content, false);
  return refuse(`An envelope of type "${mediaType.slice(0, 100)}" cannot be opened here.`);
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Opens JSON that was parsed already. `envelopes` is false inside an envelope: one is enough. */
export function openJson(json: unknown, envelopes = true): Opened | OpenFault {
  const bounds = withinLimits(json);
  if (!bounds.ok) return { fault: bounds.fault, sentence: bounds.sentence };
  if (typeof json === 'string') return openJws(json.trim());
  if (Array.isArray(json) && json.length !== 1)
    return { fault: 'several_credentials', sentence: 'A file holds exactly one credential; this is a list.' };
  const document: unknown = Array.isArray(json) ? json[0] : json;
  if (!isObject(document)) return { fault: 'not_an_object', sentence: 'A credential must be one JSON object.' };
  const enveloped = asArray(document['type']).includes('EnvelopedVerifiableCredential');
  if (enveloped && envelopes) return openEnvelope(document);
  return { credential: document };
}

/** Opens a text: a compact JWS or JSON. */
export function openText(text: string, envelopes = true): Opened | OpenFault {
  const trimmed = text.trim();
  if (isCompactJws(trimmed)) return openJws(trimmed);
  const parsed = parseJson(trimmed);
  if (!parsed.ok) return { fault: parsed.fault, sentence: parsed.sentence };
  return openJson(parsed.json, envelopes);
}
