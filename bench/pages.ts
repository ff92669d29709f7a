// How long a badge page takes the server, from request to first byte, and how long the dear drawings take: the medians of
// rounds on this machine. node bench/pages.ts; `--serve` keeps the site up and prints the address of the page, for
// Lighthouse or a person to look at.
import { mkdtempSync, rmSync } from 'node:fs';
import { get, Agent } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp, registerJobs } from '../src/app.ts';
import { recordCompletions } from '../src/completions/record-completions.ts';
import { parseConfig } from '../src/platform/config.ts';
import { closeService, openService } from '../src/platform/service.ts';
import { body, coreUnits, record, submission } from '../test/completions/submissions.ts';
import { freePort } from '../test/platform/server-process.ts';
import { silent } from '../test/platform/test-template.ts';
import { median } from './measure.ts';

const ROUNDS = 200;
const port = await freePort();
const url = `http://localhost:${port}`;
const folder = mkdtempSync(join(tmpdir(), 'cairn-bench-'));
const [dataDir, keysDir] = [join(folder, 'data'), join(folder, 'keys')];
const service = await openService(
  parseConfig({ PUBLIC_URL: url, DATA_DIR: dataDir, KEYS_DIR: keysDir, RATE_LIMIT_ADDRESS_PER_MINUTE: '0' }),
  silent,
);
await registerJobs(service);
await service.jobs.start();
const app = buildApp(service);
await app.listen({ port, host: 'localhost' });

const identifiers = [{ type: 'email' as const, value: 'ada@example.edu', verified: true }];
const learner = { identifiers, name: 'Ada Example', consents: { name: true } };
const replies = await recordCompletions(
  service,
  coreUnits().map((unit) => submission(record(unit, 'ada', { learner }), { mayStateConsents: true })),
);
const page = replies.flatMap((reply) => body(reply).awarded.map((one) => one.credential)).at(-1)!;

const agent = new Agent({ keepAlive: true });

/** Milliseconds until the first byte, and the bytes. */
function fetchOnce(address: string): Promise<{ firstByteMs: number; sizeBytes: number }> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    get(address, { agent, headers: { accept: 'text/html' } }, (response) => {
      const firstByteMs = performance.now() - begun;
      let sizeBytes = 0;
      response.on('data', (chunk: Buffer) => (sizeBytes += chunk.length));
      response.on('end', () => resolve({ firstByteMs, sizeBytes }));
    }).on('error', reject);
  });
}

if (process.argv.includes('--serve')) console.log(page);
else {
  console.log(`${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, medians of ${ROUNDS}`);
  for (const address of [page, `${page}/preview.png`, `${page}.pdf`, `${page}.png`, `${url}/achievements/core`]) {
    const rounds = [];
    for (let n = 0; n < ROUNDS + 20; n += 1) rounds.push(await fetchOnce(address));
    const ms = median(rounds.slice(20).map((one) => one.firstByteMs));
    console.log(`${ms.toFixed(1).padStart(8)} ms  ${rounds[0]!.sizeBytes} bytes  ${address.slice(url.length)}`);
  }
  agent.destroy();
  await app.close();
  await closeService(service);
  rmSync(folder, { recursive: true });
  process.exit(0);
}
