// The mail with a link, as plain text and as simple HTML, in the language of the page that was used to ask for it. It
// names nobody and loads nothing.
import type { WriteClaimMail } from '../privacy/mail-claim.ts';
import { html } from './html.ts';
import type { Site } from './send-page.ts';
import { LANGUAGES, wordsOf } from './words.ts';

/** Writes the mails of a site. */
export function claimMail(site: Site): WriteClaimMail {
  return (kind, asked, link) => {
    const words = wordsOf(LANGUAGES.find((language) => language === asked) ?? 'en');
    const adding = kind === 'add-email';
    const issuer = site.issuerName;
    const subject = words.say(adding ? 'mail.add.subject' : 'mail.subject', { issuer });
    const lead = words.say(adding ? 'mail.add.lead' : 'mail.lead', { issuer });
    const terms = words.say('mail.terms');
    const ignore = words.say('mail.ignore');
    const page = html`<!doctype html>
      <html lang="${words.language}" dir="${words.direction}">
        <body style="font:16px/1.5 sans-serif;max-width:34em">
          <p>${lead}</p>
          <p>
            <a href="${link}">${words.say(adding ? 'mail.add.button' : 'mail.button')}</a>
          </p>
          <p>${terms}</p>
          <p>${ignore}</p>
          <p dir="ltr">${link}</p>
        </body>
      </html>`;
    return { subject, text: [lead, link, terms, ignore, ''].join('\n\n'), html: page.text };
  };
}
