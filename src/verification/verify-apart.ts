// Verification as it runs in a worker thread: other people's documents are fetched here, our own are asked of the main
// thread, which has the database. Nothing of a submission outlives its task.
import type { KnownRecipient, VerifyOptions } from '../openbadges/checks/examination.ts';
import type { Report } from '../openbadges/report.ts';
import type { Resolve, ResolvedDocument } from '../openbadges/resolve.ts';
import { verifyCredential as judgeCredential } from '../openbadges/verify.ts';
import { verifyPresentation as judgePresentation } from '../openbadges/verify-presentation.ts';
import type { PresentationReport } from '../openbadges/verify-presentation.ts';
import type { Ask } from '../platform/worker-thread.ts';
import { applySchema } from './apply-schema.ts';
import { withinBudget, withOwnDocuments } from './compose-resolvers.ts';
import { ownPath } from './own-documents.ts';
import { reportSchema } from './report-schema.ts';
import { openGuardedNetwork } from './resolvers.ts';
import { verifySubmission as judgeSubmission } from './verify-submission.ts';

/** What every verification is given, as it goes from thread to thread. */
export interface Given {
  publicUrl: string;
  now: Date;
  ownIssuers: string[];
}

export interface GivenSubmission extends Given {
  input: Uint8Array | string;
  at: Date | undefined;
  recipient: KnownRecipient | undefined;
}

export interface GivenCredential extends Given {
  credential: Record<string, unknown>;
  proof: VerifyOptions['proof'];
}

export interface GivenPresentation extends Given {
  presentation: Record<string, unknown>;
  jwt: string | undefined;
  challenge: string | undefined;
  domain: string | string[] | undefined;
}

/** What the main thread is asked for. */
export interface OwnQuestion {
  url: string;
  accept: string;
}

let network: ReturnType<typeof openGuardedNetwork> | undefined;

function resolverFor({ publicUrl }: Given, ask: Ask): Resolve {
  network ??= openGuardedNetwork();
  const own = async (url: string, accept: string): Promise<ResolvedDocument | undefined> =>
    ownPath(url, publicUrl) === undefined ? undefined : ((await ask({ url, accept })) as ResolvedDocument | undefined);
  return withOwnDocuments(own, network.resolve);
}

/** Whatever was handed in. */
export async function verifySubmission(given: GivenSubmission, ask: Ask): Promise<Report> {
  const { input, now, at, recipient, ownIssuers } = given;
  const options = { now, at, recipient, ownIssuers, validateSchema: applySchema };
  return await judgeSubmission(input, { ...options, resolve: resolverFor(given, ask) });
}

/** The same as the text that is answered, since writing it costs as much as judging a badge of a known shape. */
export async function writeReport(given: GivenSubmission, ask: Ask): Promise<string> {
  return JSON.stringify(reportSchema.encode(await verifySubmission(given, ask)));
}

function optionsOf(given: Given, ask: Ask): VerifyOptions {
  const resolve = withinBudget(resolverFor(given, ask), () => performance.now());
  return { resolve, now: given.now, ownIssuers: given.ownIssuers, validateSchema: applySchema };
}

/** A credential by the rules of the VC API. */
export async function verifyCredential(given: GivenCredential, ask: Ask): Promise<Report> {
  return await judgeCredential({ json: given.credential }, { ...optionsOf(given, ask), proof: given.proof });
}

/** A presentation by the rules of the VC API. */
export async function verifyPresentation(given: GivenPresentation, ask: Ask): Promise<PresentationReport> {
  const { presentation, challenge, domain, jwt } = given;
  return await judgePresentation(presentation, {
    ...optionsOf(given, ask),
    ...(challenge !== undefined && { challenge }),
    ...(domain !== undefined && { domain }),
    jwt,
  });
}
