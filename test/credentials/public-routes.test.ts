// What strangers read: one test for each answer. The bytes of a badge are the same for ever and under every name.
import { sql } from '../../src/platform/sql.ts';
import { decodeProtectedHeader } from 'jose';
import t from 'tap';
import { digestMultibase } from '../../src/credentials/award-record.ts';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { decodeBitstring } from '../../src/openbadges/status/bitstring.ts';
import { unbakePng } from '../../src/openbadges/baking/png.ts';
import { unbakeSvg } from '../../src/openbadges/baking/svg.ts';
import { openTestApp } from '../platform/test-app.ts';
import { openTestService } from '../platform/test-service.ts';
import { badgeOf, issueCommons, type IssuedCredential } from './issued.ts';

const service = await openTestService();
const { get, close } = await openTestApp(service);
t.teardown(async () => {
  await close();
  await service.close();
});

const UNKNOWN = '11111111-1111-4111-8111-111111111111';
const JSON_TYPES = ['application/json', 'application/vc', 'application/vc+ld+json', 'application/ld+json'];
const issued = await issueCommons(service, 'ada', { name: 'Zoë "山田"', consents: { name: true } });
const at = `/credentials/${issued.id}`;
const change = (one: IssuedCredential, set: ReturnType<typeof sql>) =>
  service.db.transaction((tx) => tx.execute(sql`update credentials set ${set} where id = ${one.id}::uuid`));

await t.test('200: the stored bytes, the same under every JSON type, before and after time', async (t) => {
  for (const accept of [...JSON_TYPES, '*/*', undefined]) {
    const answer = await get(at, accept === undefined ? {} : { accept });
    t.equal(answer.statusCode, 200);
    t.equal(Buffer.compare(answer.rawPayload, Buffer.from(issued.json)), 0, String(accept));
    if (accept && JSON_TYPES.includes(accept)) t.equal(answer.headers['content-type'], accept);
  }
  service.clock.advance(86_400_000);
  t.equal((await get(`${at}.json`)).rawPayload.toString(), issued.json);
  t.equal((await get(`${at}.json`)).headers['content-type'], 'application/vc');
});

await t.test('200: the JWT by Accept and by its extension, one and the same', async (t) => {
  const answers = [
    await get(`${at}.jwt`),
    await get(at, { accept: 'application/vc+jwt' }),
    await get(at, { accept: 'text/plain' }),
  ];
  t.equal(new Set(answers.map((one) => one.body)).size, 1);
  t.same(
    answers.map((one) => one.headers['content-type']),
    ['application/vc+jwt', 'application/vc+jwt', 'text/plain; charset=utf-8'],
  );
  t.equal(decodeProtectedHeader(answers[0]!.body).typ, 'JWT');
});

await t.test('200: pictures that unbake to the stored bytes', async (t) => {
  const [png, svg] = [await get(`${at}.png`), await get(at, { accept: 'image/svg+xml' })];
  t.equal(png.headers['content-type'], 'image/png');
  t.equal(unbakePng(png.rawPayload).text, issued.json);
  t.equal(svg.headers['content-type'], 'image/svg+xml');
  t.equal(unbakeSvg(svg.rawPayload.toString()).text, issued.json);
});

