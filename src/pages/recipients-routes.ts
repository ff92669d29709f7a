// The list of recipients over HTTP: as a page, as JSON and as CSV, the latter two a thousand at a time.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { countListed, listListed, type ListedCredential } from '../credentials/listed-store.ts';
import { learnerIsListed, learnersListed } from '../learners/listed-learners.ts';
import { readCursor, writeCursor } from '../platform/cursor.ts';
import type { Service } from '../platform/service.ts';
import {
  achievementTitle,
  recipientsCsv,
  recipientsPage,
  recipientsQuery,
  type RecipientsView,
} from './recipients-page.ts';
import { sendPage } from './send-page.ts';

const PAGE_LENGTH = 50;
const EXPORT_LENGTH = 1000;

// A visitor's query is never refused: what cannot be read counts as not asked.
const querySchema = z.object({
  name: z.string().trim().max(100).catch(''),
  achievement: z
    .string()
    .regex(/^[a-z-]+(\/[a-z-]+)?$/)
    .optional()
    .catch(undefined),
  cursor: z.string().max(300).optional().catch(undefined),
});

/** The recipients over HTTP. */
export async function recipientsRoutes(app: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const site = service.config;

  async function read(request: FastifyRequest, length: number): Promise<RecipientsView> {
    const { name, achievement, cursor } = querySchema.parse(request.query);
    const filter = { consenting: learnersListed(), consents: learnerIsListed, achievement, name: name || undefined };
    const from = cursor ? readCursor(cursor) : undefined;
    const before = from && { awardedAt: from.at, id: from.id };
    const found = await service.db.reading((tx) => listListed(tx, { ...filter, before, limit: length + 1 }));
    const recipients = found.slice(0, length);
    const last = recipients.at(-1);
    return {
      recipients,
      count: await service.db.reading((tx) => countListed(tx, filter)),
      name: filter.name,
      achievement,
      next: found.length > length && last ? writeCursor(last.awardedAt, last.id) : undefined,
      later: from !== undefined,
    };
  }

  const shown = (one: ListedCredential): object => ({
    name: one.name,
    badge: achievementTitle(one.achievement),
    achievement: `${site.publicUrl}/achievements/${one.achievement}`,
    awardedAt: one.awardedAt,
    credential: `${site.publicUrl}/credentials/${one.id}`,
  });
  const nextLink = (view: RecipientsView, path: string): string | undefined =>
    view.next && `${site.publicUrl}${path}${recipientsQuery(view, view.next)}`;

  const plain = { schema: { hide: true }, config: { limitBy: 'address' as const } };

  async function sendJson(request: FastifyRequest): Promise<object> {
    const view = await read(request, EXPORT_LENGTH);
    const { total, isLeast } = view.count;
    return {
      total,
      totalIsLeast: isLeast,
      recipients: view.recipients.map(shown),
      next: nextLink(view, '/recipients.json'),
    };
  }

  app.get('/recipients', { ...plain, constraints: { representation: 'html' } }, async (request, reply) => {
    const view = await read(request, PAGE_LENGTH);
    return sendPage(site, request, reply, (words) => recipientsPage(view, words));
  });
  for (const path of ['/recipients', '/recipients.json'])
    app.get(path, plain, async (request, reply) =>
      reply
        .header('cache-control', 'private, no-cache')
        .header('vary', 'Accept, User-Agent')
        .send(await sendJson(request)),
    );
  app.get('/recipients.csv', plain, async (request, reply) => {
    const view = await read(request, EXPORT_LENGTH);
    const link = nextLink(view, '/recipients.csv');
    if (link) void reply.header('link', `<${link}>; rel="next"`);
    return reply
      .header('cache-control', 'private, no-cache')
      .header('content-disposition', 'attachment; filename="recipients.csv"')
      .type('text/csv; charset=utf-8')
      .send(recipientsCsv(view.recipients, site.publicUrl));
  });
}
