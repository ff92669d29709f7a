// Is this document a credential as the standards write it? Every departure, with place, code, sentence and clause.
//
// It judges the shape alone: no proof, no clock, no network. What the text of the standard forbids fails; what only the
// stricter plain form forbids (a single value for a list) warns. Hostile documents are turned away by their depth first,
// because what follows recurses.
//
// Open Badges 3.0 (1EdTech, April 2025) appendix B and §9.1 step 1; VC Data Model 2.0 (W3C Recommendation, 15 May 2025)
// §4; VC Data Model 1.1 (3 March 2022) §4.

import { isConstant } from './constant-part.ts';
import type { z } from 'zod';
import { checkValue } from './conformance.ts';
import { contextsOf, isBadgeContext, versionOf, type ModelVersion } from './context-order.ts';
import { achievementCredentialSchema, achievementCredentialV1Schema } from './achievement-credential.ts';
import { endorsementCredentialSchema } from './endorsement.ts';
import { Findings, pointTo, type Finding } from './findings.ts';
import { asArray, isObject, withinLimits } from './parse-json.ts';
import {
  statusListCredentialSchema,
  verifiableCredentialSchema,
  verifiableCredentialV1Schema,
} from './vc-data-model.ts';

export type CredentialKind = 'achievement' | 'endorsement' | 'statusList' | 'other';

export interface CredentialCheck {
  findings: Finding[];
  version: ModelVersion;
  kind: CredentialKind;
}

/** What kind of credential it means to be: by its type, or, where that is missing, by what its subject says. */
function kindOf(document: Record<string, unknown>): CredentialKind {
  const types = asArray(document.type);
  const has = (...names: string[]): boolean => names.some((name) => types.includes(name));
  if (has('OpenBadgeCredential', 'AchievementCredential')) return 'achievement';
  if (has('EndorsementCredential')) return 'endorsement';
  if (has('BitstringStatusListCredential')) return 'statusList';
  // A badge that lost its type is still a badge, and a bad one; otherwise a misspelt type would escape every rule.
  const subject = isObject(document.credentialSubject) ? document.credentialSubject : {};
  const subjectTypes = asArray(subject.type);
  if (!contextsOf(document).some(isBadgeContext) || has('ClrCredential')) return 'other';
  if (subjectTypes.includes('AchievementSubject') || Object.hasOwn(subject, 'achievement')) return 'achievement';
  return subjectTypes.includes('EndorsementSubject') ? 'endorsement' : 'other';
}

function schemaOf(kind: CredentialKind, version: ModelVersion): z.ZodType {
  if (kind === 'achievement') return version === '1.1' ? achievementCredentialV1Schema : achievementCredentialSchema;
  if (kind === 'endorsement') return endorsementCredentialSchema;
  if (kind === 'statusList' && version === '2.0') return statusListCredentialSchema;
  return version === '1.1' ? verifiableCredentialV1Schema : verifiableCredentialSchema;
}

/** Whether any stands below a value; a part that never changes has none. */
function holdsNull(value: unknown): boolean {
  if (typeof value !== 'object') return false;
  if (value === null) return true;
  if (isConstant(value)) return false;
  for (const name of Object.keys(value))
    if (name !== '@context' && holdsNull((value as Record<string, unknown>)[name])) return true;
  return false;
}

/** Nulls where no class of ours looks: allowed by the schemas, but they mean nothing and sign nothing (R1.15). */
function findNulls(value: unknown, pointer: string, findings: Findings): void {
  if (typeof value !== 'object' || value === null || isConstant(value)) return;
  for (const [name, member] of Object.entries(value)) {
    if (name === '@context') continue;
    const at = pointTo(pointer, name);
    if (member !== null) findNulls(member, at, findings);
    else if (!findings.list.some((finding) => finding.pointer === at))
      findings.warn(at, 'null_value', `${name} is null and so says nothing; leave it out.`, 'OB 3.0 appendix A');
  }
}

/**
 * Checks the shape of a credential of unknown origin.
 * Takes JSON (anything); gives all findings, the version of the data model and the kind. Never throws. For a badge or
 * endorsement the rules of Open Badges 3.0 hold, for everything else those of the VC Data Model alone.
 */
export function checkCredential(json: unknown): CredentialCheck {
  const findings = new Findings();
  if (!isObject(json)) {
    findings.fail('', 'not_an_object', 'A credential must be one JSON object.', 'VC Data Model 2.0 (15 May 2025) §4');
    return { findings: findings.list, version: '2.0', kind: 'other' };
  }
  const bounds = withinLimits(json);
  if (!bounds.ok) {
    findings.fail('', bounds.fault, bounds.sentence, 'VC Data Model 2.0 (15 May 2025) §9');
    return { findings: findings.list, version: '2.0', kind: 'other' };
  }
  const version = versionOf(json);
  const kind = kindOf(json);
  checkValue(schemaOf(kind, version), json, '', findings);
  if (holdsNull(json)) findNulls(json, '', findings);
  return { findings: findings.finish(), version, kind };
}
