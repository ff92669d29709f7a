// The cookie that says who is signed in. `__Host-` binds it to this very host (RFC 6265bis, draft of December 2025, §4.1.3),
// which browsers allow over TLS only. It has no end of its own: it goes with the browser, and the session ends before.
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Its name under a public URL. */
function sessionCookieName(publicUrl: string): string {
  return publicUrl.startsWith('https:') ? '__Host-cairn' : 'cairn';
}

function attributes(publicUrl: string): string {
  return `Path=/; HttpOnly; SameSite=Lax${publicUrl.startsWith('https:') ? '; Secure' : ''}`;
}

/** The secret that came with a request, or undefined. */
export function readSessionCookie(request: FastifyRequest, publicUrl: string): string | undefined {
  const name = `${sessionCookieName(publicUrl)}=`;
  const found = request.headers.cookie
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(name))
    ?.slice(name.length);
  return found && /^[A-Za-z0-9_-]{43}$/.test(found) ? found : undefined;
}

/** Hands the secret of a session to the browser. */
export function setSessionCookie(reply: FastifyReply, publicUrl: string, session: string): void {
  void reply.header('set-cookie', `${sessionCookieName(publicUrl)}=${session}; ${attributes(publicUrl)}`);
}

/** Takes it back. */
export function clearSessionCookie(reply: FastifyReply, publicUrl: string): void {
  void reply.header('set-cookie', `${sessionCookieName(publicUrl)}=; Max-Age=0; ${attributes(publicUrl)}`);
}
