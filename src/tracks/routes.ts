// The catalogue and the achievements for machines, and their images for everybody. Pages of the same URLs are the pages
// room's, by content negotiation.
//
// All of it is made of published versions, which never change while the service runs: each answer is made once and
// carries a strong ETag of its bytes (RFC 9110 §8.8.3, June 2022).
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import { z } from 'zod';
import { OB_V3, VC_V2 } from '../openbadges/contexts.ts';
import type { Profile } from '../openbadges/profile.ts';
import { achievementUrl, buildAchievement } from './achievement.ts';
import { renderBadgeSvg, renderIssuerSvg } from './badge-image.ts';
import {
  awardablesOf,
  currentTracks,
  findAwardable,
  TRACK_IDS,
  TRACKS,
  trackVersion,
  type Awardable,
} from './catalogue.ts';

/** Large enough for a page and a print of a few centimetres, some 60 KB. */
const IMAGE_PX = 600;
/** A new version of a track is seen within five minutes, a redrawn image within a week. */
const DOCUMENT_MAX_AGE_S = 300;
const IMAGE_MAX_AGE_S = 604_800;

export interface TracksRoutesOptions {
  /** Without a trailing slash. */
  publicUrl: string;
  issuer: Profile;
  /** Makes the service's 404 of a sentence; what a problem looks like is no matter of this room. */
  notFound: (sentence: string) => Error;
  /** Entity tags as the whole service has them. */
  tags: {
    of: (bytes: string | Buffer) => string;
    hasAlready: (ifNoneMatch: string | undefined, etag: string) => boolean;
  };
  /** Draws a picture; that it happens in another thread is no matter of this room either. */
  renderPng: (svg: string, sizePx: number) => Promise<Uint8Array>;
}

interface Answer {
  body: string | Buffer;
  type: string;
  etag: string;
  maxAgeS: number;
}

const version = z.string().regex(/^\d+\.\d+$/, 'must be like 1.0');
const versionQuery = z.strictObject({
  version: version.optional().describe('An older version; the current one if left out'),
});
const trackParams = z.object({ track: z.string().max(100) });
const moduleParams = trackParams.extend({ module: z.string().max(100) });

const catalogueAnswer = z.object({
  tracks: z.array(
    z.object({
      id: z.enum(TRACK_IDS),
      version,
      versions: z.array(version).describe('All that are published, oldest first'),
      title: z.string(),
      description: z.string(),
      digest: z.string(),
      url: z.string(),
      achievements: z.array(z.object({ key: z.string(), title: z.string(), url: z.string(), image: z.string() })),
    }),
  ),
});
const trackAnswer = z
  .looseObject({
    id: z.enum(TRACK_IDS),
    version,
    title: z.string(),
    requirement: z.looseObject({ kind: z.string() }),
    digest: z.string(),
  })
  .describe('One version of a track. Its digest is the SHA-256 of the JCS form of all the other members.');
const achievementAnswer = z
  .looseObject({ '@context': z.array(z.string()), id: z.string(), type: z.array(z.string()), name: z.string() })
  .describe('An Achievement of Open Badges 3.0');

