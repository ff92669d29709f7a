// POST /v1/verify: anybody's badge in, a report out. The only file of the room that knows HTTP, with vc-api-routes.ts.
//
// No login, nothing stored, nothing cached and nothing of the body in a log. A bad badge is an answer (200), only a bad
// request is an error. Every form a badge travels in is taken as it is, so that `curl --data-binary @badge.png` works.
//
// Open Badges 3.0 (1EdTech, April 2025) §5, §9.1; media types application/vc and application/vc+jwt (IANA, 2024).

import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import type { KnownRecipient } from '../openbadges/checks/examination.ts';
import { MOST_SUBMISSION_BYTES } from '../openbadges/submission.ts';
import { Problem, PROBLEM_SCHEMA } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { readJsonBodies } from '../platform/text-guard.ts';
import { textToJudge } from './posted-json.ts';
import { REPORT_EXAMPLE, reportSchema } from './report-schema.ts';
import { vcApiRoutes } from './vc-api-routes.ts';
import { makeVerifier, type Verifier } from './verifier.ts';

const TEXTS = [
  'application/vc',
  'application/vc+ld+json',
  'application/ld+json',
  'application/vc+jwt',
  'application/jwt',
  'text/plain',
  'image/svg+xml',
];

const FILES = ['image/png', 'application/pdf', 'application/octet-stream'];

const OTHER_TYPE = (): Problem =>
  new Problem(
    'media_type',
    415,
    `This media type is not taken here. Send application/json with \`input\`, or the badge itself as ${[...TEXTS, ...FILES].join(', ')}.`,
  );

/** Dear to compute, so limited by address; nothing is stored, so the texts of a badge are its report's to judge. */
const UNSTORED = { limitBy: 'address', ownTextCheck: true } as const;

const instantSchema = z.iso.datetime({ offset: true }).describe('The instant to judge at; now when left out');
const recipientSchema = z
  .union([
    z.string().max(1000),
    z
      .strictObject({ email: z.string().max(320).optional(), id: z.string().max(1000).optional() })
      // A comparison that was asked for and never made would read as one that held.
      .refine((one) => one.email !== undefined || one.id !== undefined, { message: 'Give `email` or `id`.' }),
  ])
  .describe('Whom the badge should belong to: an e-mail address or the id of the subject');

const bodySchema = z
  .strictObject({
    input: z
      .union([z.string().min(1), z.record(z.string(), z.unknown())])
      .describe('The badge: its JSON (as an object or a text), JWT, https address, or a picture or PDF as a data: URL'),
    recipient: recipientSchema.optional(),
    at: instantSchema.optional(),
  })
  .meta({
    examples: [
      {
        input: 'https://badges.example.org/credentials/7d0f2c1e-4f43-4d34-8a54-0b6f4d1f5c11',
        recipient: { email: 'ada@example.edu' },
      },
    ],
  });

const querySchema = z.strictObject({ recipient: z.string().max(1000).optional(), at: instantSchema.optional() });

type AskedRecipient = z.infer<typeof recipientSchema>;

/** What a caller knows of the person, in the terms of the comparison. */
export function knownRecipient(asked: AskedRecipient | undefined): KnownRecipient | undefined {
  if (asked === undefined) return undefined;
  const isId = typeof asked === 'string' && /^(did|urn|https?):/.test(asked);
  const { email, id } =
    typeof asked === 'string' ? (isId ? { id: asked } : { email: asked.replace(/^mailto:/, '') }) : asked;
  const identities = email === undefined ? [] : [{ identityType: 'emailAddress', identifier: email }];
  return { id: id ?? (email === undefined ? undefined : `mailto:${email}`), identities };
}

/** Pictures and texts become the one shape of body that there is. */
function takeRawBodies(app: FastifyInstance): void {
  app.addContentTypeParser(TEXTS, { parseAs: 'string' }, (_request, text, done) => done(null, { input: text }));
  // What a file is its bytes tell; that a client did not know it either is no fault.
  app.addContentTypeParser(FILES, { parseAs: 'buffer' }, (_request, bytes, done) =>
    done(null, { input: `data:application/octet-stream;base64,${(bytes as Buffer).toString('base64')}` }),
  );
  app.addContentTypeParser('*', (_request, _payload, done) => done(OTHER_TYPE()));
  readJsonBodies(app, (text) => {
    const input = textToJudge(text);
    return input === undefined ? undefined : { input };
  });
}

/** Everything of the verification room that speaks HTTP. */
export async function verificationRoutes(plain: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const verifier = makeVerifier(plain, service);
  await plain.register(vcApiRoutes, { verifier });
  await plain.register(async (scope) => {
    takeRawBodies(scope);
    verifyRoute(scope, verifier);
  });
}

function verifyRoute(scope: FastifyInstance, verifier: Verifier): void {
  scope.withTypeProvider<ZodTypeProvider>().post(
    '/v1/verify',
    {
      bodyLimit: MOST_SUBMISSION_BYTES,
      config: UNSTORED,
      schema: {
        tags: ['verification'],
        summary: 'Is this badge good?',
        description:
          'Open Badges 3.0 and 2.0, verifiable credentials, in any form: JSON, JWT, baked PNG or SVG, PDF with the badge attached, https address. Send the badge itself as the body with its own media type, or JSON with `input`. What could not be checked is `unknown` and never counts as good.',
        body: bodySchema,
        querystring: querySchema,
        response: {
          200: reportSchema.describe('The report, whatever it says.').meta({ examples: [REPORT_EXAMPLE] }),
          400: PROBLEM_SCHEMA,
          413: PROBLEM_SCHEMA,
          415: PROBLEM_SCHEMA,
        },
      },
    },
    async (request, reply) => {
      const { input, recipient, at } = request.body;
      const instant = at ?? request.query.at;
      const report = await verifier.written({
        input: typeof input === 'string' ? input : JSON.stringify(input),
        at: instant === undefined ? undefined : new Date(instant),
        recipient: knownRecipient(recipient ?? request.query.recipient),
      });
      return reply
        .header('cache-control', 'no-store')
        .type('application/json; charset=utf-8')
        .send(report as never);
    },
  );
}
