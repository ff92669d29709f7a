// A client of the service as an integrator writes one: credentials from the operator, a token from /oauth/token, then
// HTTP. OAuth 2.0 client credentials with `client_secret_basic` (RFC 6749, October 2012, §2.3.1 and §4.4).
import type { CompletionRecord } from '../making/records.ts';
import type { RunningService } from './service.ts';

/** The answer to one record, from a single POST or out of a batch. */
export interface Answer {
  status: number;
  effect?: string;
  replayed?: boolean;
  parkedReason?: string;
  parked?: string;
  learner?: string;
  awarded: { achievement: string; credential: string }[];
}

export interface Client {
  post(record: CompletionRecord): Promise<Answer>;
  postBatch(records: CompletionRecord[], as: 'json' | 'ndjson'): Promise<Answer[]>;
  /** Any other call; throws when the answer is not 2xx. */
  call<T>(method: string, path: string, body?: unknown): Promise<T>;
}

/** Has the operator make a client by the command line, and gets it a token. */
export async function makeClient(
  service: RunningService,
  name: string,
  source: string,
  scopes: string[],
): Promise<Client> {
  const flags = scopes.flatMap((scope) => ['--scope', scope]);
  const made = await service.cli('clients', 'create', '--name', name, '--source', source, ...flags, '--trust-email');
  if (made.code !== 0) throw new Error(`cairn clients create ended with ${made.code}: ${made.stderr || made.stdout}`);
  const told = JSON.parse(made.stdout) as { client_id: string; client_secret: string };
  const token = await tokenFor(service.url, told.client_id, told.client_secret, scopes);
  return clientWith(service.url, token);
}

async function tokenFor(url: string, id: string, secret: string, scopes: string[]): Promise<string> {
  const basic = Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64');
  const answer = await fetch(`${url}/oauth/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${basic}` },
    body: new URLSearchParams({ grant_type: 'client_credentials', scope: scopes.join(' ') }),
  });
  const text = await answer.text();
  if (answer.status !== 200) throw new Error(`POST /oauth/token answered ${answer.status}: ${text}`);
  return (JSON.parse(text) as { access_token: string }).access_token;
}

function clientWith(url: string, token: string): Client {
  const send = (method: string, path: string, body?: string, type = 'application/json'): Promise<Response> =>
    fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...(body !== undefined && { 'content-type': type }) },
      body,
    });
  return {
    async post(record) {
      const answer = await send('POST', '/v1/completions', JSON.stringify(record));
      const body = (await answer.json()) as Omit<Answer, 'status'>;
      return { ...body, awarded: body.awarded ?? [], status: answer.status };
    },
    async postBatch(records, as) {
      const lines = records.map((record) => JSON.stringify(record)).join('\n');
      const answer =
        as === 'json'
          ? await send('POST', '/v1/completions/batch', JSON.stringify({ records }))
          : await send('POST', '/v1/completions/batch', lines, 'application/x-ndjson');
      if (answer.status !== 207) throw new Error(`a batch was answered ${answer.status}: ${await answer.text()}`);
      const { results } = (await answer.json()) as { results: Answer[] };
      return results.map((result) => ({ ...result, awarded: result.awarded ?? [] }));
    },
    async call<T>(method: string, path: string, body?: unknown): Promise<T> {
      const answer = await send(method, path, body === undefined ? undefined : JSON.stringify(body));
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
      return JSON.parse(text) as T;
    },
  };
}
