// A caller of the VC API, and code that is not ours to look at what it gets.
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import type { Test } from 'tap';
import { createDidKeyIssuer } from '../../src/issuer/create-issuer.ts';
import { buildDidDocument } from '../../src/issuer/documents.ts';
import { credentialKeys } from '../../src/issuer/routes.ts';
import { CONTEXTS, VC_V2 } from '../../src/openbadges/contexts.ts';
import type { Service } from '../../src/platform/service.ts';
import { openTestApp, type TestApp, type TestCaller } from '../platform/test-app.ts';
import type { TestService } from '../platform/test-service.ts';

export const OWN = 'did:web:badges.example.org';

/** A credential that the suites of the W3C would post, without an id. */
export const plain = (parts: object = {}): Record<string, unknown> => ({
  '@context': [VC_V2],
  type: ['VerifiableCredential'],
  issuer: OWN,
  credentialSubject: { id: 'did:example:subject' },
  ...parts,
});

export interface VcApi extends TestApp {
  didKey: string;
  issuer: TestCaller;
  issue(credential: unknown, options?: unknown): Promise<{ status: number; vc: never; body: never; text: string }>;
  status(body: object): Promise<number>;
  verify(verifiableCredential: unknown): Promise<{ status: number; text: string }>;
}

/** The app of a service with the VC API on, a did:key, and a client that may issue. Closed with the test. */
export async function openVcApi(t: Test, service: TestService): Promise<VcApi> {
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const { id: didKey } = await createDidKeyIssuer(service);
  const issuer = await app.caller(['vc:issue']);
  return {
    ...app,
    didKey,
    issuer,
    async issue(credential, options) {
      const answer = await issuer.call('POST', '/credentials/issue', { credential, options });
      const body = answer.json<{ verifiableCredential?: unknown }>();
      return {
        status: answer.statusCode,
        vc: body.verifiableCredential as never,
        body: body as never,
        text: answer.body,
      };
    },
    status: async (body) => (await issuer.call('POST', '/credentials/status', body)).statusCode,
    async verify(verifiableCredential) {
      const payload = { verifiableCredential, options: {} };
      const answer = await app.app.inject({ method: 'POST', url: '/credentials/verify', payload });
      return { status: answer.statusCode, text: answer.body };
    },
  };
}

function didKeyDocuments(url: string): object | undefined {
  const [, key] = /^did:key:(z[^#]+)/.exec(url) ?? [];
  if (!key) return undefined;
  const id = `did:key:${key}`;
  const context = ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'];
  const method = { id: `${id}#${key}`, type: 'Multikey', controller: id, publicKeyMultibase: key };
  if (url.includes('#')) return { '@context': context[1], ...method };
  return { '@context': context, id, verificationMethod: [method], assertionMethod: [method.id] };
}

/** Verifies with @digitalbazaar/vc, which is not ours, by what we publish and no network. */
export async function verifiesElsewhere(service: Service, credential: object): Promise<boolean> {
  const did = buildDidDocument(service.config.publicUrl, credentialKeys(service)) as {
    id: string;
    verificationMethod: { id: string }[];
  };
  const documentLoader = async (url: string) => {
    const method = did.verificationMethod.find((one) => one.id === url);
    const own = url === did.id ? did : method && { '@context': 'https://w3id.org/security/multikey/v1', ...method };
    const document = own ?? didKeyDocuments(url) ?? structuredClone(CONTEXTS.get(url));
    if (!document) throw new Error(`nothing at ${url}`);
    return { contextUrl: null, documentUrl: url, document };
  };
  const result = (await vc.verifyCredential({
    credential: structuredClone(credential),
    suite: new DataIntegrityProof({ cryptosuite }),
    documentLoader,
    now: service.now(),
    checkStatus: async () => ({ verified: true }),
  })) as { verified: boolean };
  return result.verified;
}
