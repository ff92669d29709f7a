// The issuing half of the W3C VC API, for the ecosystem's tools and conformance suites. Off unless VC_API says so, and
// behind a scope of its own: whoever may call it says what he likes in our name.
// VC API (W3C CCG draft, 2025) "Issue Credential", "Update Status".
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import { isObject } from '../openbadges/parse-json.ts';
import { allow, requireCaller } from '../platform/callers.ts';
import { faultsOf } from '../platform/faults.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { changePostedStatus } from './change-posted-status.ts';
import { CRYPTOSUITES, issuePosted, type IssueOptions } from './issue-posted.ts';
import { parsePosted } from './posted-credential.ts';
import { STATUS_PURPOSES } from './status-series.ts';

const ENTRY_TYPE = 'BitstringStatusListEntry';
const wantedEntry = z.looseObject({ type: z.literal(ENTRY_TYPE), statusPurpose: z.enum(STATUS_PURPOSES) });
const oneOrMore = <T extends z.ZodType>(one: T) => z.union([z.array(one).max(STATUS_PURPOSES.length), one]);
const names = z.union([z.string().min(1).max(2000), z.array(z.string().min(1).max(2000)).min(1).max(32)]);

const optionsSchema = z
  .looseObject({
    credentialStatus: oneOrMore(wantedEntry).optional().describe('Status entries to be added, one for each purpose'),
    cryptosuite: z.enum(CRYPTOSUITES).optional().describe('eddsa-rdfc-2022 unless said otherwise'),
    format: z.enum(['jwt']).optional().describe('A VC-JWT, enveloped, in place of an embedded proof'),
    credentialId: z.string().min(1).max(2000).optional().describe('A name for a credential without an id'),
    previousProof: names.optional().describe('Ids of proofs on the credential that the new one covers too'),
  })
  .describe('Other options are ignored');

const issueBody = z.looseObject({
  credential: z.record(z.string(), z.unknown()).describe('Signed as it stands'),
  options: optionsSchema.optional(),
});

const truth = z.union([z.boolean(), z.enum(['0', '1'])]).transform((value) => value === true || value === '1');
const changeSchema = z.looseObject({
  type: z.enum([ENTRY_TYPE, 'BitstringStatusList']).optional(),
  statusPurpose: z.enum(STATUS_PURPOSES).default('revocation'),
  status: truth.optional(),
  statusListCredential: z.string().max(2000).optional(),
  statusListIndex: z
    .string()
    .regex(/^\d{1,9}$/)
    .optional(),
});
const statusBody = z.looseObject({
  credentialId: z.string().min(1).max(2000).optional().describe('The `id` of the credential, or its credentialId'),
  credentialStatus: z
    .union([z.array(changeSchema).min(1).max(16), changeSchema])
    .describe('What to change; each may have a status of its own'),
  status: truth.optional().describe('true (or "1") sets it, false (or "0") clears it; only a suspension is cleared'),
});

function parse<T extends z.ZodType>(schema: T, value: unknown, code: string, at: string): z.infer<T> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = faultsOf(parsed.error, value).map((fault) => ({ ...fault, pointer: at + fault.pointer }));
  throw new Problem(code, 400, `${at === '' ? 'The request' : at.slice(1)} is not as it must be; see errors.`, {
    errors,
  });
}

function readOptions(value: unknown): IssueOptions {
  const options = parse(optionsSchema, value ?? {}, 'malformed_options', '/options');
  const { credentialStatus = [], cryptosuite, format, credentialId, previousProof } = options;
  const purposes = [credentialStatus].flat().map((one) => one.statusPurpose);
  if (new Set(purposes).size < purposes.length)
    throw new Problem('malformed_options', 400, 'options.credentialStatus names one purpose twice.');
  return {
    purposes,
    ...(cryptosuite && { cryptosuite }),
    ...(format && { format }),
    ...(credentialId !== undefined && { credentialId }),
    ...(previousProof !== undefined && { previousProof }),
  };
}

function readChanges(value: unknown) {
  const body = parse(statusBody, value, 'malformed_status', '');
  const changes = [body.credentialStatus].flat().map((one, position) => {
    const set = one.status ?? body.status;
    const { statusListCredential: list, statusListIndex: index } = one;
    if (set === undefined || (list === undefined) !== (index === undefined))
      throw new Problem('malformed_status', 400, `credentialStatus/${position} lacks a status, or half of its entry.`);
    return {
      purpose: one.statusPurpose,
      set,
      ...(list !== undefined && { entry: { list, index: Number(index) } }),
    };
  });
  if (body.credentialId === undefined && changes.some((one) => !one.entry))
    throw new Problem('malformed_status', 400, 'Give the credentialId, or statusListCredential and statusListIndex.');
  return { changes, ...(body.credentialId !== undefined && { credentialId: body.credentialId }) };
}

/** `POST /credentials/issue` and `POST /credentials/status`. */
export async function vcApiIssuingRoutes(plain: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  // Whoever asks: a switch that is off answers before a token is looked at.
  const whenOn = async (): Promise<void> => {
    if (service.config.vcApi) return;
    throw new Problem('vc_api_off', 404, 'Issuing through the VC API is switched off: the operator sets VC_API=on.');
  };
  const onRequest = [whenOn, allow('vc:issue')];

  app.post(
    '/credentials/issue',
    {
      onRequest,
      // What is malformed gets its own sentence below, with the status that the conformance suites expect.
      attachValidation: true,
      schema: {
        tags: ['vc-api'],
        summary: 'Issue a credential (W3C VC API)',
        body: issueBody,
        response: { 201: z.object({ verifiableCredential: z.unknown() }).describe('Signed') },
      },
    },
    async (request, reply) => {
      const body: Record<string, unknown> = isObject(request.body) ? request.body : {};
      const posted = await parsePosted(body.credential);
      const options = readOptions(body.options);
      const verifiableCredential = await issuePosted(service, requireCaller(request).clientId, posted, options);
      return reply.code(201).header('cache-control', 'no-store').send({ verifiableCredential });
    },
  );

  app.post(
    '/credentials/status',
    {
      onRequest,
      attachValidation: true,
      schema: {
        tags: ['vc-api'],
        summary: 'Revoke, suspend or reinstate what the VC API issued',
        body: statusBody,
        response: {
          200: z.object({ updated: z.literal(true) }).describe('The next list served says so'),
        },
      },
    },
    async (request) => {
      const order = readChanges(request.body);
      const caller = requireCaller(request);
      await changePostedStatus(service, { ...order, clientId: caller.has('admin') ? null : caller.clientId });
      return { updated: true as const };
    },
  );
}
