// The headers of every page: nothing inline, nothing from elsewhere, no frame around it.
import { createHash } from 'node:crypto';
import t from 'tap';
import { contentSecurityPolicy, secureHeaders } from '../../src/pages/send-page.ts';

await t.test('the policy allows our own files alone and no inline code', async (t) => {
  const policy = contentSecurityPolicy();
  t.match(policy, /default-src 'none'/);
  t.match(policy, /frame-ancestors 'none'/);
  t.notMatch(policy, /unsafe|https?:|\*/);
});

await t.test('a data block is named by its hash', async (t) => {
  const hash = createHash('sha256').update('{"a":1}').digest('base64');
  t.match(contentSecurityPolicy('{"a":1}'), `'sha256-${hash}'`);
});

await t.test('only the card may be framed', async (t) => {
  t.equal(secureHeaders()['x-frame-options'], 'DENY');
  t.notOk('x-frame-options' in secureHeaders(undefined, true));
  t.match(contentSecurityPolicy(undefined, true), /frame-ancestors \*/);
});
