// The way in over HTTP. Tokens and addresses stand in no log: requests are logged by the pattern of their route.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { claimKind, confirmClaim } from '../privacy/confirm-claim.ts';
import { requestClaim } from '../privacy/request-claim.ts';
import { resumeSession } from '../privacy/resume-session.ts';
import type { Service } from '../platform/service.ts';
import { claimPage, claimSentPage, claimVoidPage, confirmPage } from './claim-page.ts';
import { onlyOwnForms } from './own-forms.ts';
import { sendPage, wordsFor } from './send-page.ts';
import { readSessionCookie, setSessionCookie } from './session-cookie.ts';

/** An address as a form has it. */
export const typedEmail = z.string().trim().max(254).pipe(z.email());

/** For every answer of an earner's own place: no cache keeps it, no other site embeds it, no script of theirs reads it. */
export async function keepPrivate(_request: FastifyRequest, reply: FastifyReply): Promise<void> {
  void reply.removeHeader('access-control-allow-origin');
  void reply.header('cache-control', 'no-store').header('cross-origin-resource-policy', 'same-origin');
}

/** The pages of claiming. */
export async function claimRoutes(app: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const site = service.config;
  app.addHook('onRequest', keepPrivate);
  const plain = { schema: { hide: true } };
  const form = { ...plain, config: { limitBy: 'token' as const }, onRequest: onlyOwnForms(site.publicUrl) };
  // In development links are printed to the log, so that asking leads somewhere.
  const mailed = service.mail.configured || !site.production;

  app.get('/claim', plain, async (request, reply) =>
    sendPage(site, request, reply, (words) => claimPage(words, { mailed })),
  );

  app.post('/claim', form, async (request, reply) => {
    const { email } = (request.body ?? {}) as { email?: unknown };
    const typed = typedEmail.safeParse(email);
    if (!typed.success)
      return sendPage(site, request, reply, (words) => claimPage(words, { mailed, fault: true }), '/claim');
    await requestClaim(service, { email: typed.data, language: wordsFor(site, request).language });
    return sendPage(site, request, reply, claimSentPage, '/claim');
  });

  app.get<{ Params: { token: string } }>('/claim/:token', plain, async (request, reply) => {
    const { token } = request.params;
    const kind = await claimKind(service, token);
    return sendPage(site, request, reply, (words) =>
      kind ? confirmPage(words, kind, token) : claimVoidPage(words, 'unknown'),
    );
  });

  app.post<{ Params: { token: string } }>('/claim/:token', form, async (request, reply) => {
    const session = readSessionCookie(request, site.publicUrl);
    const signedIn = session && (await resumeSession(service, session));
    const confirmed = await confirmClaim(service, request.params.token, signedIn);
    if (confirmed.outcome === 'signed-in') {
      setSessionCookie(reply, site.publicUrl, confirmed.session);
      return reply.redirect('/me', 303);
    }
    if (confirmed.outcome === 'added') return reply.redirect('/me?said=added', 303);
    const { outcome } = confirmed;
    return sendPage(site, request, reply, (words) => claimVoidPage(words, outcome), '/claim');
  });
}
