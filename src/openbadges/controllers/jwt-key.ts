// Finds the key of a VC-JWT and whether the issuer publishes it.
//
// A JWT brings its own key (`jwk`) or the address of one (`kid`); both are the signer's word, and a forger signs with a
// key of his own. So the key must also stand where only the issuer can put it: in the issuer's DID or controller
// document, or in the key set at the well-known address of the authority of the issuer's id. There it is also looked for
// by its address when that gives no key: what is withdrawn or denied reads as it does for a proof in the document.
//
// Open Badges 3.0 (April 2025) §8.2.2 "JOSE Header"; implementation guide, "Key provenance"; RFC 7517; RFC 7638.

import type { KeyObject } from 'node:crypto';
import { jwkThumbprint, publicJwk, publicKeyFromJwk } from '../keys.ts';
import { asArray, isObject } from '../parse-json.ts';
import { fetchJson, type FetchedJson, type Resolve } from '../resolve.ts';
import { resolveController } from './controller-document.ts';
import { authorityOf } from './did-web.ts';
import { keyOfMethod } from './method-key.ts';
import { findMethod, resolveMethod, revokedSentence, type MethodAnswer } from './verification-method.ts';

export interface JwtKeyQuery {
  resolve: Resolve;
  issuer: string;
  at: Date;
  /** Why the key must be published: `assertionMethod` unless said otherwise (a presentation: `authentication`). */
  purpose?: string;
}

type Jwk = Record<string, unknown>;
const ACCEPT_JWK = 'application/jwk+json, application/jwk-set+json, application/json;q=0.9';
const ACCEPT_SET = 'application/jwk-set+json, application/json;q=0.9';
const MOST_KEYS = 100;

const answer = (
  id: string,
  trust: MethodAnswer['trust'],
  code: string,
  sentence: string,
  key?: KeyObject,
): MethodAnswer => ({
  id,
  trust,
  code,
  sentence,
  ...(key && { key }),
});

function readJwk(jwk: unknown): { key: KeyObject; thumbprint: string } | string {
  if (!isObject(jwk)) return 'It is not a JWK.';
  try {
    const key = publicKeyFromJwk(jwk);
    return { key, thumbprint: thumbprintOf(key) };
  } catch (error) {
    return (error as Error).message;
  }
}

function thumbprintOf(key: KeyObject): string {
  return jwkThumbprint(publicJwk(key));
}

/** What stands at an https `kid`: a bare JWK, a key set, or a controller document that embeds the method. */
function keyAt(json: Jwk, kid: string): unknown {
  if (typeof json['kty'] === 'string') return json;
  if (Array.isArray(json['keys'])) {
    const keys = json['keys'].slice(0, MOST_KEYS).filter(isObject);
    const short = kid.split('#')[1];
    return (
      keys.find((jwk) => jwk['kid'] === kid || (short !== undefined && jwk['kid'] === short)) ??
      (keys.length === 1 ? keys[0] : undefined)
    );
  }
  const found = findMethod(json, kid.split('#', 1)[0]!, kid, 'assertionMethod');
  return found?.method['publicKeyJwk'];
}

type Witness = 'publishes' | 'denies' | 'silent' | 'unreachable';
interface Testimony {
  witness: Witness;
  sentence: string;
  code?: string;
}

function keyIn(keys: unknown[], thumbprint: string): Jwk | undefined {
  return keys
    .slice(0, MOST_KEYS)
    .filter(isObject)
    .find((jwk) => {
      const read = readJwk(jwk);
      return typeof read !== 'string' && read.thumbprint === thumbprint;
    });
}

/** The key set at the well-known address of the issuer's authority. */
async function askKeySet(thumbprint: string, query: JwtKeyQuery): Promise<Testimony> {
  const authority = authorityOf(query.issuer);
  if (authority === undefined) return { witness: 'silent', sentence: `No host speaks for ${query.issuer}.` };
  const url = `https://${authority}/.well-known/jwks.json`;
  const fetched = await fetchJson(query.resolve, url, ACCEPT_SET);
  if (!fetched.found)
    return { witness: fetched.why === 'absent' ? 'silent' : 'unreachable', sentence: fetched.sentence };
  const jwk = keyIn(asArray(fetched.json['keys']), thumbprint);
  if (jwk === undefined) return { witness: 'denies', sentence: `${url} does not hold the key.` };
  if (jwk['iss'] !== undefined && jwk['iss'] !== query.issuer)
    return { witness: 'denies', code: 'key_of_another_issuer', sentence: `${url} gives the key to another issuer.` };
  return { witness: 'publishes', sentence: `${url} publishes the key.` };
}

