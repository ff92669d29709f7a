// What strangers read: credentials in their machine forms, award records, status lists. The page of a credential has
// the same address and is the pages room's.
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { bakeCredential } from './bake-credential.ts';
import { chooseForm, contentType, TYPE_OF, type Choice, type Form } from './forms.ts';
import { credentialJwt } from './make-jwt.ts';
import { currentStatusList, LIST_TTL_MS } from './publish-status-list.ts';
import { readAward, readCredential, type StoredCredential } from './store.ts';

const oneId = z.object({ id: z.string().max(64) });
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

function unknown(): Problem {
  return new Problem('credential_unknown', 404, 'There is no badge at this address, or it is not shared.');
}

/** A credential that strangers may see. A private one answers exactly as one that never was. */
async function sharedCredential(service: Service, id: string): Promise<StoredCredential & { json: string }> {
  const credential = UUID.test(id) ? await readCredential(service.db.read, id) : undefined;
  if (!credential || credential.visibility === 'private') throw unknown();
  if (credential.json === null)
    throw new Problem('credential_erased', 410, 'This badge was erased at the wish of its earner.');
  return { ...credential, json: credential.json };
}

function etagOf(bytes: string | Buffer): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
}

/** Answers with bytes, or with 304 when the caller has them. */
function sendBytes(request: FastifyRequest, reply: FastifyReply, bytes: string | Buffer, type: string, etag: string) {
  void reply.header('etag', etag).type(contentType(type));
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) return reply.code(304).send();
  return reply.send(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
}

/** What strangers read of the credentials room. */
export async function publicCredentialRoutes(plain: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  async function sendForm(request: FastifyRequest, reply: FastifyReply, id: string, choice: Choice) {
    const credential = await sharedCredential(service, id);
    // A corrected badge must not be served from a cache, and names are nothing for shared ones.
    void reply.header('cache-control', 'private, no-cache').header('vary', 'Accept, User-Agent');
    const bytes = await formOf(credential, choice.form);
    return sendBytes(request, reply, bytes, choice.mediaType, etagOf(bytes));
  }

  async function formOf(credential: StoredCredential & { json: string }, form: Form): Promise<string | Buffer> {
    if (form === 'json') return credential.json;
    if (form !== 'jwt') return bakeCredential(credential, form);
    const jwt = await credentialJwt(service, credential);
    if (jwt === null) throw unknown();
    return jwt;
  }

  app.get(
    '/credentials/:id',
    { schema: { tags: ['public'], summary: 'A credential in the form that was asked for', params: oneId } },
    async (request, reply) => {
      const choice = chooseForm(request.headers.accept);
      if (!choice)
        throw new Problem(
          'not_acceptable',
          406,
          'This badge is there as JSON, JWT, PNG, SVG and HTML. Ask for one of these.',
        );
      return sendForm(request, reply, request.params.id, choice);
    },
  );

  for (const form of ['json', 'jwt', 'png', 'svg'] as const) {
    app.get(
      `/credentials/:id.${form}`,
      { schema: { tags: ['public'], summary: `A credential as ${form.toUpperCase()}`, params: oneId } },
      async (request, reply) => {
        const { id } = request.params;
        void reply.header('content-disposition', `inline; filename="badge-${id.slice(0, 8)}.${form}"`);
        return sendForm(request, reply, id, { form, mediaType: TYPE_OF[form] });
      },
    );
  }

  app.get(
    '/awards/:id',
    { schema: { tags: ['public'], summary: 'Why a badge was awarded', params: oneId } },
    async (request, reply) => {
      const { id } = request.params;
      const award = UUID.test(id) ? await readAward(service.db.read, id) : undefined;
      if (!award || award.visibility === 'private')
        throw new Problem('award_unknown', 404, 'There is no award record at this address, or it is not shared.');
      if (award.record === null)
        throw new Problem('award_erased', 410, 'This award record was erased at the wish of the earner.');
      void reply.header('cache-control', 'private, no-cache');
      return sendBytes(request, reply, award.record, 'application/json', etagOf(award.record));
    },
  );

  app.get(
    '/status/:purpose/:n',
    {
      schema: {
        tags: ['public'],
        summary: 'A status list credential',
        params: z.object({
          purpose: z.enum(['revocation', 'suspension']),
          n: z.coerce.number().int().min(0).max(1_000_000),
        }),
      },
    },
    async (request, reply) => {
      const choice = chooseForm(request.headers.accept, ['json']) ?? { mediaType: 'application/json' };
      const list = await currentStatusList(service, request.params.purpose, request.params.n);
      if (!list) throw new Problem('status_list_unknown', 404, 'There is no such status list.');
      void reply.header('cache-control', `public, max-age=${LIST_TTL_MS / 1000}, stale-if-error=86400`);
      void reply.header('vary', 'Accept');
      return sendBytes(request, reply, list.json, choice.mediaType, list.etag);
    },
  );
}
