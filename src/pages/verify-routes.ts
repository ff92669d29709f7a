// The verify page over HTTP: a form that works without JavaScript, and links that name one of our badges or anybody's.
// Nothing of a submission is kept, cached or logged; the address in the e-mail field is hashed and forgotten.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import multipart from '@fastify/multipart';
import { MOST_SUBMISSION_BYTES } from '../openbadges/submission.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { knownRecipient } from '../verification/routes.ts';
import { makeVerifier } from '../verification/verifier.ts';
import { sendPage } from './send-page.ts';
import { verifyPage, type VerifyAnswer } from './verify-page.ts';
import { viewBadge } from './verify-view.ts';
import type { MessageKey } from './words.ts';

/** What somebody handed in. */
interface Handed {
  input?: Uint8Array | string;
  email?: string;
}

const FIELD_LENGTH_MAX = 4_000_000;
const EMAIL = /^[^\s@]+@[^\s@]+$/;

async function readForm(request: FastifyRequest): Promise<Handed> {
  if (!request.isMultipart()) {
    const { badge, email } = (request.body ?? {}) as { badge?: unknown; email?: unknown };
    return {
      input: typeof badge === 'string' ? badge.trim() : undefined,
      email: typeof email === 'string' ? email.trim() : undefined,
    };
  }
  try {
    return await readParts(request);
  } catch (error) {
    // What the parser of forms cannot read has no status of its own, and is its sender's to mend.
    if (typeof (error as { statusCode?: unknown }).statusCode === 'number') throw error;
    throw new Problem('malformed', 400, 'The form is broken off, or says no boundary. Send it again, whole.');
  }
}

async function readParts(request: FastifyRequest): Promise<Handed> {
  const handed: Handed = {};
  for await (const part of request.parts({
    limits: { files: 1, fields: 4, fileSize: MOST_SUBMISSION_BYTES, fieldSize: FIELD_LENGTH_MAX },
  })) {
    if (part.type === 'file') {
      const bytes = await part.toBuffer();
      if (bytes.length > 0) handed.input = bytes;
    } else if (part.fieldname === 'badge' && typeof part.value === 'string' && part.value.trim() !== '')
      handed.input ??= part.value.trim();
    else if (part.fieldname === 'email' && typeof part.value === 'string') handed.email = part.value.trim();
  }
  return handed;
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

/** A picture that was handed in, as a data: URL: it is shown through `img`, where no script of it runs. */
export function pictureOf(input: Uint8Array | string): string | undefined {
  const bytes = Buffer.from(input);
  if (bytes.subarray(0, 4).equals(PNG)) return `data:image/png;base64,${bytes.toString('base64')}`;
  const start = bytes.subarray(0, 2000).toString('utf8').trimStart();
  return /^<(\?xml|!--|!DOCTYPE svg|svg[\s>])/i.test(start)
    ? `data:image/svg+xml;base64,${bytes.toString('base64')}`
    : undefined;
}

function ownPageOf(publicUrl: string, id: string | undefined): string | undefined {
  return id?.startsWith(`${publicUrl}/credentials/`) ? id.slice(publicUrl.length) : undefined;
}

/** The verify page. */
export async function verifyPageRoutes(app: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const { publicUrl } = service.config;
  const verifier = makeVerifier(app, service);
  if (!app.hasContentTypeParser('multipart/form-data')) await app.register(multipart);

  async function answer(input: Uint8Array | string, email?: string): Promise<VerifyAnswer> {
    const report = await verifier.submission({
      input,
      at: undefined,
      recipient: email ? knownRecipient({ email }) : undefined,
    });
    const badge = viewBadge(report, publicUrl, pictureOf(input));
    const genuine = report.checks.some((one) => one.id === 'issuer_identity' && one.code === 'issuer_is_this_service');
    return { report, badge, compared: Boolean(email), ownPage: genuine ? ownPageOf(publicUrl, badge?.id) : undefined };
  }

  const dear = { schema: { hide: true }, config: { limitBy: 'address' as const } };

  app.get('/verify', dear, async (request, reply) => {
    const { url } = request.query as { url?: unknown };
    void reply.header('cache-control', 'no-store');
    if (typeof url !== 'string' || url.trim() === '')
      return sendPage(service.config, request, reply, (words) => verifyPage(words));
    const given = await answer(url.trim());
    return sendPage(service.config, request, reply, (words) => verifyPage(words, given));
  });

  app.post('/verify', dear, async (request, reply) => {
    const { input, email } = await readForm(request);
    const fault: MessageKey | undefined = !input?.length
      ? 'verify.fault.empty'
      : email && !EMAIL.test(email)
        ? 'verify.fault.email'
        : undefined;
    const given = fault || input === undefined ? undefined : await answer(input, email);
    void reply.header('cache-control', 'no-store');
    return sendPage(service.config, request, reply, (words) => verifyPage(words, given, fault), '/verify');
  });
}
