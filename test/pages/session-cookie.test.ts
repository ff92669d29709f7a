// The cookie of a session.
import t from 'tap';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { clearSessionCookie, readSessionCookie, setSessionCookie } from '../../src/pages/session-cookie.ts';

const secret = 'x'.repeat(43);
const asking = (cookie?: string) => ({ headers: { cookie } }) as FastifyRequest;
function answering(): { reply: FastifyReply; set: string[] } {
  const set: string[] = [];
  return { set, reply: { header: (_name: string, value: string) => set.push(value) } as unknown as FastifyReply };
}

await t.test('over TLS it is bound to this host, and no script or other site gets it', async (t) => {
  const { reply, set } = answering();
  setSessionCookie(reply, 'https://badges.example.org', secret);
  clearSessionCookie(reply, 'https://badges.example.org');
  t.same(set, [
    `__Host-cairn=${secret}; Path=/; HttpOnly; SameSite=Lax; Secure`,
    '__Host-cairn=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax; Secure',
  ]);
});

await t.test('on plain localhost it has a name that browsers take there', async (t) => {
  const { reply, set } = answering();
  setSessionCookie(reply, 'http://localhost:3000', secret);
  t.same(set, [`cairn=${secret}; Path=/; HttpOnly; SameSite=Lax`]);
});

await t.test('only a cookie of that name and form is read', async (t) => {
  const read = (cookie?: string) => readSessionCookie(asking(cookie), 'https://badges.example.org');
  t.equal(read(`lang=en; __Host-cairn=${secret}`), secret);
  for (const cookie of [
    undefined,
    '',
    `cairn=${secret}`,
    `x__Host-cairn=${secret}`,
    '__Host-cairn=short',
    `__Host-cairn=${secret}'`,
  ])
    t.equal(read(cookie), undefined, String(cookie));
});
