// What strangers read: credentials in their machine forms and award records; status lists have a file of their own. The
// page of a credential has the same address and is the pages room's.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import { etagOf } from '../platform/entity-tag.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { isUuid } from '../platform/uuid.ts';
import { bakeCredential } from './bake-credential.ts';
import { readFresh, type FreshCredential } from './fresh-credentials.ts';
import { chooseForm, TYPE_OF, type Choice, type Form } from './forms.ts';
import { credentialJwt } from './make-jwt.ts';
import { sendBytes } from './send-bytes.ts';
import { statusRoutes } from './status-routes.ts';
import { readAward, type StoredCredential } from './store.ts';

const oneId = z.object({ id: z.string().max(64) });

function unknown(): Problem {
  return new Problem('credential_unknown', 404, 'There is no badge at this address, or it is not shared.');
}

/** A credential that strangers may see. A private one answers exactly as one that never was. */
async function sharedCredential(service: Service, id: string): Promise<FreshCredential> {
  const credential = await readFresh(service, id);
  if (!credential || credential.stored.visibility === 'private') throw unknown();
  if (credential.stored.json === null)
    throw new Problem('credential_erased', 410, 'This badge was erased at the wish of its earner.');
  return credential;
}

/** What strangers read of the credentials room. */
export async function publicCredentialRoutes(plain: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const app = plain.withTypeProvider<ZodTypeProvider>();

  /** @param fileName what it is called where it is saved; whoever asks for no file is told none */
  async function sendForm(
    request: FastifyRequest,
    reply: FastifyReply,
    choice: Choice & { id: string; fileName?: string },
  ) {
    const credential = await sharedCredential(service, choice.id);
    const bytes =
      choice.form === 'json'
        ? credential.bytes
        : await formOf(credential.stored as StoredCredential & { json: string }, choice.form);
    // A corrected badge must not be served from a cache, and names are nothing for shared ones.
    void reply.header('cache-control', 'private, no-cache').header('vary', 'Accept, User-Agent');
    if (choice.fileName) void reply.header('content-disposition', `inline; filename="${choice.fileName}"`);
    if (choice.form === 'json') return sendBytes(request, reply, bytes, choice.mediaType, credential.etag);
    return sendBytes(request, reply, bytes, choice.mediaType, etagOf(bytes));
  }

  async function formOf(credential: StoredCredential & { json: string }, form: Exclude<Form, 'json'>) {
    if (form !== 'jwt') return bakeCredential(service.workers, credential, form);
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
      return sendForm(request, reply, { id: request.params.id, ...choice });
    },
  );

  for (const form of ['json', 'jwt', 'png', 'svg'] as const) {
    app.get(
      `/credentials/:id.${form}`,
      { schema: { tags: ['public'], summary: `A credential as ${form.toUpperCase()}`, params: oneId } },
      async (request, reply) => {
        const { id } = request.params;
        const fileName = `badge-${id.slice(0, 8)}.${form}`;
        return sendForm(request, reply, { id, form, mediaType: TYPE_OF[form], fileName });
      },
    );
  }

  app.get(
    '/awards/:id',
    { schema: { tags: ['public'], summary: 'Why a badge was awarded', params: oneId } },
    async (request, reply) => {
      const { id } = request.params;
      const award = isUuid(id) ? await service.db.reading((tx) => readAward(tx, id)) : undefined;
      if (!award || award.visibility === 'private')
        throw new Problem('award_unknown', 404, 'There is no award record at this address, or it is not shared.');
      if (award.record === null)
        throw new Problem('award_erased', 410, 'This award record was erased at the wish of the earner.');
      void reply.header('cache-control', 'private, no-cache');
      return sendBytes(request, reply, award.record, 'application/json', etagOf(award.record));
    },
  );

  await statusRoutes(plain, { service });
}
