// Secrets that cannot be guessed, and are not kept.
import t from 'tap';
import { randomBytes } from 'node:crypto';
import { hashToken, makeToken } from '../../src/privacy/token.ts';

await t.test('a token has 256 bits, stands in an address as it is, and its hash is another text', async (t) => {
  const token = makeToken({ random: randomBytes });
  t.equal(Buffer.from(token, 'base64url').length, 32);
  t.match(token, /^[A-Za-z0-9_-]{43}$/);
  t.not(makeToken({ random: randomBytes }), token);
  t.equal(hashToken(token), hashToken(token));
  t.match(hashToken(token), /^[A-Za-z0-9_-]{43}$/);
  t.notOk(hashToken(token).includes(token));
});
