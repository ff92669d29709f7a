// The schemas that a credential names for itself, besides the standard's own rules.
//
// The official schemas are this room's data model, so a credential that names one is judged by it without fetching. Any
// other of the demanded type is fetched and applied by a validator that the caller gives (it must be bounded: schemas are
// strangers' programs). One that cannot be had fails, as the 1EdTech validator has it: the credential asks to be held
// to it, and nothing shows that it holds. Types of schema that nobody here must know are left alone.
//
// Open Badges 3.0 (1EdTech, April 2025) §9.1 step 1a, CredentialSchema; 1EdTech JSON Schema Validator 2019.

import type { CredentialKind } from '../check-credential.ts';
import type { Finding } from '../findings.ts';
import { asArray, isObject } from '../parse-json.ts';
import { fetchJson } from '../resolve.ts';
import type { Examination, Json } from './examination.ts';

/** Applies a JSON Schema. Gives sentences of what does not fit (none: it fits), or why it could not be applied. */
export type SchemaValidator = (
  schema: Json,
  document: Json,
) => Promise<{ applied: true; faults: string[] } | { applied: false; why: string }>;

const TYPE = '1EdTechJsonSchemaValidator2019';
const OFFICIAL =
  /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/schema\/(json|json-ld)\/ob_v3p0_(any)?(achievement|endorsement)credential_schema\.json$/;
const CLAUSE = 'OB 3.0 (April 2025) §9.1 step 1a';
const MOST_SCHEMAS = 4;

async function applyForeign(url: string, pointer: string, exam: Examination): Promise<Finding[]> {
  const fetched = await fetchJson(exam.options.resolve, url, 'application/schema+json, application/json;q=0.9');
  const fail = (code: string, message: string): Finding[] => [
    { pointer, code, severity: 'fail', message, clause: CLAUSE },
  ];
  if (!fetched.found)
    return fail(
      `credential_schema_${fetched.why}`,
      `The schema that the credential names cannot be had: ${fetched.sentence}`,
    );
  const validate = exam.options.validateSchema;
  const warn = (message: string): Finding[] => [
    { pointer, code: 'credential_schema_not_applied', severity: 'warn', message, clause: CLAUSE },
  ];
  if (validate === undefined) return warn('The schema that the credential names was not applied.');
  const { proof: _, ...document } = exam.credential;
  const verdict = await validate(fetched.json, exam.jwt === undefined ? exam.credential : document);
  if (!verdict.applied) return warn(`The schema that the credential names could not be applied: ${verdict.why}`);
  if (verdict.faults.length === 0) return [];
  return fail(
    'credential_schema_violated',
    `The credential does not fit the schema it names: ${verdict.faults.slice(0, 3).join('; ')}`,
  );
}

/** Takes the examination and the kind of credential; gives what the schemas it names find. */
export async function checkNamedSchemas(exam: Examination, kind: CredentialKind): Promise<Finding[]> {
  const entries = asArray(exam.credential['credentialSchema']);
  const findings: Finding[] = [];
  let foreign = 0;
  for (const [position, entry] of entries.entries()) {
    if (!isObject(entry) || !asArray(entry['type']).includes(TYPE) || typeof entry['id'] !== 'string') continue;
    const pointer = `/credentialSchema/${position}/id`;
    const official = OFFICIAL.exec(entry['id']);
    if (official && official[3] !== kind)
      findings.push({
        pointer,
        code: 'credential_schema_of_another_kind',
        severity: 'fail',
        message: `The credential names the schema of another kind of credential (${official[3]!}).`,
        clause: CLAUSE,
      });
    if (official || foreign >= MOST_SCHEMAS) continue;
    foreign += 1;
    findings.push(...(await applyForeign(entry['id'], pointer, exam)));
  }
  return findings;
}
