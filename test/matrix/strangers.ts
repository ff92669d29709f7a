// Code that is not ours, each behind one function: what it says of a credential, by what we publish and no network.
import { Ed25519Signature2020 } from '@digitalbazaar/ed25519-signature-2020';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { createVerifyCryptosuite as jcs } from '@digitalbazaar/eddsa-jcs-2022-cryptosuite';
import { cryptosuite as rdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import { verifyCredential as verifyByDcc } from '@digitalcredentials/verifier-core';
import { compactVerify, decodeProtectedHeader, importJWK, type JWK } from 'jose';
import type { Test } from 'tap';
import { CONTEXTS } from '../../src/openbadges/contexts.ts';
import { decodeMultikey, publicJwk } from '../../src/openbadges/keys.ts';
import type { TestApp } from '../platform/test-app.ts';

export type Json = Record<string, unknown>;

/** `null` for "good", otherwise what the stranger says is wrong. */
export type Verdict = string | null;

export interface Strangers {
  /** @digitalbazaar/vc with the suites of eddsa-rdfc-2022, eddsa-jcs-2022 and Ed25519Signature2020. */
  digitalBazaar(credential: unknown): Promise<Verdict>;
  /** @digitalcredentials/verifier-core: proof, status and dates. It knows neither eddsa-jcs-2022 nor the clock of a test. */
  digitalCredentials(credential: unknown): Promise<Verdict>;
  /** jose: the JWS by the key that its `kid` leads to. */
  jose(jwt: string): Promise<Verdict>;
  /** What was asked for beyond what we publish; schemas were answered with one that allows everything. */
  readonly asked: string[];
}

function didKeyDocument(url: string): Json | undefined {
  const [, key] = /^did:key:(z[^#]+)/.exec(url) ?? [];
  if (!key) return undefined;
  const id = `did:key:${key}`;
  const contexts = ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/multikey/v1'];
  const method = { id: `${id}#${key}`, type: 'Multikey', controller: id, publicKeyMultibase: key };
  if (url.includes('#')) return { '@context': contexts[1], ...method };
  return { '@context': contexts, id, verificationMethod: [method], assertionMethod: [method.id] };
}

/** Opens the strangers over an app: whatever they fetch comes from it, and everything else is not there. */
export function openStrangers(t: Test, api: TestApp, publicUrl: string, now: () => Date): Strangers {
  const asked: string[] = [];
  const { fetch: before } = globalThis;
  t.teardown(() => void (globalThis.fetch = before));
  globalThis.fetch = async (input) => {
    const url = input instanceof Request ? input.url : String(input);
    if (!url.startsWith(`${publicUrl}/`)) {
      asked.push(url);
      // verifier-core looks for the standard's schemas and complains on the console when it finds none.
      return new Response('{}', { status: /\/schema\//.test(url) ? 200 : 404 });
    }
    const answer = await api.app.inject({ method: 'GET', url: url.slice(publicUrl.length) });
    const type = String(answer.headers['content-type']).replace('application/vc', 'application/json');
    return new Response(answer.body, { status: answer.statusCode, headers: { 'content-type': type } });
  };
  const did = async (): Promise<Json & { verificationMethod: Json[] }> =>
    (await api.app.inject('/.well-known/did.json')).json();

  const documentLoader = async (url: string): Promise<object> => {
    const own = await did();
    const method = own.verificationMethod.find((one) => one.id === url);
    const published =
      url === own.id ? own : method && { '@context': 'https://w3id.org/security/multikey/v1', ...method };
    const document = published ?? didKeyDocument(url) ?? structuredClone(CONTEXTS.get(url));
    if (!document) throw new Error(`nothing at ${url}`);
    return { contextUrl: null, documentUrl: url, document };
  };

  return {
    asked,
    async digitalBazaar(credential) {
      const suite = [
        new DataIntegrityProof({ cryptosuite: rdfc }),
        new DataIntegrityProof({ cryptosuite: jcs() }),
        new Ed25519Signature2020(),
      ];
      const result = (await vc.verifyCredential({
        credential: structuredClone(credential),
        suite,
        documentLoader,
        now: now(),
        checkStatus: async () => ({ verified: true }),
      })) as { verified: boolean; error?: { errors?: Error[]; message: string } };
      return result.verified ? null : (result.error?.errors ?? [result.error]).map((one) => one?.message).join('; ');
    },
    async digitalCredentials(credential) {
      const answer = await verifyByDcc({ credential: structuredClone(credential) as never, knownDIDRegistries: [] });
      const { log = [], errors = [] } = answer as { log?: { id: string; valid?: boolean }[]; errors?: Error[] };
      const bad = log.filter((one) => one.id !== 'registered_issuer' && one.valid !== true);
      const proven = log.some((one) => one.id === 'valid_signature' && one.valid);
      if (errors.length === 0 && bad.length === 0 && proven) return null;
      return JSON.stringify({ bad, errors: errors.map((one) => `${one.name}: ${one.message}`) });
    },
    async jose(jwt) {
      try {
        const { kid = '' } = decodeProtectedHeader(jwt);
        const multibase = /^did:key:(z[^#]+)/.exec(kid)?.[1];
        const jwk = multibase
          ? publicJwk(decodeMultikey(multibase))
          : (await api.app.inject(kid.slice(publicUrl.length))).json<JWK>();
        const { alg } = decodeProtectedHeader(jwt);
        await compactVerify(jwt, await importJWK(jwk as JWK, alg));
        return null;
      } catch (error) {
        return (error as Error).message;
      }
    },
  };
}