/** The issuer's own document: its methods for assertions, compared by value. */
async function askDocument(thumbprint: string, query: JwtKeyQuery): Promise<Testimony> {
  const controller = await resolveController(query.issuer, query.resolve);
  if (!controller.found) {
    const open = controller.why === 'unreachable' || controller.why === 'unsupported';
    return { witness: open ? 'unreachable' : 'silent', sentence: controller.sentence };
  }
  const { id, json } = controller.document;
  const methods = [...asArray(json['verificationMethod']), ...asArray(json[query.purpose ?? 'assertionMethod'])]
    .filter(isObject)
    .slice(0, MOST_KEYS);
  for (const method of methods) {
    const material = keyOfMethod(method);
    if (!material.ok || thumbprintOf(material.key) !== thumbprint) continue;
    const rawId = String(method['id']);
    const judged = await resolveMethod(rawId.startsWith('#') ? id + rawId : rawId, {
      resolve: query.resolve,
      controller: query.issuer,
      purpose: query.purpose ?? 'assertionMethod',
      at: query.at,
    });
    return { witness: judged.trust === 'pass' ? 'publishes' : 'denies', code: judged.code, sentence: judged.sentence };
  }
  if (methods.length === 0) return { witness: 'silent', sentence: `${id} publishes no keys.` };
  return { witness: 'denies', sentence: `${id} does not list the key.` };
}

/** Asks both places where only the issuer can put a key: one that publishes it is enough. */
async function provenance(id: string, key: KeyObject, query: JwtKeyQuery): Promise<MethodAnswer> {
  const thumbprint = thumbprintOf(key);
  const document = await askDocument(thumbprint, query);
  if (document.witness === 'publishes') return answer(id, 'pass', 'key_published', document.sentence, key);
  const revoked = document.code === 'key_revoked' || document.code === 'key_expired';
  if (revoked) return answer(id, 'fail', document.code!, document.sentence, key);
  const keySet = await askKeySet(thumbprint, query);
  if (keySet.witness === 'publishes') return answer(id, 'pass', 'key_published', keySet.sentence, key);
  const denial = [keySet, document].find((testimony) => testimony.witness === 'denies');
  if (denial) return answer(id, 'fail', denial.code ?? 'key_not_listed', denial.sentence, key);
  const open = [keySet, document].find((testimony) => testimony.witness === 'unreachable');
  if (open)
    return answer(
      id,
      'unknown',
      'key_not_confirmed',
      `Nothing shows yet that the key belongs to ${query.issuer}: ${open.sentence}`,
      key,
    );
  return answer(
    id,
    'fail',
    'key_not_published',
    `${query.issuer} publishes no key, so the signer cannot be shown to be the issuer.`,
    key,
  );
}

interface Named {
  method?: MethodAnswer;
  /** Whether any place was at hand in which the issuer names keys. */
  wasAsked: boolean;
}

/**
 * Whether a method is the key of this address. One that is revoked may be there by name alone, without its key: then the
 * name is the last part of the address (both are the thumbprint, RFC 7638, where keys are named by it).
 */
function isNamed(method: Jwk, kid: string): boolean {
  if (isObject(method['publicKeyJwk'])) return method['publicKeyJwk']['kid'] === kid;
  const name = String(method['id']).split('#')[1];
  return method['revoked'] !== undefined && name !== undefined && name !== '' && kid.endsWith(`/${name}`);
}

/** Looks for a key by its address in the two places where only the issuer can put one. */
async function named(kid: string, query: JwtKeyQuery): Promise<Named> {
  const purpose = query.purpose ?? 'assertionMethod';
  const controller = await resolveController(query.issuer, query.resolve);
  const { id = '', json = {} } = controller.found ? controller.document : {};
  const methods = [...asArray(json['verificationMethod']), ...asArray(json[purpose])].filter(isObject);
  const method = methods.slice(0, MOST_KEYS).find((one) => isNamed(one, kid));
  if (method) {
    const rawId = String(method['id']);
    const methodId = rawId.startsWith('#') ? id + rawId : rawId;
    const { resolve, at } = query;
    const judged = await resolveMethod(methodId, { resolve, controller: query.issuer, purpose, at });
    return { method: judged, wasAsked: true };
  }
  const authority = authorityOf(query.issuer);
  const fetched =
    authority && (await fetchJson(query.resolve, `https://${authority}/.well-known/jwks.json`, ACCEPT_SET));
  const keys = fetched && fetched.found ? asArray(fetched.json['keys']).slice(0, MOST_KEYS) : [];
  const read = readJwk(keys.find((jwk) => isObject(jwk) && jwk['kid'] === kid));
  if (typeof read !== 'string') return { method: await provenance(kid, read.key, query), wasAsked: true };
  return { wasAsked: methods.length > 0 || keys.length > 0 };
}

