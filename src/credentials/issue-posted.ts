// Issues what the VC API is given: take status places, add their entries, sign, record, in that order. The subject is
// never touched; what is added is what was asked for by the options, and the context that a proof on a credential of
// the older data model needs.
// VC API (W3C CCG draft, 2025) "Issue Credential"; VC Data Integrity 1.0 (W3C Recommendation, 15 May 2025) §2.4.1
// (contexts), §4.2, §4.3; Securing Verifiable Credentials using JOSE and COSE (15 May 2025) §3.1.
import { createHash, randomUUID } from 'node:crypto';
import { keyUrl } from '../issuer/documents.ts';
import { findIssuer, issuerPrivateKey, type OurIssuer } from '../issuer/issuers.ts';
import { DATA_INTEGRITY_V2, VC_V2 } from '../openbadges/contexts.ts';
import { asArray } from '../openbadges/parse-json.ts';
import { signEddsaJcs2022 } from '../openbadges/proofs/eddsa-jcs-2022.ts';
import { signEddsaRdfc2022 } from '../openbadges/proofs/eddsa-rdfc-2022.ts';
import { signVcJwt } from '../openbadges/proofs/vc-jwt.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { asProblem, malformed, type PostedCredential } from './posted-credential.ts';
import { insertPosted, type PostedStatus } from './posted-store.ts';
import { statusEntry } from './status-entry.ts';
import { seriesOf, type StatusPurpose } from './status-series.ts';
import { takeSeriesIndex } from './take-status-indexes.ts';

export const CRYPTOSUITES = ['eddsa-rdfc-2022', 'eddsa-jcs-2022'] as const;

export interface IssueOptions {
  cryptosuite?: (typeof CRYPTOSUITES)[number];
  /** A VC-JWT in place of an embedded proof. */
  format?: 'jwt';
  /** The purposes of the status entries that are to be added. */
  purposes: StatusPurpose[];
  /** How the caller will name the credential, when it has no `id` of its own. */
  credentialId?: string;
  /** Ids of proofs on the credential that ours covers too. */
  previousProof?: string | string[];
}

type Document = PostedCredential['document'];

const STATUS_V1 = 'https://www.w3.org/ns/credentials/status/v1';

function withContext(document: Document, context: string): Document {
  const contexts = document['@context'];
  return contexts.includes(context) ? document : { ...document, '@context': [...contexts, context] };
}

/** What must be so for these options, before any place is taken. */
function checkOptions(posted: PostedCredential, options: IssueOptions): void {
  if (options.format === 'jwt' && (options.cryptosuite !== undefined || options.previousProof !== undefined))
    throw new Problem(
      'malformed_options',
      400,
      'cryptosuite and previousProof are for embedded proofs, not for a JWT.',
    );
  if (!posted.isProven) return;
  const changes = options.purposes.length > 0 || options.format === 'jwt' || needsContext(posted);
  if (changes)
    throw malformed('This credential has a proof already, which would break: post it without, or ask for less.');
}

function needsContext({ version, document }: PostedCredential): boolean {
  return version === '1.1' && !document['@context'].includes(DATA_INTEGRITY_V2);
}

/** Takes the places in a transaction of its own, so that nobody waits for a place while somebody signs. */
async function takePlaces(service: Service, issuer: OurIssuer, purposes: StatusPurpose[]): Promise<PostedStatus[]> {
  if (purposes.length === 0) return [];
  return service.db.transaction(async (tx) => {
    const taken: PostedStatus[] = [];
    // In one order, or two takers could wait for each other.
    for (const purpose of [...purposes].sort()) {
      const series = seriesOf(purpose, issuer);
      const { list, index } = await takeSeriesIndex(tx, service, series);
      taken.push({ purpose: series, n: list, index });
    }
    return taken;
  });
}

