// The document in which an issuer says which keys speak for it: did:key and did:jwk from the id itself, did:web and
// https by asking for it.
//
// A document counts only when it says that it is the one asked for: without that a page anywhere could claim to speak
// for somebody else's id. Other DID methods in use are unsupported: "could not check", never "checked".
//
// Controlled Identifiers 1.0 (W3C Recommendation, 15 May 2025) §3.3 "Retrieve Verification Method", steps 2 to 7;
// did:key (W3C CCG, draft of 2 September 2022); did:jwk (draft of April 2022); did:web (6 May 2023).

import { fetchJson, type Resolve } from '../resolve.ts';
import { isObject, parseJson } from '../parse-json.ts';
import { didWebUrl } from './did-web.ts';

export interface ControllerDocument {
  id: string;
  json: Record<string, unknown>;
}

export type ControllerFault = 'unreachable' | 'absent' | 'unsupported' | 'malformed' | 'id_mismatch';
export type ControllerAnswer =
  { found: true; document: ControllerDocument } | { found: false; why: ControllerFault; sentence: string };

const refuse = (why: ControllerFault, sentence: string): ControllerAnswer => ({ found: false, why, sentence });

// DID methods in use (W3C DID Extensions, as of 2026) that somebody else can resolve. A method that nobody registered, or
// `did:example`, leads to no key for anybody: that is a fault of the proof and not a limit of this verifier.
const FOREIGN_METHODS: ReadonlySet<string> = new Set([
  ...['btcr', 'cheqd', 'dht', 'dock', 'ebsi', 'elem', 'ens', 'ethr', 'evan', 'hedera', 'indy', 'ion', 'iota', 'jnctn'],
  ...['kilt', 'onion', 'oyd', 'peer', 'pkh', 'plc', 'polygon', 'polygonid', 'prism', 'sidetree', 'sol', 'sov', 'stack'],
  ...['tdw', 'tezos', 'tz', 'v1', 'veres', 'webs', 'webvh', 'wba', 'velocity'],
]);
const RELATIONSHIPS = ['assertionMethod', 'authentication', 'capabilityInvocation', 'capabilityDelegation'];

function generated(id: string, method: Record<string, unknown>): ControllerAnswer {
  const relationships = RELATIONSHIPS.map((name) => [name, [method['id']]]);
  return {
    found: true,
    document: { id, json: { id, verificationMethod: [method], ...Object.fromEntries(relationships) } },
  };
}

function didKeyDocument(did: string): ControllerAnswer {
  const multibase = did.slice('did:key:'.length);
  if (!/^z[1-9A-HJ-NP-Za-km-z]{10,2000}$/.test(multibase)) return refuse('malformed', `${did} is not a did:key.`);
  const method = { id: `${did}#${multibase}`, type: 'Multikey', controller: did, publicKeyMultibase: multibase };
  return generated(did, method);
}

function didJwkDocument(did: string): ControllerAnswer {
  const encoded = did.slice('did:jwk:'.length);
  if (!/^[A-Za-z0-9_-]{10,4000}$/.test(encoded)) return refuse('malformed', 'The did:jwk is not base64url.');
  const parsed = parseJson(Buffer.from(encoded, 'base64url').toString('utf8'));
  if (!parsed.ok || !isObject(parsed.json)) return refuse('malformed', 'The did:jwk does not hold a JWK.');
  return generated(did, { id: `${did}#0`, type: 'JsonWebKey', controller: did, publicKeyJwk: parsed.json });
}

async function fetchedDocument(id: string, url: string, resolve: Resolve): Promise<ControllerAnswer> {
  const fetched = await fetchJson(
    resolve,
    url,
    'application/did+json, application/did+ld+json, application/json;q=0.9, application/ld+json;q=0.9',
  );
  if (!fetched.found) return refuse(fetched.why === 'unreadable' ? 'malformed' : fetched.why, fetched.sentence);
  if (fetched.json['id'] !== id)
    return refuse('id_mismatch', `The document at ${url} says it is ${shown(fetched.json['id'])}, not ${id}.`);
  return { found: true, document: { id, json: fetched.json } };
}

function shown(value: unknown): string {
  return typeof value === 'string' ? value.slice(0, 200) : 'without an id';
}

/**
 * The controller document of an id.
 * Takes an id without fragment and the resolver; gives the document, or why there is none. Never throws for a bad id.
 */
export async function resolveController(id: string, resolve: Resolve): Promise<ControllerAnswer> {
  if (id.startsWith('did:key:')) return didKeyDocument(id);
  if (id.startsWith('did:jwk:')) return didJwkDocument(id);
  if (id.startsWith('did:web:')) {
    const url = didWebUrl(id);
    if (url === undefined) return refuse('malformed', `${id.slice(0, 200)} is not a well-formed did:web.`);
    return fetchedDocument(id, url, resolve);
  }
  const method = /^did:([a-z0-9]+):./.exec(id)?.[1];
  if (method !== undefined && FOREIGN_METHODS.has(method))
    return refuse('unsupported', `Keys of the DID method "${method}" cannot be looked up here.`);
  if (URL.canParse(id) && /^https?:/i.test(id)) return fetchedDocument(id, id, resolve);
  return refuse('malformed', `${id.slice(0, 200)} is neither a DID nor an https URL, so no key can be found there.`);
}
