// The whole service on a port of this machine, with people in it, for browsers to visit.
import type { BrowserContext } from 'playwright-core';
import type { Test } from 'tap';
import { buildApp, registerJobs } from '../../src/app.ts';
import type { CompletionRecord } from '../../src/completions/completion.ts';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { createClient } from '../../src/platform/create-client.ts';
import { signIn } from '../privacy/earner.ts';
import { body, COMMONS, coreUnits, MOODLE, record, submission } from '../completions/submissions.ts';
import { learner } from '../credentials/issued.ts';
import { freePort } from '../platform/server-process.ts';
import { openTestMail, type TestMail } from '../platform/test-mail.ts';
import { openTestService, type TestService } from '../platform/test-service.ts';

export interface Site {
  service: TestService;
  /** `http://localhost:` and a port: browsers trust it as they trust https. */
  url: string;
  /** Where the mail of this site ends. */
  mail: TestMail;
  /** Records the units of a badge; gives the path of each page that came of it. */
  award(account: string, name: string, what?: 'commons' | 'core'): Promise<string[]>;
  /** A learning platform with a token of its own, speaking to this site over HTTP. */
  platform(): Promise<Platform>;
  /** Signs a visitor in as a learner. */
  admit(visitor: BrowserContext, learnerId: string): Promise<void>;
}

export interface Platform {
  /** Posts to the API; gives the body of the answer. @throws when it is refused */
  post<Answer>(path: string, body: object): Promise<Answer>;
  get<Answer>(path: string): Promise<Answer>;
}

async function openPlatform(service: TestService, url: string): Promise<Platform> {
  const scopes = ['completions:write', 'completions:read'];
  const { client, secret } = await createClient(service, {
    ...{ name: 'Moodle', scopes, sources: [MOODLE], trustEmail: true },
  });
  async function answered<Answer>(answer: Response): Promise<Answer> {
    if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }
  const { access_token: token } = await answered<{ access_token: string }>(
    await fetch(`${url}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${client.id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({ grant_type: 'client_credentials' }),
    }),
  );
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return {
    post: async (path, sent) =>
      answered(await fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(sent) })),
    get: async (path) => answered(await fetch(`${url}${path}`, { headers })),
  };
}

/** The records of the Commons badge, as a platform sends them. */
export function commonsRecords(account: string, parts: Partial<CompletionRecord['learner']> = {}): CompletionRecord[] {
  return COMMONS.map((unit) => record(unit, account, { learner: learner(account, parts) }));
}

/** Opens a site for a test; it is closed afterwards. */
export async function openSite(t: Test): Promise<Site> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const mail = await openTestMail();
  t.teardown(() => mail.close());
  const service = await openTestService('pglite', {
    publicUrl: url,
    allowPublicUrlChange: true,
    issuerName: 'Creative Commons',
    smtpUrl: mail.url,
    mailFrom: 'badges@example.org',
  });
  const app = buildApp(service);
  await app.listen({ port, host: 'localhost' });
  await registerJobs(service);
  await service.jobs.start();
  t.teardown(async () => {
    await app.close();
    await service.close();
  });
  return {
    service,
    url,
    mail,
    async award(account, name, what = 'commons') {
      const consents = { name: true, listed: true, evidence: true };
      const evidence = [{ url: 'https://work.example.org/toolkit', name: 'A personal toolkit' }];
      const replies = await recordCompletions(
        service,
        (what === 'core' ? coreUnits() : COMMONS).map((unit) =>
          submission(
            record(unit, account, {
              learner: learner(account, { name, consents }),
              ...(unit.startsWith('step/mastery') && { evidence }),
            }),
            { mayStateConsents: true },
          ),
        ),
      );
      return replies
        .flatMap((reply) => body(reply).awarded.map((one) => one.credential))
        .map((credential) => credential.slice(url.length));
    },
    platform: () => openPlatform(service, url),
    async admit(visitor, learnerId) {
      await visitor.addCookies([{ name: 'cairn', value: await signIn(service, learnerId), url }]);
    },
  };
}
