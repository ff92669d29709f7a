// The JSON-LD contexts we know, bundled. A context decides what every signed word means, so whoever could change one on
// the way to us could change the badge under a good signature; and a verifier that fetches contexts tells strangers
// what it verifies. Hence: nothing is fetched, ever (VC Data Integrity 1.0, W3C Recommendation 15 May 2025, §2.4.1 and
// §4.6: contexts known beforehand). Deep-frozen, because one changed object would change every later answer.
//
// `context-3.0.3.json` was changed in place by its publisher (`endorsementJwt` and `jti` were added); this is the newer.

import { readFileSync } from 'node:fs';
import { OpenBadgesError } from './errors.ts';

export const VC_V2 = 'https://www.w3.org/ns/credentials/v2';
export const VC_V1 = 'https://www.w3.org/2018/credentials/v1';
export const OB_V3 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
export const OB_EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
export const DATA_INTEGRITY_V2 = 'https://w3id.org/security/data-integrity/v2';
export const ED25519_2020_V1 = 'https://w3id.org/security/suites/ed25519-2020/v1';

const FILES: readonly (readonly [url: string, file: string])[] = [
  [VC_V2, 'credentials-v2'],
  [VC_V1, 'credentials-v1'],
  [OB_V3, 'ob-v3p0-3.0.3'],
  ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json', 'ob-v3p0-3.0.2'],
  ['https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.1.json', 'ob-v3p0-3.0.1'],
  ['https://purl.imsglobal.org/spec/ob/v3p0/context.json', 'ob-v3p0'],
  [OB_EXTENSIONS, 'ob-v3p0-extensions'],
  ['https://w3id.org/openbadges/v2', 'openbadges-v2'],
  [DATA_INTEGRITY_V2, 'data-integrity-v2'],
  ['https://w3id.org/security/data-integrity/v1', 'data-integrity-v1'],
  ['https://w3id.org/security/multikey/v1', 'multikey-v1'],
  ['https://w3id.org/security/jwk/v1', 'jwk-v1'],
  [ED25519_2020_V1, 'ed25519-2020-v1'],
  ['https://w3id.org/security/suites/ed25519-2018/v1', 'ed25519-2018-v1'],
  ['https://w3id.org/security/suites/x25519-2020/v1', 'x25519-2020-v1'],
  ['https://w3id.org/security/v1', 'security-v1'],
  ['https://w3id.org/security/v2', 'security-v2'],
  ['https://www.w3.org/ns/did/v1', 'did-v1'],
  ['https://w3id.org/did/v1', 'did-v1'],
  ['https://www.w3.org/ns/credentials/status/v1', 'credentials-status-v1'],
  ['https://w3id.org/vc/status-list/2021/v1', 'status-list-2021-v1'],
  ['https://www.w3.org/ns/credentials/undefined-terms/v2', 'credentials-undefined-terms-v2'],
  ['https://www.w3.org/ns/credentials/examples/v2', 'credentials-examples-v2'],
  ['https://www.w3.org/2018/credentials/examples/v1', 'credentials-examples-v1'],
  ['https://www.w3.org/ns/odrl.jsonld', 'odrl'],
  ['https://w3id.org/dcc/v1', 'dcc-v1'],
];

function freeze(value: unknown): void {
  if (value === null || typeof value !== 'object') return;
  Object.values(value).forEach(freeze);
  Object.freeze(value);
}

function read(file: string): object {
  const document = JSON.parse(readFileSync(new URL(`./contexts/${file}.json`, import.meta.url), 'utf8')) as object;
  freeze(document);
  return document;
}

/** Every context we know, by URL: frozen documents with one member, `@context`. */
export const CONTEXTS: ReadonlyMap<string, object> = new Map(FILES.map(([url, file]) => [url, read(file)]));

/** What a JSON-LD processor asks of a loader. */
export interface LoadedDocument {
  contextUrl: null;
  documentUrl: string;
  document: object;
  /** Tells the processor that the answer for this URL never changes. */
  tag: 'static';
}

/**
 * Takes a context's URL, gives the bundled document (a copy: the processor writes absolute URLs into what it is given).
 * Throws ERR_OB_CONTEXT_UNKNOWN for any other URL.
 */
export async function loadDocument(url: string): Promise<LoadedDocument> {
  const document = CONTEXTS.get(url);
  if (document === undefined) {
    throw new OpenBadgesError(
      'ERR_OB_CONTEXT_UNKNOWN',
      `The context ${JSON.stringify(url.slice(0, 300))} is not one of those this verifier knows, and contexts are never fetched.`,
    );
  }
  return { contextUrl: null, documentUrl: url, document: structuredClone(document), tag: 'static' };
}
