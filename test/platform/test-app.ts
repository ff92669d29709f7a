// The app over a test's service, and clients that call it with tokens of their own.
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../src/app.ts';
import { createClient } from '../../src/platform/create-client.ts';
import type { TestService } from './test-service.ts';

export interface TestCaller {
  clientId: string;
  /** Calls the app with this client's token. */
  call(method: 'GET' | 'POST' | 'PUT', url: string, body?: object | string): Promise<LightMyRequestResponse>;
}

export interface TestApp {
  app: FastifyInstance;
  /** As a stranger, without a token. */
  get(url: string, headers?: InjectOptions['headers']): Promise<LightMyRequestResponse>;
  /** A new client with these scopes that speaks for these sources. */
  caller(scopes: string[], sources?: string[], more?: object): Promise<TestCaller>;
  close(): Promise<void>;
}

/** Builds the app; close it before its service. */
export async function openTestApp(service: TestService): Promise<TestApp> {
  const app = buildApp(service);
  await app.ready();
  return {
    app,
    get: (url, headers = {}) => app.inject({ method: 'GET', url, headers }),
    async caller(scopes, sources = ['https://moodle.example.edu'], more = {}) {
      const { client, secret } = await createClient(service, { name: 'A client', scopes, sources, ...more });
      const granted = await app.inject({
        method: 'POST',
        url: '/oauth/token',
        headers: {
          authorization: `Basic ${Buffer.from(`${client.id}:${secret}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        payload: 'grant_type=client_credentials',
      });
      const { access_token: token } = granted.json<{ access_token: string }>();
      if (!token) throw new Error(`no token: ${granted.body}`);
      return {
        clientId: client.id,
        call: (method, url, payload) =>
          app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload && { payload }) }),
      };
    },
    close: () => app.close(),
  };
}
