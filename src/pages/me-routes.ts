// The earner's own place over HTTP: for whoever is signed in; everybody else is led to the way in. What is changed comes
// by a form of ours and ends in a redirect, so that going back or reloading does nothing twice.
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { changeConsents } from '../privacy/change-consents.ts';
import { eraseLearner } from '../privacy/erase-learner.ts';
import { exportArchive, exportLearner } from '../privacy/export-learner.ts';
import { requestClaim } from '../privacy/request-claim.ts';
import { endSession, resumeSession } from '../privacy/resume-session.ts';
import { setVisibility, VISIBILITIES } from '../privacy/set-visibility.ts';
import type { Service } from '../platform/service.ts';
import { keepPrivate, typedEmail } from './claim-routes.ts';
import { erasedPage, erasePage, mePage, SAID } from './me-page.ts';
import { viewMe } from './me-view.ts';
import { onlyOwnForms } from './own-forms.ts';
import { sendPage, wordsFor } from './send-page.ts';
import { clearSessionCookie, readSessionCookie } from './session-cookie.ts';
import type { MessageKey } from './words.ts';

const visibilityForm = z.object({ credential: z.uuid(), visibility: z.enum(VISIBILITIES) });
const formOf = (request: FastifyRequest): Record<string, unknown> => (request.body ?? {}) as Record<string, unknown>;

/** The pages of whoever is signed in. */
export async function meRoutes(app: FastifyInstance, { service }: { service: Service }): Promise<void> {
  const site = service.config;
  app.addHook('onRequest', keepPrivate);
  const plain = { schema: { hide: true } };
  const dear = { ...plain, config: { limitBy: 'address' as const } };
  const form = { ...dear, onRequest: onlyOwnForms(site.publicUrl) };

  /** Does something for whoever is signed in, or leads to the way in. */
  async function signedIn(
    request: FastifyRequest,
    reply: FastifyReply,
    act: (learnerId: string, session: string) => Promise<FastifyReply>,
  ): Promise<FastifyReply> {
    const session = readSessionCookie(request, site.publicUrl);
    const learnerId = session && (await resumeSession(service, session));
    return session && learnerId ? act(learnerId, session) : reply.redirect('/claim', 303);
  }

  async function sendMe(
    request: FastifyRequest,
    reply: FastifyReply,
    learnerId: string,
    said?: MessageKey,
    fault = false,
  ): Promise<FastifyReply> {
    const view = await viewMe(service, learnerId);
    if (!view) return reply.redirect('/claim', 303);
    return sendPage(site, request, reply, (words) => mePage(view, words, said, fault), '/me');
  }

  app.get('/me', plain, async (request, reply) =>
    signedIn(request, reply, async (learnerId) => {
      const { said } = request.query as { said?: unknown };
      return sendMe(request, reply, learnerId, SAID.get(said));
    }),
  );

  app.post('/me/visibility', form, async (request, reply) =>
    signedIn(request, reply, async (learnerId) => {
      const chosen = visibilityForm.safeParse(formOf(request));
      if (!chosen.success) return reply.redirect('/me', 303);
      await setVisibility(service, learnerId, chosen.data.credential, chosen.data.visibility);
      return reply.redirect('/me?said=visibility', 303);
    }),
  );

  app.post('/me/consents', form, async (request, reply) =>
    signedIn(request, reply, async (learnerId) => {
      // A box that is not ticked is not sent.
      const { name, listed, evidence } = formOf(request);
      await changeConsents(service, learnerId, {
        name: name === 'yes',
        listed: listed === 'yes',
        evidence: evidence === 'yes',
      });
      return reply.redirect('/me?said=consents', 303);
    }),
  );

  app.post('/me/emails', form, async (request, reply) =>
    signedIn(request, reply, async (learnerId) => {
      const typed = typedEmail.safeParse(formOf(request).email);
      if (!typed.success) return sendMe(request, reply, learnerId, undefined, true);
      await requestClaim(service, { email: typed.data, language: wordsFor(site, request).language, learnerId });
      return reply.redirect('/me?said=mail', 303);
    }),
  );

  app.get('/me/everything.json', dear, async (request, reply) =>
    signedIn(request, reply, async (learnerId) =>
      reply
        .header('content-disposition', 'attachment; filename="everything.json"')
        .type('application/json; charset=utf-8')
        .send(JSON.stringify(await exportLearner(service, learnerId), null, 2)),
    ),
  );
  app.get('/me/everything.zip', dear, async (request, reply) =>
    signedIn(request, reply, async (learnerId) =>
      reply
        .header('content-disposition', 'attachment; filename="everything.zip"')
        .type('application/zip')
        .send(await exportArchive(service, learnerId)),
    ),
  );

  app.get('/me/erase', plain, async (request, reply) =>
    signedIn(request, reply, async () => sendPage(site, request, reply, (words) => erasePage(words))),
  );
  app.post('/me/erase', form, async (request, reply) =>
    signedIn(request, reply, async (learnerId) => {
      if (formOf(request).sure !== 'yes')
        return sendPage(site, request, reply, (words) => erasePage(words, true), '/me/erase');
      await eraseLearner(service, learnerId);
      clearSessionCookie(reply, site.publicUrl);
      return sendPage(site, request, reply, erasedPage, '/');
    }),
  );

  app.post('/me/sign-out', form, async (request, reply) =>
    signedIn(request, reply, async (_learnerId, session) => {
      await endSession(service, session);
      clearSessionCookie(reply, site.publicUrl);
      return reply.redirect('/', 303);
    }),
  );
}
