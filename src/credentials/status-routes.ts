// The status lists as anybody reads them: those of our own address at `/status/{purpose}/{n}`, those of a did:key issuer
// with its key between. As of a past instant with `?timestamp=` (Bitstring Status List 1.0, W3C Recommendation 15 May
// 2025, §3.2); the plain list of Open Badges 3.0 (1EdTech, April 2025, 1EdTechRevocationList) where it is switched on.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ZodTypeProvider } from '@fastify/type-provider-zod';
import { buildRevocationList } from '../openbadges/status/revocation-list.ts';
import { isDateTimeStamp } from '../openbadges/proofs/proof-options.ts';
import { issuerDid } from '../issuer/profile.ts';
import { etagOf } from '../platform/entity-tag.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { chooseForm } from './forms.ts';
import { currentStatusList, LIST_TTL_MS, pastStatusList } from './publish-status-list.ts';
import { statusListUrl } from './status-entry.ts';
import { sendBytes } from './send-bytes.ts';
import { STATUS_PURPOSES } from './status-series.ts';
import { countersTaken, readRevoked } from './status-store.ts';
import { LIST_LENGTH_BITS } from './take-status-indexes.ts';

const purpose = z.enum(STATUS_PURPOSES);
const n = z.coerce.number().int().min(0).max(1_000_000);
const asOf = z.object({
  timestamp: z.string().max(40).optional().describe('As it was at that instant, such as 2026-03-04T12:00:00Z.'),
});

function unknown(): Problem {
  return new Problem('status_list_unknown', 404, 'There is no such status list.');
}

/** The instant that was asked for. @throws {Problem} 400 for what is none, or is still to come */
function instantOf(timestamp: string, now: Date): Date {
  const at = isDateTimeStamp(timestamp) ? new Date(timestamp) : undefined;
  if (at && at <= now) return at;
  const detail = at
    ? 'What a list will say is not known: ask for a past instant.'
    : 'A timestamp is a date and time with its zone, URL-encoded, such as 2026-03-04T12:00:00Z.';
  throw new Problem('timestamp_not_usable', 400, detail, {
    errors: [{ pointer: '/timestamp', code: 'timestamp_not_usable', detail }],
  });
}

/** Everything of the status lists that speaks HTTP. */
export async function statusRoutes(plain: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const app = plain.withTypeProvider<ZodTypeProvider>();
  const cached = `public, max-age=${LIST_TTL_MS / 1000}, stale-if-error=86400`;

  async function send(
    request: FastifyRequest,
    reply: FastifyReply,
    { series, list, timestamp }: { series: string; list: number; timestamp: string | undefined },
  ) {
    const choice = chooseForm(request.headers.accept, ['json']) ?? { mediaType: 'application/json' };
    const found =
      timestamp === undefined
        ? await currentStatusList(service, series, list)
        : await pastStatusList(service, series, list, instantOf(timestamp, service.now()));
    if (!found) throw unknown();
    void reply.header('cache-control', cached).header('vary', 'Accept');
    return sendBytes(request, reply, found.json, choice.mediaType, found.etag);
  }

  app.get(
    '/status/:purpose/:n',
    {
      schema: {
        tags: ['public'],
        summary: 'A status list credential',
        params: z.object({ purpose, n }),
        querystring: asOf,
      },
    },
    async (request, reply) =>
      send(request, reply, {
        series: request.params.purpose,
        list: request.params.n,
        timestamp: request.query.timestamp,
      }),
  );

  app.get(
    '/status/:purpose/:kid/:n',
    {
      schema: {
        tags: ['public'],
        summary: 'A status list credential of a did:key issuer',
        params: z.object({ purpose, n, kid: z.string().regex(/^z6Mk[1-9A-HJ-NP-Za-km-z]{1,60}$/) }),
        querystring: asOf,
      },
    },
    async (request, reply) => {
      const { purpose, kid, n } = request.params;
      return send(request, reply, { series: `${purpose}/${kid}`, list: n, timestamp: request.query.timestamp });
    },
  );

  app.get(
    '/status/1edtech/:n',
    { schema: { tags: ['public'], summary: 'The revoked badges of a list, by their ids', params: z.object({ n }) } },
    async (request, reply) => {
      const { publicUrl, revocationList1EdTech } = service.config;
      if (!revocationList1EdTech) throw unknown();
      const list = request.params.n;
      if ((await countersTaken(service.db.read)) <= list * LIST_LENGTH_BITS) throw unknown();
      const revoked = (await readRevoked(service.db.read, list)).map(({ id, sentence }) => ({
        id: `${publicUrl}/credentials/${id}`,
        ...(sentence !== null && { reason: sentence }),
      }));
      const document = { id: statusListUrl(publicUrl, '1edtech', list), issuer: issuerDid(publicUrl), revoked };
      const json = JSON.stringify(buildRevocationList(document));
      void reply.header('cache-control', cached);
      return sendBytes(request, reply, json, 'application/json', etagOf(json));
    },
  );
}
