// Every page there is, by name, for the tests and the screenshots that look at each of them.
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import type { Site } from './site.ts';

const idOf = (path: string): string => path.split('/').at(-1)!;

/** Fills a site with people and gives its pages: name and path. */
export async function fillSite(site: Site): Promise<Record<string, string>> {
  const badges = await site.award('ada', 'Ada Example', 'core');
  const certificate = badges.at(-1)!;
  const [revoked] = await site.award('bo', 'Bo Example');
  await revokeCredential(site.service, idOf(revoked!), 'issued_in_error', 'Two accounts were mixed up.');
  const [arabic] = await site.award('layla', 'ليلى العلوي');
  const [superseded] = await site.award('cy', 'Cy Example');
  await revokeCredential(site.service, idOf(superseded!), 'superseded', 'Issued again with the right name.');
  return {
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
    'not-found': '/credentials/00000000-0000-4000-8000-000000000000',
  };
}
