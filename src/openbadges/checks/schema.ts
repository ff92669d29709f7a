// Does the credential have the shape the standards ask for, and does every word in it mean something?
//
// Three questions in one check: the data model's rules, JSON-LD safe mode (a term that no context defines would be
// dropped before signing and so stand unsigned), and the schemas the credential itself names. The second is asked of a
// VC-JWT too: its text is signed whole, but both the data model and Open Badges want every added term defined by a
// context, and the 1EdTech validator calls the lack of one an error whatever the proof.
//
// Open Badges 3.0 (1EdTech, April 2025) §9.1 step 1, appendix on extensions; VC Data Model 2.0 (W3C Recommendation,
// 15 May 2025) §4.3, §5.2, §6.1.

import { checkCredential } from '../check-credential.ts';
import { OpenBadgesError } from '../errors.ts';
import type { Finding } from '../findings.ts';
import { check, type Check } from '../report.ts';
import { canonicalize } from '../rdf/canonicalize.ts';
import { checkNamedSchemas } from './credential-schema.ts';
import type { Examination, Json } from './examination.ts';

const SAFE_MODE = 'JSON-LD 1.1 (16 July 2020); VC Data Model 2.0 (15 May 2025) §6.1';

// Departures that a verifier is asked to accept; they stand in the details and change nothing. (The Recommendation writes
// the index as a text, 1EdTech's own sample as a number.)
const REMARKS: ReadonlySet<string> = new Set(['status_index_number']);

/** The document without what its proof adds: proofs are judged by the proof's own rules. */
function unsigned(credential: Json): Json {
  const { proof: _, ...rest } = credential;
  return rest;
}

/** JSON-LD safe mode. A context that is not bundled leaves the terms unknown: a warning, since nothing shows a fault. */
async function checkTerms(credential: Json): Promise<Finding[]> {
  try {
    await canonicalize(unsigned(credential));
    return [];
  } catch (error) {
    if (!(error instanceof OpenBadgesError)) throw error;
    const open = error.code === 'ERR_OB_CONTEXT_UNKNOWN';
    return [
      {
        pointer: error.pointer ?? (open ? '/@context' : ''),
        code: open ? 'context_unknown' : error.code === 'ERR_OB_TOO_COMPLEX' ? 'too_complex' : 'jsonld_unsafe',
        severity: open ? 'warn' : 'fail',
        message: error.message,
        clause: SAFE_MODE,
      },
    ];
  }
}

/** Takes the examination; gives the check with every finding in its details. */
export async function checkSchema(exam: Examination): Promise<Check> {
  const { findings: shape, version, kind } = checkCredential(exam.credential);
  const findings = [...shape, ...(await checkTerms(exam.credential)), ...(await checkNamedSchemas(exam, kind))];
  const details = { version, kind, findings };
  const failed = findings.filter((one) => one.severity === 'fail');
  const what =
    kind === 'achievement' || kind === 'endorsement' ? 'Open Badges 3.0' : 'the Verifiable Credentials Data Model';
  if (failed.length > 0) {
    const more = failed.length > 1 ? ` (and ${failed.length - 1} more)` : '';
    return check(
      'schema',
      'fail',
      failed[0]!.code,
      `The credential departs from ${what}: ${failed[0]!.message}${more}`,
      details,
    );
  }
  const warned = findings.filter((one) => one.severity === 'warn' && !REMARKS.has(one.code));
  if (warned.length > 0)
    return check(
      'schema',
      'warn',
      warned[0]!.code,
      `The credential is readable, with a remark: ${warned[0]!.message}`,
      details,
    );
  return check('schema', 'pass', 'conforming', `The credential matches ${what}.`, details);
}