/**
 * The address of the key gives no key. The issuer may name it elsewhere; if not, an address that says that there is none,
 * beside keys of the issuer that are others, settles the matter, and one that cannot be reached leaves it open: the key may
 * stand among the issuer's under another name.
 */
async function withoutKeyDocument(
  kid: string,
  fetched: Extract<FetchedJson, { found: false }>,
  query: JwtKeyQuery,
): Promise<MethodAnswer> {
  if (fetched.why === 'unreadable') return answer(kid, 'fail', 'key_document_malformed', fetched.sentence);
  const { method, wasAsked } = await named(kid, query);
  if (method) return method;
  // RFC 9110 §15.5.11: it was there and was taken away for good, which is how a bare JWK is revoked.
  if (fetched.withdrawn) return answer(kid, 'fail', 'key_revoked', revokedSentence(kid));
  if (fetched.why === 'absent' && wasAsked)
    return answer(kid, 'fail', 'key_not_listed', `${query.issuer} does not hold the key ${kid}.`);
  return answer(kid, 'unknown', `key_document_${fetched.why}`, fetched.sentence);
}

async function byUrl(kid: string, query: JwtKeyQuery): Promise<MethodAnswer> {
  const fetched = await fetchJson(query.resolve, kid.split('#', 1)[0]!, ACCEPT_JWK);
  if (!fetched.found) return withoutKeyDocument(kid, fetched, query);
  const jwk = keyAt(fetched.json, kid);
  const read = readJwk(jwk);
  if (typeof read === 'string')
    return answer(kid, 'fail', 'key_malformed', `${kid} gives no usable public key: ${read}`);
  const iss = isObject(jwk) ? jwk['iss'] : undefined;
  if (iss !== undefined && iss !== query.issuer)
    return answer(kid, 'fail', 'key_of_another_issuer', `${kid} says that it is the key of another issuer.`, read.key);
  return provenance(kid, read.key, query);
}

async function byKid(kid: unknown, query: JwtKeyQuery): Promise<MethodAnswer> {
  if (typeof kid !== 'string' || kid.length > 4000)
    return answer(String(kid).slice(0, 200), 'fail', 'kid_malformed', 'The kid must be a URL.');
  if (/^https?:\/\//i.test(kid)) return byUrl(kid, query);
  if (kid.startsWith('did:'))
    return resolveMethod(kid, {
      resolve: query.resolve,
      controller: query.issuer,
      purpose: query.purpose ?? 'assertionMethod',
      at: query.at,
    });
  return answer(
    kid.slice(0, 200),
    'fail',
    'kid_malformed',
    'The kid is neither an https URL nor a DID URL, so no key can be found by it.',
  );
}

/**
 * Finds the key of a VC-JWT.
 * Takes the JOSE header and the issuer's id; gives the key and whether the issuer publishes it. With both `kid` and
 * `jwk` the two must be one key (§8.2.2 leaves it open; a difference can only mislead).
 */
export async function resolveJwtKey(header: Record<string, unknown>, query: JwtKeyQuery): Promise<MethodAnswer> {
  const { kid, jwk } = header;
  if (kid === undefined && jwk === undefined)
    return answer('', 'fail', 'key_missing', 'The JOSE header has neither kid nor jwk.');
  if (jwk === undefined) return byKid(kid, query);
  const read = readJwk(jwk);
  if (typeof read === 'string')
    return answer('jwk', 'fail', 'key_malformed', `The jwk in the header cannot be used: ${read}`);
  if (kid === undefined) return provenance(`jwk ${read.thumbprint}`, read.key, query);
  const byName = await byKid(kid, query);
  if (byName.key && thumbprintOf(byName.key) !== read.thumbprint)
    return answer(
      byName.id,
      'fail',
      'key_ambiguous',
      'The header brings one key in jwk and names another by kid.',
      byName.key,
    );
  if (byName.key || byName.code === 'key_revoked') return byName;
  return provenance(byName.id, read.key, query);
}
