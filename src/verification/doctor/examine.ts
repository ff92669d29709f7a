// The examination of a running deployment, from outside, in the order in which one thing rests on the other.
import { checkKeys } from './check-keys.ts';
import { checkService } from './check-service.ts';
import { checkSpecimen, ownSpecimen, type SpecimenAnswer } from './check-specimen.ts';
import { checkStatusList } from './check-status-list.ts';
import { beginVisit, type Finding, type Visit } from './visit.ts';

function listOf(specimen: SpecimenAnswer): string | undefined {
  if ('missing' in specimen) return undefined;
  const status = specimen.credential.credentialStatus as { statusListCredential?: string } | undefined;
  return status?.statusListCredential;
}

/**
 * Looks at a deployment.
 * @param tools where it is reached, and how to ask.
 * @param specimen a test badge signed by it a moment ago, or why there is none.
 * @returns every finding, good ones too.
 */
export async function examineDeployment(
  tools: Pick<Visit, 'url' | 'now' | 'fetch'>,
  specimen: SpecimenAnswer,
): Promise<Finding[]> {
  const visit = beginVisit(tools);
  if (!(await checkService(visit))) return visit.findings;
  const keys = await checkKeys(visit);
  if (!keys) return visit.findings;
  const own = ownSpecimen(visit, specimen, keys);
  await checkStatusList(visit, keys, listOf(own));
  await checkSpecimen(visit, own, keys);
  return visit.findings;
}
