// The whole service on a port of this machine, with people in it, for browsers to visit.
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Test } from 'tap';
import { buildApp } from '../../src/app.ts';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { body, COMMONS, coreUnits, record, submission } from '../completions/submissions.ts';
import { learner } from '../credentials/issued.ts';
import { openTestService, type TestService } from '../platform/test-service.ts';

export interface Site {
  service: TestService;
  /** `http://localhost:` and a port: browsers trust it as they trust https. */
  url: string;
  /** Records the units of a badge; gives the path of each page that came of it. */
  award(account: string, name: string, what?: 'commons' | 'core'): Promise<string[]>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Opens a site for a test; it is closed afterwards. */
export async function openSite(t: Test): Promise<Site> {
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const service = await openTestService('pglite', {
    publicUrl: url,
    allowPublicUrlChange: true,
    issuerName: 'Creative Commons',
  });
  const app = buildApp(service);
  await app.listen({ port, host: 'localhost' });
  t.teardown(async () => {
    await app.close();
    await service.close();
  });
  return {
    service,
    url,
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
  };
}
