// The page of a badge over HTTP: true to the second, and a private badge is as one that never was.
import { createHash } from 'node:crypto';
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { issueCommons } from '../credentials/issued.ts';
import { openTestApp } from '../platform/test-app.ts';
import { openTestService } from '../platform/test-service.ts';
import { streamsOf } from './pdf-parts.ts';

const browser = { accept: 'text/html,application/xhtml+xml,image/avif,*/*;q=0.8' };

await t.test('a badge from its issue to its revocation', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const issued = await issueCommons(service, 'ada', { name: 'Ada Example', consents: { name: true } } as never);
  const path = `/credentials/${issued.id}`;

  const page = await app.get(path, browser);
  t.equal(page.statusCode, 200);
  t.match(page.headers['content-type'], /^text\/html/);
  t.match(page.body, />Valid<\/p>/);
  t.match(page.body, /Ada Example/);
  t.match(page.headers['content-security-policy'], /default-src 'none'/);
  t.match(page.headers['x-frame-options'], 'DENY');
  const block = /<script type="application\/ld\+json">([^<]*)<\/script>/.exec(page.body)?.[1] ?? '';
  const hash = createHash('sha256').update(block).digest('base64');
  t.ok(
    String(page.headers['content-security-policy']).includes(`'sha256-${hash}'`),
    'the policy names the block as served',
  );
  t.match(String(page.headers.vary), /Accept-Language/);
  t.match(page.body, /noindex/);
  t.match(
    (await app.get(path, { accept: 'application/json' })).headers['content-type'],
    /json/,
    'machines get the badge',
  );
  t.match(
    (await app.get(path, { 'user-agent': 'LinkedInBot/1.0', accept: '*/*' })).body,
    /og:image/,
    'crawlers get the page',
  );

  const compare = (email: string) =>
    app.app.inject({
      method: 'POST',
      url: path,
      headers: { ...browser, 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ email }).toString(),
    });
  t.match((await compare('ada@example.edu')).body, /Yes\. This badge was awarded/);
  t.match((await compare('Ada@Example.edu')).body, /Yes\. This badge was awarded/);
  const other = await compare('eve@example.edu');
  t.match(other.body, /No\. This badge was not awarded/);
  t.equal(other.headers['cache-control'], 'no-store');
  t.notMatch(other.body, /eve@example/, 'what was typed is not repeated');

  const picture = await app.get(`${path}/preview.png`);
  t.equal(picture.headers['content-type'], 'image/png');
  const spanish = await app.get(`${path}/preview.png?lang=es`);
  t.not(spanish.rawPayload.equals(picture.rawPayload), true, 'in the words of whoever shares it');
  t.match(
    (await app.get(`${path}?lang=es`, browser)).body,
    /property="og:image" content="[^"]*preview\.png\?lang&#61;es"/,
  );
  const certificate = await app.get(`${path}.pdf?size=letter&lang=es`, browser);
  t.equal(certificate.headers['content-type'], 'application/pdf');
  t.match(String(certificate.headers['content-disposition']), /certificate-[0-9a-f]{8}\.pdf/);
  t.ok(certificate.rawPayload.includes('/MediaBox [0 0 792 612]') && certificate.rawPayload.includes('/Lang (es)'));
  t.ok(
    streamsOf(certificate.rawPayload).some((stream) => stream.equals(Buffer.from(issued.json))),
    'the badge is in it',
  );
  t.equal((await app.get(`${path}.pdf?size=a0`)).statusCode, 422);
  const code = await app.get(`${path}/qr.svg`);
  t.equal(code.headers['content-type'], 'image/svg+xml');
  const card = await app.get(`/badges/${issued.id}/embed?lang=es`, browser);
  t.match(card.body, /Válida/);
  t.match(card.headers['content-security-policy'], /frame-ancestors \*/);
  t.equal(card.headers['x-frame-options'], undefined);
  const told = await app.get(`/oembed?url=${encodeURIComponent(`https://badges.example.org${path}`)}`);
  t.match(told.json<object>(), { type: 'rich', version: '1.0' });
  t.equal((await app.get('/oembed?url=https://elsewhere.example/credentials/1')).statusCode, 404);
  t.equal((await app.get(`/oembed?format=xml&url=x`)).statusCode, 501);

  await revokeCredential(service, issued.id, 'issued_in_error', 'Two accounts were mixed up.');
  const revoked = await app.get(path, { ...browser, 'accept-language': 'es' });
  t.equal(revoked.statusCode, 200);
  t.match(revoked.body, />Revocada<\/p>/);
  t.match(revoked.body, /Two accounts were mixed up\./);
  const again = await app.get(`${path}/preview.png`);
  t.not(again.rawPayload.equals(picture.rawPayload), true, 'the preview changes with the state');
});

await t.test('private equals unknown, everywhere; erased is gone', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const { id } = await issueCommons(service);
  const unknownId = '00000000-0000-4000-8000-000000000000';
  const stable = (text: string, one: string) => text.replaceAll(one, 'ID').replace(/"instance":"[^"]*"/, '');
  await service.db.transaction((tx) =>
    tx.execute(sql`update credentials set visibility = 'private' where id = ${id}::uuid`),
  );
  for (const place of [
    (one: string) => `/credentials/${one}`,
    (one: string) => `/credentials/${one}/preview.png`,
    (one: string) => `/credentials/${one}.pdf`,
    (one: string) => `/credentials/${one}/qr.svg`,
    (one: string) => `/badges/${one}/embed`,
  ]) {
    const [hidden, never] = [await app.get(place(id), browser), await app.get(place(unknownId), browser)];
    t.equal(hidden.statusCode, 404, place('…'));
    t.equal(stable(hidden.body, id), stable(never.body, unknownId), place('…'));
  }
  const post = (one: string) =>
    app.app.inject({
      method: 'POST',
      url: `/credentials/${one}`,
      headers: { ...browser, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'email=ada%40example.edu',
    });
  t.equal(stable((await post(id)).body, id), stable((await post(unknownId)).body, unknownId));
  t.match((await app.get('/credentials/nonsense', browser)).body, /There is nothing here/);

  await service.db.transaction((tx) =>
    tx.execute(sql`update credentials set visibility = 'link', json = null where id = ${id}::uuid`),
  );
  const erased = await app.get(`/credentials/${id}`, browser);
  t.equal(erased.statusCode, 410);
  t.match(erased.body, /This badge was erased/);
});
