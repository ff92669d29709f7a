// Which version of the data model a document is written in, and whether its contexts stand in the right order.
//
// The first context decides what every other word means, so its place is a rule of its own and not left to JSON-LD.
//
// Open Badges 3.0 (1EdTech, April 2025) §B.1.1 `@context`; VC Data Model 2.0 (W3C Recommendation, 15 May 2025) §4.3;
// VC Data Model 1.1 (3 March 2022) §4.1.

import { isObject } from './parse-json.ts';
import { isUri, type Rule } from './primitives.ts';

export const VC_V2 = 'https://www.w3.org/ns/credentials/v2';
export const VC_V1 = 'https://www.w3.org/2018/credentials/v1';
export const OB_CONTEXT = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
export const OB_EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
const OB_VERSIONS = /^https:\/\/purl\.imsglobal\.org\/spec\/ob\/v3p0\/context(-3\.\d\.\d)*\.json$/;
const OB_ALIAS = 'https://purl.imsglobal.org/spec/ob/v3p0/context/ob_v3p0.jsonld';

const OB_CLAUSE = 'OB 3.0 (April 2025), @context';
const VC_CLAUSE = 'VC Data Model 2.0 (15 May 2025) §4.3';

export type ModelVersion = '2.0' | '1.1';

/** The contexts as a list, whatever stands there. */
export function contextsOf(document: Record<string, unknown>): unknown[] {
  const contexts = document['@context'];
  return Array.isArray(contexts) ? contexts : contexts === undefined || contexts === null ? [] : [contexts];
}

/** Whether a context is one of Open Badges 3.0, in any version. */
export function isBadgeContext(context: unknown): boolean {
  return typeof context === 'string' && context.length < 200 && (OB_VERSIONS.test(context) || context === OB_ALIAS);
}

/** The version of the data model: the first context decides (R2.11); where it is neither, any that is named. */
export function versionOf(document: Record<string, unknown>): ModelVersion {
  const contexts = contextsOf(document);
  const named = contexts.find((context) => context === VC_V2 || context === VC_V1);
  return named === VC_V1 ? '1.1' : '2.0';
}

/** The first context is the VC one, in a list of URLs and maps. */
export const vcContextFirst: Rule = (document, pointer, findings) => {
  const at = `${pointer}/@context`;
  const contexts = document['@context'];
  const list = contextsOf(document);
  if (list.length === 0) {
    findings.fail(at, 'context_missing', `@context must be a list whose first item is "${VC_V2}".`, VC_CLAUSE);
    return;
  }
  if (!Array.isArray(contexts))
    findings.warn(at, 'context_not_a_list', '@context should be a list, even of one.', VC_CLAUSE);
  if (list[0] !== VC_V2 && list[0] !== VC_V1)
    findings.fail(`${at}/0`, 'context_first', `The first @context must be "${VC_V2}".`, VC_CLAUSE);
  list.forEach((context, position) => {
    if (!isUri(context) && !isObject(context))
      findings.fail(`${at}/${position}`, 'context_malformed', 'Each @context must be a URL or a map.', VC_CLAUSE);
  });
};

/** The second context is the Open Badges one; an older version or an alias of it is a warning (R1.02, R1.04, R1.05). */
export const badgeContextSecond: Rule = (document, pointer, findings) => {
  vcContextFirst(document, pointer, findings);
  const list = contextsOf(document);
  if (list.length === 0) return;
  const second = list[1];
  if (!isBadgeContext(second))
    findings.fail(`${pointer}/@context/1`, 'context_second', `The second @context must be "${OB_CONTEXT}".`, OB_CLAUSE);
  else if (second !== OB_CONTEXT)
    findings.warn(
      `${pointer}/@context/1`,
      'context_older',
      `This is an older version or an alias of the context; "${OB_CONTEXT}" is current.`,
      OB_CLAUSE,
    );
  if (list[0] === VC_V1)
    findings.warn(
      `${pointer}/@context/0`,
      'model_1_1',
      'This badge is in the older form of VC Data Model 1.1, which is verified but should no longer be issued.',
      'OB 3.0 (April 2025), VC Data Model 1.1 form',
    );
};
