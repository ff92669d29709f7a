// Our own addresses, answered inside: a badge of this service is verified without leaving the machine.
//
// Otherwise verification would fail on localhost, behind a proxy that does not loop back, and whenever the guard refuses
// our own private address. The same routes answer as would over the network, so nothing is verified against something
// that strangers do not see.
//
// did:web (W3C CCG, 6 May 2023): always https; on localhost our own are http, so only the host is compared.

import type { FastifyInstance } from 'fastify';
import type { OwnDocuments } from './compose-resolvers.ts';

/** The path of an address of ours, with its query; undefined for an address that is not. */
export function ownPath(url: string, publicUrl: string): string | undefined {
  const { host, pathname } = new URL(publicUrl);
  const prefix = pathname === '/' ? '' : pathname;
  if (!URL.canParse(url)) return undefined;
  const asked = new URL(url);
  if (asked.host !== host || !/^https?:$/.test(asked.protocol)) return undefined;
  if (prefix !== '' && !asked.pathname.startsWith(prefix)) return undefined;
  return (asked.pathname.slice(prefix.length) || '/') + asked.search;
}

/**
 * Takes the app and its public URL; gives a function that answers URLs of that host by our own routes and leaves all
 * others. Only GET is ever asked, without any credentials.
 */
export function ownDocuments(app: Pick<FastifyInstance, 'inject'>, publicUrl: string): OwnDocuments {
  const { host } = new URL(publicUrl);
  return async (url, accept) => {
    const path = ownPath(url, publicUrl);
    if (path === undefined) return undefined;
    const answer = await app.inject({ method: 'GET', url: path, headers: { accept, host } });
    const bytes = answer.rawPayload;
    return {
      url,
      status: answer.statusCode,
      contentType: String(answer.headers['content-type'] ?? ''),
      body: bytes.toString('utf8'),
      bytes,
    };
  };
}
