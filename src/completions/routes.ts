// How platforms tell us what somebody completed.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import { allow, requireCaller } from '../platform/callers.ts';
import { Problem, problemBody, PROBLEM_SCHEMA } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { readUtf8 } from '../platform/text-guard.ts';
import { batchBody, NDJSON, readRecords, summarize } from './batch.ts';
import { completionRecord } from './completion.ts';
import { submissionOf, submissionOfRecord } from './check-record.ts';
import type { Intake } from './intake.ts';
import { readingRoutes } from './reading-routes.ts';
import { registrarRoutes } from './registrar-routes.ts';
import { answerSchema, batchAnswerSchema } from './schemas.ts';
import type { Reply, Submission } from './submission.ts';

const RECORD_LIMIT_BYTES = 262_144;
const BATCH_LIMIT_BYTES = 5 * 1024 * 1024;

/** Everything of the completions room that speaks HTTP. */
export async function completionsRoutes(
  plain: FastifyInstance,
  { service, intake }: { service: Service; intake: Intake },
): Promise<void> {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  await readingRoutes(plain, { service });
  await registrarRoutes(plain, { service });
  await plain.register(async (scope) => batchRoute(scope, service, intake));

  app.post(
    '/v1/completions',
    {
      bodyLimit: RECORD_LIMIT_BYTES,
      onRequest: allow('completions:write', 'reviews:write'),
      schema: {
        tags: ['completions'],
        summary: 'Record one completion',
        description: 'Send it again as often as you like: the same record under the same id is answered, not counted.',
        body: completionRecord,
        response: {
          200: answerSchema.describe(
            'Told before: the answer of then, the progress of now. Or `dropped`: the learner was erased at their own wish.',
          ),
          201: answerSchema.describe('Recorded.'),
          202: answerSchema.describe('Parked until it can be placed; never dropped.'),
          409: PROBLEM_SCHEMA.describe('Another record was received under this id.'),
        },
      },
    },
    async (request, reply) => {
      const submission = submissionOfRecord(service, requireCaller(request), request.body);
      const [told] = await intake.submit([submission]);
      if (!told) throw new Error('a record got no reply');
      if ('problem' in told) throw told.problem;
      if (told.body.completion) void reply.header('location', `/v1/completions/${told.body.completion}`);
      return reply.code(told.status).send(told.body);
    },
  );
}

/** The one route that takes NDJSON. */
function batchRoute(plain: FastifyInstance, service: Service, intake: Intake): void {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  plain.addContentTypeParser(NDJSON, { parseAs: 'buffer', bodyLimit: BATCH_LIMIT_BYTES }, (_request, bytes, done) =>
    done(null, readUtf8(bytes as Buffer)),
  );

  app.post(
    '/v1/completions/batch',
    {
      bodyLimit: BATCH_LIMIT_BYTES,
      config: { ownTextCheck: true } as object,
      onRequest: allow('completions:write', 'reviews:write'),
      schema: {
        tags: ['completions'],
        summary: 'Record up to 1,000 completions',
        description:
          'As JSON (`{"records": […]}`) or NDJSON, one record a line. Each record has its own answer, in order; one that is refused takes no other down.',
        body: batchBody,
        response: { 207: batchAnswerSchema },
      },
    },
    async (request, reply) => {
      const records = readRecords(request.body);
      const parsed = records.map((one) => check(request, one));
      const accepted = parsed.filter((one): one is Submission => !(one instanceof Problem));
      const replies = await intake.submit(accepted);
      let next = 0;
      const results = parsed.map((one, index) =>
        one instanceof Problem
          ? failure(request, index, idOf(records[index]), one)
          : result(request, index, one, replies[next++] as Reply),
      );
      return reply.code(207).send({ summary: summarize(results), results });
    },
  );

  /** A record of a batch as a submission, or what is wrong with it. */
  function check(request: FastifyRequest, record: unknown): Submission | Problem {
    if (record instanceof Problem) return record;
    try {
      return submissionOf(service, requireCaller(request), record);
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
  }
}

type Result = z.infer<typeof batchAnswerSchema>['results'][number];

/** The id of a record that was refused, where it can be read at all. */
function idOf(record: unknown): string | undefined {
  const { id } = (record ?? {}) as { id?: unknown };
  return typeof id === 'string' && id.length <= 255 ? id : undefined;
}

function failure(request: FastifyRequest, index: number, id: string | undefined, problem: Problem): Result {
  return {
    index,
    ...(id !== undefined && { id }),
    status: problem.status,
    problem: problemBody(problem, request),
    retryable: problem.status >= 500 || problem.status === 429,
  };
}

function result(request: FastifyRequest, index: number, submission: Submission, reply: Reply): Result {
  if ('problem' in reply) return failure(request, index, submission.record.id, reply.problem);
  const { status, ...body } = reply.body;
  return { index, ...body, status: reply.status, recorded: status };
}
