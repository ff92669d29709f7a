// What machines read in the head of a badge's page: link previews (Open Graph, Twitter cards), other forms of the badge,
// schema.org's EducationalOccupationalCredential, and the link that puts a badge into a LinkedIn profile.
import { html, type Html } from './html.ts';
import type { CredentialView } from './credential-view.ts';
import type { Language, Words } from './words.ts';

export interface Preview {
  title: string;
  description: string;
  url: string;
  imageUrl: string;
  imageWidth: number;
  imageHeight: number;
  siteName: string;
}

// Open Graph wants a territory: the one whose way with dates is taken.
const LOCALES: Record<Language, string> = { en: 'en_GB', es: 'es_ES', ar: 'ar_AR' };

/** Open Graph and Twitter meta elements. */
export function previewMeta(preview: Preview, words: Words): Html {
  const { title, description, url, imageUrl, imageWidth, imageHeight, siteName } = preview;
  const property = (name: string, content: string | number): Html =>
    html`<meta property="og:${name}" content="${content}" /> `;
  return html`${property('type', 'website')}${property('url', url)}${property('title', title)}${property('description', description)}${property('site_name', siteName)}${property('locale', LOCALES[words.language])}${property('image', imageUrl)}${property('image:secure_url', imageUrl)}${property('image:type', 'image/png')}${property('image:width', imageWidth)}${property('image:height', imageHeight)}${property('image:alt', title)}<meta
      name="twitter:card"
      content="summary_large_image"
    />
    <meta name="twitter:title" content="${title}" />
    <meta name="twitter:description" content="${description}" />
    <meta name="twitter:image" content="${imageUrl}" /> `;
}

/** The other forms of a badge (RFC 8288). */
export function alternateLinks(view: CredentialView): Html {
  const forms: [string, string][] = [
    ['application/vc', 'json'],
    ['application/vc+jwt', 'jwt'],
    ['image/png', 'png'],
    ['image/svg+xml', 'svg'],
    ['application/pdf', 'pdf'],
  ];
  return html`${forms.map(([type, form]) => html`<link rel="alternate" type="${type}" href="${view.url}.${form}" /> `)}`;
}

/** The badge in schema.org's words. */
export function linkedDataFor(view: CredentialView, publicUrl: string): object {
  return {
    '@context': 'https://schema.org',
    '@type': 'EducationalOccupationalCredential',
    '@id': view.url,
    url: view.url,
    name: view.achievement.name,
    description: view.achievement.description,
    credentialCategory: view.achievement.key.includes('/') ? 'Badge' : 'Certificate',
    dateCreated: view.awardedAt,
    ...(view.validUntil && { expires: view.validUntil }),
    recognizedBy: {
      '@type': 'Organization',
      '@id': view.issuer.id,
      name: view.issuer.name,
      url: `${publicUrl}/issuer`,
    },
  };
}

/**
 * The address of LinkedIn's "add to profile" form, filled in. Names of parameters as LinkedIn has them; each value is
 * encoded, which wallets forget.
 * @param organizationId the issuer's page on LinkedIn; without it LinkedIn has the name alone and shows no logo.
 */
export function linkedInUrl(view: CredentialView, organizationId?: string): string {
  const awarded = new Date(view.awardedAt);
  const until = view.validUntil === undefined ? undefined : new Date(view.validUntil);
  const values: Record<string, string> = {
    startTask: 'CERTIFICATION_NAME',
    name: view.achievement.name,
    ...(organizationId ? { organizationId } : { organizationName: view.issuer.name }),
    issueYear: String(awarded.getUTCFullYear()),
    issueMonth: String(awarded.getUTCMonth() + 1),
    ...(until && {
      expirationYear: String(until.getUTCFullYear()),
      expirationMonth: String(until.getUTCMonth() + 1),
    }),
    certUrl: view.url,
    certId: view.id,
  };
  const query = Object.entries(values).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `https://www.linkedin.com/profile/add?${query.join('&')}`;
}
