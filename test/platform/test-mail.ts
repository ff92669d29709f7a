// A real SMTP server on this machine that keeps what it is handed, read by a parser that is not the sender's.
import type { AddressInfo } from 'node:net';
import PostalMime from 'postal-mime';
import type { Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

export interface TestMail {
  url: string;
  /** What was taken so far, in order. */
  letters: Email[];
  /** Who each letter was for, by the envelope. */
  recipients: string[];
  /** While true, every letter is refused for now. */
  refusing: boolean;
  close(): Promise<void>;
}

/** Starts a mail server. */
export async function openTestMail(): Promise<TestMail> {
  const mail: TestMail = { url: '', letters: [], recipients: [], refusing: false, close: () => closed };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onRcptTo(address, _session, done) {
      if (mail.refusing) return done(Object.assign(new Error(`no room for ${address.address}`), { responseCode: 452 }));
      mail.recipients.push(address.address);
      done();
    },
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void PostalMime.parse(Buffer.concat(chunks)).then((letter) => {
          mail.letters.push(letter);
          done();
        });
      });
    },
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  mail.url = `smtp://127.0.0.1:${port}`;
  let closed: Promise<void> = Promise.resolve();
  mail.close = () => (closed = new Promise((resolve) => server.close(resolve)));
  return mail;
}
