// Verifies with code that is not ours, where it is installed: it is needed for tests only, so a deployment has it not.
// What it fetches is fetched from the deployment; contexts are the bundled ones.
import { CONTEXTS } from '../../openbadges/contexts.ts';

type Json = Record<string, unknown>;

interface Elsewhere {
  vc: { verifyCredential(options: object): Promise<{ verified: boolean; error?: unknown }> };
  integrity: { DataIntegrityProof: new (options: object) => object };
  suite: { cryptosuite: object };
}

async function load(): Promise<Elsewhere | undefined> {
  // The names are no literals, so that the compiler does not ask for packages that production leaves out.
  const names = ['@digitalbazaar/vc', '@digitalbazaar/data-integrity', '@digitalbazaar/eddsa-rdfc-2022-cryptosuite'];
  try {
    const [vc, integrity, suite] = (await Promise.all(names.map((name) => import(name)))) as unknown[];
    return { vc, integrity, suite } as Elsewhere;
  } catch {
    return undefined;
  }
}

function messageOf(error: unknown): string {
  const { errors, message } = (error ?? {}) as { errors?: Error[]; message?: string };
  return errors?.map((one) => one.message).join('; ') || (message ?? 'no reason given');
}

/**
 * Verifies a credential by the DID document as it was fetched.
 * @returns undefined when such code is not installed, else what it says: `null` for good, or why not.
 */
export async function verifyElsewhere(credential: Json, did: Json, now: Date): Promise<string | null | undefined> {
  const elsewhere = await load();
  if (!elsewhere) return undefined;
  const methods = (did.verificationMethod ?? []) as Json[];
  const documentLoader = async (url: string) => {
    const method = methods.find((one) => one.id === url);
    const own = method ? { '@context': 'https://w3id.org/security/multikey/v1', ...method } : undefined;
    const document = url === did.id ? did : (own ?? structuredClone(CONTEXTS.get(url)));
    if (!document) throw new Error(`nothing is known at ${url}`);
    return { contextUrl: null, documentUrl: url, document };
  };
  const { cryptosuite } = elsewhere.suite;
  const result = await elsewhere.vc.verifyCredential({
    credential: structuredClone(credential),
    suite: new elsewhere.integrity.DataIntegrityProof({ cryptosuite }),
    documentLoader,
    now,
    checkStatus: async () => ({ verified: true }),
  });
  return result.verified ? null : messageOf(result.error);
}
