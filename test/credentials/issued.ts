// Badges that were really issued, for the tests of what becomes of them, and strangers' eyes to look at them with.
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import * as vc from '@digitalbazaar/vc';
import type { CompletionRecord } from '../../src/completions/completion.ts';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { readCredential, type StoredCredential } from '../../src/credentials/store.ts';
import { buildDidDocument } from '../../src/issuer/documents.ts';
import { credentialKeys } from '../../src/issuer/routes.ts';
import { loadDocument } from '../../src/openbadges/contexts.ts';
import type { Service } from '../../src/platform/service.ts';
import { body, COMMONS, MOODLE, record, submission } from '../completions/submissions.ts';

export type IssuedCredential = StoredCredential & { json: string };

/** What is read out of a badge in these tests. */
export interface Badge {
  '@context': string[];
  id: string;
  validFrom: string;
  awardedDate: string;
  credentialSubject: {
    id: string;
    identifier?: { identityType: string; hashed: boolean; identityHash: string; salt?: string }[];
  };
  credentialStatus: { id: string; statusListIndex: string; statusListCredential: string };
  relatedResource: { id: string; digestMultibase: string }[];
  proof: { verificationMethod: string; created: string }[];
}

export const badgeOf = (credential: { json: string }): Badge => JSON.parse(credential.json) as Badge;

/** A learner with an account and, unless a test wants it otherwise, a verified e-mail. */
export function learner(
  account: string,
  parts: Partial<CompletionRecord['learner']> = {},
): CompletionRecord['learner'] {
  return {
    identifiers: [
      { type: 'account', homePage: MOODLE, name: account },
      { type: 'email', value: `${account}@Example.edu`, verified: true },
    ],
    ...parts,
  };
}

/** Issues the Commons module badge to somebody. */
export async function issueCommons(
  service: Service,
  account = 'ada',
  parts: Partial<CompletionRecord['learner']> = {},
): Promise<IssuedCredential> {
  const replies = await recordCompletions(
    service,
    COMMONS.map((unit) =>
      submission(record(unit, account, { learner: learner(account, parts) }), { mayStateConsents: true }),
    ),
  );
  const [url] = replies.flatMap((reply) => body(reply).awarded.map((one) => one.credential));
  return readIssued(service, url?.split('/').at(-1) ?? '');
}

/** A credential that is there with its bytes. */
export async function readIssued(service: Service, id: string): Promise<IssuedCredential> {
  const credential = await readCredential(service.db.read, id);
  if (!credential || credential.json === null) throw new Error(`no credential ${id}`);
  return { ...credential, json: credential.json };
}

/** Verifies with @digitalbazaar/vc, which is not ours, by the DID document that we publish now and no network. */
export async function strangerVerifies(service: Service, credential: object): Promise<boolean> {
  const did = buildDidDocument(service.config.publicUrl, credentialKeys(service)) as {
    id: string;
    verificationMethod: { id: string }[];
  };
  const documentLoader = async (url: string) => {
    const method = did.verificationMethod.find((one) => one.id === url);
    const found = url === did.id ? did : method && { '@context': 'https://w3id.org/security/multikey/v1', ...method };
    return found ? { contextUrl: null, documentUrl: url, document: found } : loadDocument(url);
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