await t.test('304 for whoever has these bytes, and caches that ask each time', async (t) => {
  const { headers } = await get(at);
  t.match(headers, { 'cache-control': 'private, no-cache', vary: /accept/i, etag: /^"/ });
  const again = await get(at, { 'if-none-match': `"other", ${String(headers.etag)}` });
  t.equal(again.statusCode, 304);
  t.equal(again.body, '');
});

await t.test('406 for a form that there is not', async (t) => {
  const answer = await get(at, { accept: 'application/pdf' });
  t.equal(answer.statusCode, 406);
  t.equal(answer.json().code, 'not_acceptable');
});

await t.test('404: private is exactly unknown, in every form and of the award too', async (t) => {
  const hidden = await issueCommons(service, 'hidden');
  await change(hidden, sql`visibility = 'private'`);
  const seen = async (url: string) => {
    const { statusCode, body, headers } = await get(url);
    const { 'content-length': length, 'content-disposition': disposition } = headers;
    return {
      statusCode,
      body: body.replaceAll(/"instance":"[^"]*"/g, ''),
      length,
      disposition,
      names: Object.keys(headers),
    };
  };
  for (const form of ['', '.json', '.jwt', '.png', '.svg', '.pdf']) {
    const [known, unknown] = [
      await seen(`/credentials/${hidden.id}${form}`),
      await seen(`/credentials/${UNKNOWN}${form}`),
    ];
    t.equal(known.statusCode, 404, form);
    t.same(known, unknown, form);
    t.equal(known.disposition, undefined, 'what is not there has no file name');
  }
  t.same(await seen(`/awards/${hidden.awardId}`), await seen(`/awards/${UNKNOWN}`));
  for (const odd of [
    'x',
    `${issued.id}.exe`,
    issued.id.toUpperCase(),
    '%00',
    `${issued.id}%20`,
    '..%2f',
    'a'.repeat(300),
  ]) {
    const { statusCode } = await get(`/credentials/${odd}`);
    t.ok(statusCode >= 400 && statusCode < 500, `${odd}: ${statusCode}`);
  }
});

await t.test('410: an erased badge and its award say so', async (t) => {
  const erased = await issueCommons(service, 'erased');
  await change(erased, sql`json = null, jwt = null`);
  await service.db.transaction((tx) =>
    tx.execute(sql`update awards set record = null where id = ${erased.awardId}::uuid`),
  );
  for (const form of ['', '.json', '.jwt', '.png', '.svg', '.pdf'])
    t.equal((await get(`/credentials/${erased.id}${form}`)).statusCode, 410, form);
  t.match((await get(`/awards/${erased.awardId}`)).json(), { code: 'award_erased', status: 410 });
});

await t.test('200: the award record has the digest that the badge names', async (t) => {
  const [resource] = badgeOf(issued).relatedResource;
  const answer = await get(new URL(resource!.id).pathname);
  t.equal(answer.statusCode, 200);
  t.match(answer.headers['content-type'], 'application/json');
  t.equal(digestMultibase(answer.rawPayload.toString()), resource?.digestMultibase);
});

await t.test('200: the status list with a JSON type and cache headers, and the bit at once', async (t) => {
  const url = '/status/revocation/0';
  const before = await get(url);
  t.match(before.headers, { 'content-type': 'application/json', 'cache-control': /public, max-age=300/, etag: /^"/ });
  for (const accept of ['application/vc', 'text/html', '*/*'])
    t.match((await get(url, { accept })).headers['content-type'], /^application\/(json|vc)$/, accept);
  t.equal((await get(url, { 'if-none-match': String(before.headers.etag) })).statusCode, 304);
  await revokeCredential(service, issued.id, 'issued_in_error', 'To somebody else.');
  const after = await get(url, { 'if-none-match': String(before.headers.etag) });
  t.equal(after.statusCode, 200);
  const bits = decodeBitstring(after.json().credentialSubject.encodedList, { maxBytes: 1 << 20 });
  t.equal(bits.get(issued.statusIndex), 1);
  t.equal((await get(at)).rawPayload.toString(), issued.json, 'a revoked badge is served as it was');
});

await t.test('404 and 4xx for lists that there are not', async (t) => {
  t.match((await get('/status/revocation/1')).json(), { status: 404, code: 'status_list_unknown' });
  t.equal((await get('/status/suspension/0')).statusCode, 404);
  for (const odd of ['colour/0', 'revocation/-1', 'revocation/x', 'revocation/1.5', 'revocation/99999999999']) {
    const { statusCode } = await get(`/status/${odd}`);
    t.ok(statusCode >= 400 && statusCode < 500, `${odd}: ${statusCode}`);
  }
});
