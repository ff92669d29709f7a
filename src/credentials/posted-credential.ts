// A credential that somebody posts to be signed: held to the data model before anything is signed, since what we sign
// is taken for sound. Nothing is mended: what is posted is signed as it stands or refused with every reason at once.
// VC Data Model 2.0 (W3C Recommendation, 15 May 2025) §4; 1.1 (3 March 2022) §4; VC Data Integrity 1.0 (15 May 2025)
// §2.1 Proofs; VC API (W3C CCG draft, 2025) "Issue Credential".
import { checkCredential } from '../openbadges/check-credential.ts';
import { VC_V1 } from '../openbadges/contexts.ts';
import { OpenBadgesError } from '../openbadges/errors.ts';
import { Findings, pointTo } from '../openbadges/findings.ts';
import { asArray, isObject, withinLimits } from '../openbadges/parse-json.ts';
import { parseProof } from '../openbadges/proofs/proof-options.ts';
import { canonicalize } from '../openbadges/rdf/canonicalize.ts';
import { readStatusEntry } from '../openbadges/status/status-list-credential.ts';
import type { CredentialDocument } from '../openbadges/unsigned.ts';
import { Problem, type Fault } from '../platform/problem.ts';

export interface PostedCredential {
  document: CredentialDocument & { proof?: unknown };
  issuer: string;
  version: '2.0' | '1.1';
  /** Whether the rules of Open Badges hold for it too. */
  isBadge: boolean;
  isProven: boolean;
}

/** Departures that a verifier forgives and that we do not sign: they leave something unsigned, or unlike the standard. */
const NOT_SIGNED = new Set(['null_value', 'context_not_a_list']);

/** A problem with the credential that was posted; pointers begin at the request's body. */
export function malformed(sentence: string, errors: Fault[] = []): Problem {
  const faults = errors.length > 0 ? errors : [{ pointer: '/credential', code: 'malformed', detail: sentence }];
  return new Problem('malformed_credential', 400, sentence, { errors: faults });
}

/** What the standard's code threw, as a problem; anything else is a fault of ours and stays one. */
export function asProblem(error: unknown, at = '/credential'): unknown {
  if (!(error instanceof OpenBadgesError)) return error;
  const { code, message, pointer = '' } = error;
  return malformed(message, [
    { pointer: at + pointer, code: code.replace('ERR_OB_', '').toLowerCase(), detail: message },
  ]);
}

/** Whatever says that it is a status entry must be one, wherever it stands (Bitstring Status List 1.0 §3). */
function checkStatusEntries(value: unknown, pointer: string, findings: Findings): void {
  if (!isObject(value) && !Array.isArray(value)) return;
  if (isObject(value) && asArray(value.type).includes('BitstringStatusListEntry'))
    readStatusEntry(value, pointer, findings);
  for (const [name, member] of Object.entries(value))
    if (name !== '@context') checkStatusEntries(member, pointTo(pointer, name), findings);
}

function shapeFaults(document: Record<string, unknown>): Fault[] {
  const entries = new Findings();
  checkStatusEntries(document, '', entries);
  const found = [...checkCredential(document).findings, ...entries.list];
  const faults = found.filter((one) => one.severity === 'fail' || NOT_SIGNED.has(one.code));
  const seen = new Set<string>();
  return faults
    .map(({ pointer, code, message }) => ({ pointer: `/credential${pointer}`, code, detail: message }))
    .filter(({ pointer, code }) => !seen.has(`${pointer} ${code}`) && seen.add(`${pointer} ${code}`));
}

function checkProofs(proof: unknown): void {
  asArray(proof).forEach((one, position) => {
    try {
      parseProof(one);
    } catch (error) {
      throw asProblem(error, Array.isArray(proof) ? `/credential/proof/${position}` : '/credential/proof');
    }
  });
}

/**
 * Parses what stands in `credential` of a request.
 * @throws {Problem} malformed_credential (400) naming every fault: of the shape first, then of the JSON-LD.
 */
export async function parsePosted(value: unknown): Promise<PostedCredential> {
  if (!isObject(value)) throw malformed('credential must be a JSON object: the credential to be signed.');
  const bounds = withinLimits(value);
  if (!bounds.ok) throw malformed(bounds.sentence);
  if (value.proof === null) throw malformed('The proof of a credential must not be null; leave it out.');
  const faults = shapeFaults(value);
  if (faults.length > 0) throw malformed('The credential is not one by the data model.', faults);
  checkProofs(value.proof ?? []);
  const { proof: _, ...unsecured } = value;
  try {
    await canonicalize(unsecured);
  } catch (error) {
    throw asProblem(error);
  }
  const { kind, version } = checkCredential(value);
  const { issuer } = value;
  return {
    document: value as unknown as PostedCredential['document'],
    issuer: String(isObject(issuer) ? issuer.id : issuer),
    version: asArray(value['@context'])[0] === VC_V1 ? '1.1' : version,
    isBadge: kind === 'achievement' || kind === 'endorsement',
    isProven: asArray(value.proof ?? []).length > 0,
  };
}
