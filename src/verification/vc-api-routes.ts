// The verifying half of the W3C VC API, for the ecosystem's tools and conformance suites.
//
// Its callers want yes or no: 200 only for what verifies entirely (every proof good, nothing open), 400 with a problem
// otherwise, so that a caller who looks at the status alone is never misled. What is not a credential at all is told
// apart from one that does not verify by the problem's code.
//
// VC API (W3C CCG, draft of 2025) §3.3 "Verifying"; VC Data Model 2.0 (W3C Recommendation, 15 May 2025) §7.

import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import { isObject, withinLimits } from '../openbadges/parse-json.ts';
import type { Check, Report } from '../openbadges/report.ts';
import {
  isPresentation,
  isProven,
  openPresentation,
  type PresentationReport,
} from '../openbadges/verify-presentation.ts';
import { Problem, PROBLEM_SCHEMA } from '../platform/problem.ts';
import { readJsonBodies } from '../platform/text-guard.ts';
import { judgeEnvelope } from './posted-json.ts';
import { reportSchema } from './report-schema.ts';
import type { Verifier } from './verifier.ts';

const BODY_LIMIT_BYTES = 4 * 1024 * 1024;

const optionsSchema = z
  .looseObject({
    challenge: z.string().optional(),
    domain: z.union([z.string(), z.array(z.string())]).optional(),
    expectedProofPurpose: z.string().optional(),
    returnCredential: z.boolean().optional(),
    returnResults: z.boolean().optional(),
    returnProblemDetails: z.boolean().optional(),
  })
  .describe('What is set here must hold; other options are ignored');

const credentialBody = z
  .looseObject({
    verifiableCredential: z
      .record(z.string(), z.unknown())
      .describe('The credential, or an EnvelopedVerifiableCredential'),
    options: optionsSchema.optional(),
  })
  .meta({
    examples: [
      {
        verifiableCredential: { '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiableCredential'] },
        options: {},
      },
    ],
  });
const presentationBody = z
  .looseObject({ verifiablePresentation: z.record(z.string(), z.unknown()), options: optionsSchema.optional() })
  .meta({
    examples: [
      {
        verifiablePresentation: {
          '@context': ['https://www.w3.org/ns/credentials/v2'],
          type: ['VerifiablePresentation'],
        },
        options: { challenge: 'c0ffee', domain: 'example.org' },
      },
    ],
  });

const verifiedSchema = z.object({
  verified: z.literal(true),
  outcome: z.enum(['valid', 'valid_with_warnings']).optional(),
  checks: reportSchema.shape.checks.optional(),
  credential: z.record(z.string(), z.unknown()).optional(),
  results: z.record(z.string(), z.unknown()).optional(),
  problemDetails: z.array(z.record(z.string(), z.unknown())).optional(),
});

/** Every proof good and nothing open. Of several proofs the VC API wants all of them good. */
export function isVerified(report: Report): boolean {
  const good = report.outcome === 'valid' || report.outcome === 'valid_with_warnings';
  return good && !report.checks.some((one) => one.code === 'other_proof_not_good');
}

function pointer(check: Check): { pointer: string; code: string; detail: string } {
  return { pointer: '/verifiableCredential', code: `${check.id}.${check.code}`, detail: check.message };
}

function faultsOf(report: Report): { pointer: string; code: string; detail: string }[] {
  const bad = report.checks.filter(
    (one) => one.status === 'fail' || one.status === 'unknown' || one.code === 'other_proof_not_good',
  );
  return bad.map(pointer);
}

function malformed(member: string, sentence: string): Problem {
  return new Problem(`malformed_${member === 'verifiableCredential' ? 'credential' : 'presentation'}`, 400, sentence, {
    errors: [{ pointer: `/${member}`, code: 'malformed', detail: sentence }],
  });
}

/** The member that must be there and be an object; a string, null or nothing is a malformed request. */
function objectOf(body: unknown, member: 'verifiableCredential' | 'verifiablePresentation'): Record<string, unknown> {
  const value = isObject(body) ? body[member] : undefined;
  if (!isObject(value)) throw malformed(member, `${member} must be a JSON object.`);
  if (value['proof'] === null) throw malformed(member, `The proof of ${member} must not be null.`);
  const bounds = withinLimits(value);
  if (!bounds.ok) throw malformed(member, bounds.sentence);
  return value;
}

function optionsOf(body: unknown): z.infer<typeof optionsSchema> {
  const options = isObject(body) ? body['options'] : undefined;
  const parsed = optionsSchema.safeParse(options ?? {});
  if (parsed.success) return parsed.data;
  throw new Problem(
    'malformed_options',
    400,
    'options must be an object; challenge a text, domain a text or a list of texts.',
  );
}

interface Reach {
  verifier: Verifier;
}

