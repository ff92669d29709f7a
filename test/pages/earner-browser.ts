// A browser as far as the earner's own place needs one: it keeps the session's cookie and sends forms as browsers do.
import type { LightMyRequestResponse } from 'fastify';
import type { TestApp } from '../platform/test-app.ts';
import type { Service } from '../../src/platform/service.ts';
import { linkToken } from '../privacy/earner.ts';

export interface Browser {
  get(path: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  /** Sends a form of ours, unless the headers say otherwise. */
  post(path: string, form?: Record<string, string>, headers?: Record<string, string>): Promise<LightMyRequestResponse>;
  cookie: string | undefined;
}

/** A browser without a cookie. */
export function openBrowser(app: TestApp): Browser {
  const browser: Browser = {
    cookie: undefined,
    get: (path, headers = {}) => keep(app.call('GET', path, undefined, { ...common(), ...headers })),
    post: (path, form = {}, headers = { 'sec-fetch-site': 'same-origin', origin: 'https://badges.example.org' }) =>
      keep(
        app.call('POST', path, new URLSearchParams(form).toString(), {
          ...common(),
          'content-type': 'application/x-www-form-urlencoded',
          ...headers,
        }),
      ),
  };
  const common = () => ({ accept: 'text/html', ...(browser.cookie && { cookie: browser.cookie }) });
  async function keep(answering: Promise<LightMyRequestResponse>): Promise<LightMyRequestResponse> {
    const answer = await answering;
    const set = [answer.headers['set-cookie'] ?? []].flat().find((one) => one.startsWith('__Host-cairn='));
    if (set) browser.cookie = set.includes('Max-Age=0') ? undefined : set.split(';')[0];
    return answer;
  }
  return browser;
}

/** A browser in which a learner is signed in. */
export async function signedInBrowser(app: TestApp, service: Service, learnerId: string): Promise<Browser> {
  const browser = openBrowser(app);
  const answer = await browser.post(`/claim/${await linkToken(service, learnerId)}`);
  if (answer.statusCode !== 303) throw new Error(`not signed in: ${answer.statusCode}`);
  return browser;
}