function withEntries(posted: PostedCredential, statuses: PostedStatus[], publicUrl: string): Document {
  if (statuses.length === 0) return posted.document;
  const entries = statuses.map(({ purpose, n, index }) => statusEntry(publicUrl, purpose, { list: n, index }));
  const all = [...asArray(posted.document.credentialStatus ?? []), ...entries];
  const document = posted.version === '1.1' ? withContext(posted.document, STATUS_V1) : posted.document;
  return { ...document, credentialStatus: all.length === 1 ? all[0] : all };
}

async function withProof(service: Service, issuer: OurIssuer, document: Document, options: IssueOptions) {
  const sign = options.cryptosuite === 'eddsa-jcs-2022' ? signEddsaJcs2022 : signEddsaRdfc2022;
  const signed = await sign(document, {
    privateKey: issuerPrivateKey(service, issuer),
    verificationMethod: issuer.verificationMethod,
    created: service.now(),
    ...(options.previousProof !== undefined && { previousProof: options.previousProof }),
  });
  // One proof is an object: the conformance suites of the W3C read it so. A proof is not part of what it signs.
  const { proof } = signed as unknown as { proof: object[] };
  return { ...signed, proof: proof.length === 1 ? proof[0]! : proof };
}

function asJwt(service: Service, issuer: OurIssuer, { isBadge }: PostedCredential, document: Document): string {
  const claims = isBadge ? 'all' : 'present';
  if (issuer.method === 'key')
    return signVcJwt(document, {
      privateKey: issuerPrivateKey(service, issuer),
      alg: 'EdDSA',
      kid: issuer.verificationMethod,
      claims,
    });
  const key = service.keys.active('vc-jwt');
  return signVcJwt(document, {
    privateKey: service.keys.privateKey(key.kid),
    alg: key.algorithm === 'ES256' ? 'ES256' : 'RS256',
    kid: keyUrl(service.config.publicUrl, key),
    claims,
  });
}

async function secure(
  service: Service,
  issuer: OurIssuer,
  posted: PostedCredential,
  options: IssueOptions,
  document: Document,
): Promise<object | string> {
  if (options.format !== 'jwt') {
    const whole = posted.version === '1.1' ? withContext(document, DATA_INTEGRITY_V2) : document;
    return withProof(service, issuer, whole, options);
  }
  const jwt = asJwt(service, issuer, posted, document);
  // The envelope is of the newer data model (§4.13); of the older one a JWT stands for itself.
  if (posted.version === '1.1') return jwt;
  return { '@context': VC_V2, type: 'EnvelopedVerifiableCredential', id: `data:application/vc+jwt,${jwt}` };
}

/**
 * Issues a credential that was posted.
 * @returns what goes into `verifiableCredential`.
 * @throws {Problem} issuer_not_ours (400), malformed_credential (400), malformed_options (400)
 */
export async function issuePosted(
  service: Service,
  clientId: string,
  posted: PostedCredential,
  options: IssueOptions,
): Promise<object | string> {
  const issuer = await findIssuer(service, posted.issuer);
  if (!issuer) {
    const detail = 'The issuer must be one of ours: see "cairn issuers list".';
    throw new Problem('issuer_not_ours', 400, detail, {
      errors: [{ pointer: '/credential/issuer', code: 'issuer_not_ours', detail }],
    });
  }
  checkOptions(posted, options);
  const statuses = await takePlaces(service, issuer, options.purposes);
  const document = withEntries(posted, statuses, service.config.publicUrl);
  let secured: object | string;
  try {
    secured = await secure(service, issuer, posted, options, document);
  } catch (error) {
    throw asProblem(error);
  }
  const { id } = posted.document;
  const row = {
    id: randomUUID(),
    clientId,
    issuer: issuer.id,
    credentialId: options.credentialId ?? (typeof id === 'string' ? id : null),
    digest: createHash('sha256').update(JSON.stringify(secured)).digest('hex'),
    issuedAt: service.now().toISOString(),
  };
  await service.db.transaction((tx) => insertPosted(tx, row, statuses));
  return secured;
}
