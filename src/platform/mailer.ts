// Mail by SMTP (RFC 5321, October 2008). Texts come whole from whoever sends; nothing of a mail is ever logged.
import { createTransport } from 'nodemailer';
import type { Config } from './config.ts';

export interface Letter {
  to: string;
  subject: string;
  text: string;
  html: string;
  /** Content-Language (RFC 3282, May 2002). */
  language: string;
}

export interface Mailer {
  /** Whether there is a server to hand mail to. */
  configured: boolean;
  /** Hands a letter to the server. @throws when it is not taken; the error may name the address, so it is replaced */
  send(letter: Letter): Promise<void>;
  close(): void;
}

/** A letter that the mail server did not take; the server's own words stay out, since they repeat the address. */
export class LetterRefusedError extends Error {
  constructor(code: string) {
    super(`The mail server did not take a letter (${code}).`);
    this.name = 'LetterRefusedError';
  }
}

/** The mailer that the settings name. Connects when the first letter is sent. */
export function openMailer(config: Pick<Config, 'smtpUrl' | 'mailFrom'>): Mailer {
  const { smtpUrl, mailFrom } = config;
  if (smtpUrl === undefined)
    return {
      configured: false,
      send: () => Promise.reject(new LetterRefusedError('SMTP_URL is not set')),
      close() {},
    };
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // Nothing that stands in a letter may make us read a file or fetch an address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    configured: true,
    async send({ to, subject, text, html, language }) {
      try {
        await transport.sendMail({
          from: mailFrom,
          // As an object: a text would be read as a list of addresses.
          to: { name: '', address: to },
          subject,
          text,
          html,
          headers: {
            'Content-Language': language,
            // No answer by out-of-office programs (RFC 3834, August 2004, §5).
            'Auto-Submitted': 'auto-generated',
          },
        });
      } catch (error) {
        const { code, responseCode } = error as { code?: string; responseCode?: number };
        throw new LetterRefusedError([code, responseCode].filter(Boolean).join(' ') || 'no reason given');
      }
    },
    close: () => transport.close(),
  };
}