async function answerCredential(body: unknown, { verifier }: Reach, reply: FastifyReply): Promise<FastifyReply> {
  const credential = objectOf(body, 'verifiableCredential');
  const options = optionsOf(body);
  const { expectedProofPurpose: purpose, challenge, domain } = options;
  const proof = { ...(purpose !== undefined && { purpose }), challenge, domain };
  const report = await verifier.credential({ credential, proof });
  if (!isVerified(report))
    throw new Problem('not_verified', 400, 'The credential does not verify.', { errors: faultsOf(report) });
  const { outcome, checks } = report;
  const warnings = checks
    .filter((one) => one.status === 'warn')
    .map((one) => ({ type: 'about:blank', title: one.code, detail: one.message }));
  return reply.header('cache-control', 'no-store').send({
    verified: true,
    outcome,
    checks,
    ...(options.returnCredential === true && { credential: report.credential }),
    ...(warnings.length > 0 && { problemDetails: warnings }),
  });
}

function presentationFaults(report: PresentationReport): { pointer: string; code: string; detail: string }[] {
  const at = '/verifiablePresentation';
  const shape = report.faults.map((detail) => ({ pointer: at, code: 'presentation_malformed', detail }));
  const missing =
    report.proofs.length === 0
      ? [{ pointer: `${at}/proof`, code: 'proof_missing', detail: 'The presentation has no proof.' }]
      : [];
  const proofs = report.proofs
    .filter((one) => one.mathematics !== 'good' || one.trust?.trust !== 'pass')
    .map((one) => ({
      pointer: `${at}/proof/${one.result.index}`,
      code: one.mathematics === 'good' ? (one.trust?.code ?? 'key') : one.result.code,
      detail: one.mathematics === 'good' ? (one.trust?.sentence ?? one.result.message) : one.result.message,
    }));
  const credentials = report.credentials.flatMap((one, position) =>
    isVerified(one)
      ? []
      : faultsOf(one).map((fault) => ({ ...fault, pointer: `${at}/verifiableCredential/${position}` })),
  );
  return [...shape, ...missing, ...proofs, ...credentials];
}

async function answerPresentation(body: unknown, { verifier }: Reach, reply: FastifyReply): Promise<FastifyReply> {
  const posted = objectOf(body, 'verifiablePresentation');
  if (!isPresentation(posted)) throw malformed('verifiablePresentation', 'type must include VerifiablePresentation.');
  const opened = openPresentation(posted);
  if (opened === undefined)
    throw malformed('verifiablePresentation', 'The envelope of the presentation cannot be opened.');
  const { challenge, domain } = optionsOf(body);
  const { presentation, jwt } = opened;
  const report = await verifier.presentation({ presentation, jwt, challenge, domain });
  const faults = presentationFaults(report);
  if (faults.length > 0 || !isProven(report))
    throw new Problem('not_verified', 400, 'The presentation does not verify.', { errors: faults });
  return reply.header('cache-control', 'no-store').send({
    verified: true,
    results: {
      presentation: { verified: true, holder: report.holder },
      credentials: report.credentials.map((one) => ({ verified: true, outcome: one.outcome, checks: one.checks })),
    },
  });
}

/** Requests that mean one thing. */
function takeEnvelopes(app: FastifyInstance): void {
  readJsonBodies(app, (text) => {
    const read = judgeEnvelope(text);
    if (!read.ok && read.fault !== 'not_json') throw new Problem('malformed_json', 400, read.sentence);
    return undefined;
  });
}

/** `POST /credentials/verify` and `POST /presentations/verify`. */
export async function vcApiRoutes(plain: FastifyInstance, reach: Reach): Promise<void> {
  takeEnvelopes(plain);
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const response = {
    200: verifiedSchema.describe('It verifies entirely.'),
    400: PROBLEM_SCHEMA.describe(
      'It is malformed (`malformed_…`), or it does not verify (`not_verified`); `errors` says why.',
    ),
  };
  app.post(
    '/credentials/verify',
    {
      bodyLimit: BODY_LIMIT_BYTES,
      config: { limitBy: 'address', ownTextCheck: true },
      // What is malformed gets its own sentence here, with the status that the conformance suites expect.
      attachValidation: true,
      schema: { tags: ['vc-api'], summary: 'Verify a credential (W3C VC API)', body: credentialBody, response },
    },
    async (request, reply) => answerCredential(request.body, reach, reply),
  );
  app.post(
    '/presentations/verify',
    {
      bodyLimit: BODY_LIMIT_BYTES,
      config: { limitBy: 'address', ownTextCheck: true },
      attachValidation: true,
      schema: { tags: ['vc-api'], summary: 'Verify a presentation (W3C VC API)', body: presentationBody, response },
    },
    async (request, reply) => answerPresentation(request.body, reach, reply),
  );
}
