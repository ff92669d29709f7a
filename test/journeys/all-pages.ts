// Every page there is, by name, for the tests and the screenshots that look at each of them.
import type { FastifyRequest } from 'fastify';
import type { BrowserContext } from 'playwright-core';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { problemPage } from '../../src/pages/problem-page.ts';
import { Problem } from '../../src/platform/problem.ts';
import { eraseLearner } from '../../src/privacy/erase-learner.ts';
import { learnerOf, linkToken } from '../privacy/earner.ts';
import { record, submission } from '../completions/submissions.ts';
import { learner } from '../credentials/issued.ts';
import type { Site } from './site.ts';

const idOf = (path: string): string => path.split('/').at(-1)!;

// Errors that nobody gets by following a link: drawn by the code that draws them in earnest, laid where a browser finds them.
const UNASKED = [
  new Problem('form_not_ours', 403, 'Not ours.'),
  new Problem('too_many_requests', 429, 'Slowly.', { headers: { 'retry-after': '41' } }),
  new Problem('internal', 500, 'Broken.'),
];
const errorPath = (status: number): string => `/errors/${status}`;

/** Lets a visitor see the pages of errors that cannot be asked for. */
export async function layErrors(visitor: BrowserContext, site: Site): Promise<void> {
  for (const problem of UNASKED)
    await visitor.route(site.url + errorPath(problem.status), async (route) => {
      const asked = { method: 'GET', url: '/', id: 'c0ffee', query: {}, headers: await route.request().allHeaders() };
      const page = problemPage(site.service.config)(problem, asked as unknown as FastifyRequest)!;
      await route.fulfill({ status: problem.status, contentType: 'text/html; charset=utf-8', body: page });
    });
}

/** A site full of people, and one of them to sign in as. */
export interface FilledSite {
  /** Name and path of each page. */
  pages: Record<string, string>;
  learnerId: string;
}

/** Fills a site with people. */
export async function fillSite(site: Site): Promise<FilledSite> {
  const { service } = site;
  const badges = await site.award('ada', 'Ada Example', 'core');
  const certificate = badges.at(-1)!;
  // Ada is on her way to a second certificate.
  for (const unit of ['librarian/fairness', 'step/mastery/commons'])
    await recordCompletions(service, [submission(record(unit, 'ada', { learner: learner('ada') }))]);
  const learnerId = (await learnerOf(service, 'ada'))!;
  const [revoked] = await site.award('bo', 'Bo Example');
  await revokeCredential(service, idOf(revoked!), 'issued_in_error', 'Two accounts were mixed up.');
  const [arabic] = await site.award('layla', 'ليلى العلوي');
  const [superseded] = await site.award('cy', 'Cy Example');
  await revokeCredential(service, idOf(superseded!), 'superseded', 'Issued again with the right name.');
  const [erased] = await site.award('dee', 'Dee Example');
  await eraseLearner(service, (await learnerOf(service, 'dee'))!);
  const pages = {
    home: '/',
    badge: certificate,
    'badge-module': arabic!,
    'badge-revoked': revoked!,
    'badge-superseded': superseded!,
    embed: `/badges/${idOf(certificate)}/embed`,
    verify: '/verify',
    'verify-answer': `/verify?url=${encodeURIComponent(site.url + certificate)}`,
    'verify-revoked': `/verify?url=${encodeURIComponent(site.url + revoked!)}`,
    achievements: '/achievements',
    track: '/achievements/core',
    module: '/achievements/core/commons',
    issuer: '/issuer',
    recipients: '/recipients',
    docs: '/docs',
    'docs-group': '/docs/completions',
    claim: '/claim',
    'claim-confirm': `/claim/${await linkToken(service, learnerId)}`,
    'claim-void': `/claim/${'x'.repeat(43)}`,
    me: '/me',
    'me-erase': '/me/erase',
    'not-found': '/credentials/00000000-0000-4000-8000-000000000000',
    erased: erased!,
    ...Object.fromEntries(UNASKED.map(({ status }) => [`error-${status}`, errorPath(status)])),
  };
  return { pages, learnerId };
}
