// The app over a test's service, and clients that call it with tokens of their own. Every answer is held to the
// contract, so that a route that answers what `openapi.yaml` does not say fails the test that finds it.
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../src/app.ts';
import { createClient } from '../../src/platform/create-client.ts';
import { holdTo } from '../contract/hold.ts';
import type { TestService } from './test-service.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type Call = (
  method: Method,
  url: string,
  body?: object | string,
  headers?: InjectOptions['headers'],
) => Promise<LightMyRequestResponse>;

export interface TestCaller {
  clientId: string;
  token: string;
  /** Calls the app with this client's token. */
  call: Call;
}

export interface TestApp {
  app: FastifyInstance;
  /** As a stranger, without a token. */
  call: Call;
  get(url: string, headers?: InjectOptions['headers']): Promise<LightMyRequestResponse>;
  /** A new client with these scopes that speaks for these sources. */
  caller(scopes: string[], sources?: string[], more?: object): Promise<TestCaller>;
  close(): Promise<void>;
}

/** Builds the app; close it before its service. */
export async function openTestApp(service: TestService): Promise<TestApp> {
  const app = buildApp(service);
  await app.ready();
  const hold = holdTo(JSON.parse(JSON.stringify(app.swagger())));

  const callAs =
    (token?: string): Call =>
    async (method, url, payload, headers = {}) => {
      const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const request = { method, url, headers: { ...authorization, ...headers } };
      const answer = await app.inject({ ...request, ...(payload !== undefined && { payload }) });
      const fault = hold(method, url, answer);
      if (fault !== undefined) throw new Error(`Not as the contract says: ${fault}`);
      return answer;
    };

  return {
    app,
    call: callAs(),
    get: (url, headers = {}) => callAs()('GET', url, undefined, headers),
    async caller(scopes, sources = ['https://moodle.example.edu'], more = {}) {
      const { client, secret } = await createClient(service, { name: 'A client', scopes, sources, ...more });
      const granted = await callAs()('POST', '/oauth/token', 'grant_type=client_credentials', {
        authorization: `Basic ${Buffer.from(`${client.id}:${secret}`).toString('base64')}`,
        'content-type': 'application/x-www-form-urlencoded',
      });
      const { access_token: token } = granted.json<{ access_token: string }>();
      if (!token) throw new Error(`no token: ${granted.body}`);
      return { clientId: client.id, token, call: callAs(token) };
    },
    close: () => app.close(),
  };
}