/** Everything of the tracks room that speaks HTTP. */
export async function tracksRoutes(plain: FastifyInstance, options: TracksRoutesOptions): Promise<void> {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const { publicUrl, issuer, notFound, renderPng, tags } = options;
  const answers = new Map<string, Answer>();

  /** The answer of this name, made on first request. Names come from what was found, so there is an end to them. */
  function answer(name: string, type: string, maxAgeS: number, make: () => string | Buffer): Answer {
    let made = answers.get(name);
    if (!made) {
      const body = make();
      answers.set(name, (made = { body, type, etag: tags.of(body), maxAgeS }));
    }
    return made;
  }

  /** Sends an answer, or 304 to whoever has it already. */
  function send(request: FastifyRequest, reply: FastifyReply, { body, type, etag, maxAgeS }: Answer): FastifyReply {
    void reply.header('etag', etag).header('cache-control', `public, max-age=${maxAgeS}`);
    if (tags.hasAlready(request.headers['if-none-match'], etag)) return reply.code(304).send();
    return reply.type(type).send(body);
  }

  const found = (key: string, asked?: string): Awardable => {
    const awardable = findAwardable(key, asked);
    if (awardable) return awardable;
    const of = asked === undefined ? '' : ` in version ${asked}`;
    throw notFound(`There is no achievement "${key}"${of}. See ${publicUrl}/v1/catalogue for those there are.`);
  };

  function achievement(request: FastifyRequest, reply: FastifyReply, key: string, asked?: string): FastifyReply {
    const awardable = found(key, asked);
    const made = answer(`achievement ${key} ${awardable.version}`, '', DOCUMENT_MAX_AGE_S, () =>
      JSON.stringify({ '@context': [VC_V2, OB_V3], ...buildAchievement(awardable, publicUrl, issuer) }),
    );
    const accept = request.headers.accept ?? '';
    const plainJson = accept.includes('application/json') && !accept.includes('application/ld+json');
    void reply.header('vary', 'Accept, User-Agent');
    return send(request, reply, { ...made, type: plainJson ? 'application/json' : 'application/ld+json' });
  }

  async function image(
    request: FastifyRequest,
    reply: FastifyReply,
    name: string,
    form: string,
    draw: () => string,
  ): Promise<FastifyReply> {
    if (form === 'svg') return send(request, reply, answer(`${name} svg`, 'image/svg+xml', IMAGE_MAX_AGE_S, draw));
    const drawn = answers.get(`${name} png`)?.body ?? Buffer.from(await renderPng(draw(), IMAGE_PX));
    return send(
      request,
      reply,
      answer(`${name} png`, 'image/png', IMAGE_MAX_AGE_S, () => drawn),
    );
  }

  app.get(
    '/v1/catalogue',
    {
      schema: { tags: ['catalogue'], summary: 'The tracks and what can be earned', response: { 200: catalogueAnswer } },
    },
    async (request, reply) =>
      send(
        request,
        reply,
        answer('catalogue', 'application/json', DOCUMENT_MAX_AGE_S, () => JSON.stringify(listTracks(publicUrl))),
      ),
  );

  app.get(
    '/v1/catalogue/:track',
    {
      schema: {
        tags: ['catalogue'],
        summary: 'One track: modules, units, steps and requirement',
        params: trackParams,
        querystring: versionQuery,
        response: { 200: trackAnswer },
      },
    },
    async (request, reply) => {
      const { track: id } = request.params;
      const asked = request.query.version;
      const track = asked === undefined ? currentTracks().find((one) => one.id === id) : trackVersion(id, asked);
      if (!track)
        throw notFound(
          `There is no track "${id}"${asked === undefined ? '' : ` in version ${asked}`}. The tracks are ${TRACK_IDS.join(', ')}.`,
        );
      return send(
        request,
        reply,
        answer(`track ${id} ${track.version}`, 'application/json', DOCUMENT_MAX_AGE_S, () => JSON.stringify(track)),
      );
    },
  );

  const document = { tags: ['public'], querystring: versionQuery, response: { 200: achievementAnswer } };
  app.get(
    '/achievements/:track',
    { schema: { ...document, summary: 'The achievement of a certificate', params: trackParams } },
    async (request, reply) => achievement(request, reply, request.params.track, request.query.version),
  );
  app.get(
    '/achievements/:track/:module',
    { schema: { ...document, summary: 'The achievement of a module badge', params: moduleParams } },
    async (request, reply) =>
      achievement(request, reply, `${request.params.track}/${request.params.module}`, request.query.version),
  );

  for (const form of ['svg', 'png'] as const) {
    const picture = (summary: string) => ({ tags: ['public'], summary: `${summary} as ${form.toUpperCase()}` });
    app.get(
      `/achievements/:track/image.${form}`,
      { schema: { ...picture('The image of a certificate'), params: trackParams } },
      async (request, reply) => {
        const awardable = found(request.params.track);
        return image(request, reply, awardable.key, form, () => renderBadgeSvg(awardable));
      },
    );
    app.get(
      `/achievements/:track/:module/image.${form}`,
      { schema: { ...picture('The image of a module badge'), params: moduleParams } },
      async (request, reply) => {
        const awardable = found(`${request.params.track}/${request.params.module}`);
        return image(request, reply, awardable.key, form, () => renderBadgeSvg(awardable));
      },
    );
    app.get(`/issuer/image.${form}`, { schema: picture('The mark of the issuer') }, async (request, reply) =>
      image(request, reply, ' issuer', form, () => renderIssuerSvg(issuer.name ?? 'the issuer')),
    );
  }
}

function listTracks(publicUrl: string): z.infer<typeof catalogueAnswer> {
  return {
    tracks: currentTracks().map(({ id, version, title, description, digest }) => ({
      id,
      version,
      versions: TRACKS.filter((track) => track.id === id).map((track) => track.version),
      title,
      description,
      digest,
      url: `${publicUrl}/v1/catalogue/${id}`,
      achievements: awardablesOf(id, version).map((awardable) => {
        const url = achievementUrl(publicUrl, awardable.key);
        return { key: awardable.key, title: awardable.title, url, image: `${url}/image.svg` };
      }),
    })),
  };
}
