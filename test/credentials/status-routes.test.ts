// Status lists as strangers get them: fresh, as of a past instant, of a did:key, and as Open Badges has them.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { changePostedStatus } from '../../src/credentials/change-posted-status.ts';
import { renewStatusLists } from '../../src/credentials/publish-status-list.ts';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { decodeBitstring } from '../../src/openbadges/status/bitstring.ts';
import { parseRevocationList } from '../../src/openbadges/status/revocation-list.ts';
import { compromiseKey } from '../../src/platform/compromise-key.ts';
import { openTestApp } from '../platform/test-app.ts';
import { openTestService } from '../platform/test-service.ts';
import { issueCommons } from './issued.ts';
import { openVcApi, plain, verifiesElsewhere } from './vc-api-caller.ts';

const service = await openTestService('pglite', { vcApi: true, revocationList1EdTech: true });
t.teardown(() => service.close());
const api = await openVcApi(t, service);
const entry = { type: 'BitstringStatusListEntry', statusPurpose: 'suspension' };
const at = (timestamp: string) => `/status/suspension/0?timestamp=${encodeURIComponent(timestamp)}`;

void t.test('a list as it stood at a past instant, signed', async (t) => {
  service.clock.set('2026-03-04T12:00:00Z');
  const { vc } = await api.issue(plain({ id: 'urn:x:past' }), { credentialStatus: entry });
  const { statusListIndex } = (vc as unknown as { credentialStatus: { statusListIndex: string } }).credentialStatus;
  const change = (set: boolean) => {
    const changes = [{ purpose: 'suspension' as const, set }];
    return changePostedStatus(service, { credentialId: 'urn:x:past', clientId: null, changes });
  };
  service.clock.set('2026-03-05T12:00:00Z');
  await change(true);
  service.clock.set('2026-03-06T12:00:00Z');
  await change(false);
  service.clock.set('2026-03-07T12:00:00Z');
  const bitAt = async (timestamp: string) => {
    const answer = await api.get(at(timestamp));
    t.equal(answer.statusCode, 200);
    t.equal(answer.json().validFrom, timestamp.replace('.000', ''));
    return decodeBitstring(answer.json().credentialSubject.encodedList).get(Number(statusListIndex));
  };
  t.equal(await bitAt('2026-03-05T11:59:59Z'), 0);
  t.equal(await bitAt('2026-03-05T12:00:00Z'), 1);
  t.equal(await bitAt('2026-03-06T11:59:59Z'), 1);
  t.equal(await bitAt('2026-03-06T12:00:00Z'), 0);
  service.clock.set('2026-03-05T13:00:30Z');
  t.ok(await verifiesElsewhere(service, (await api.get(at('2026-03-05T13:00:00Z'))).json()));
  service.clock.set('2026-03-04T12:00:00Z');
});

void t.test('400 for an instant that is none or is to come, 404 for a list that has not begun', async (t) => {
  for (const timestamp of ['yesterday', '2026-03-04', '2026-02-30T00:00:00Z', '2030-01-01T00:00:00Z'])
    t.match((await api.get(at(timestamp))).json(), { status: 400, code: 'timestamp_not_usable' }, timestamp);
  t.equal((await api.get('/status/suspension/5?timestamp=2026-03-04T00:00:00Z')).statusCode, 404);
  t.equal((await api.get('/status/revocation/z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK/0')).statusCode, 404);
});

void t.test('served with an entity tag and how long it may be kept', async (t) => {
  await api.issue(plain(), { credentialStatus: entry });
  const first = await api.get('/status/suspension/0');
  t.match(first.headers, { 'cache-control': /public, max-age=300/, etag: /^".+"$/ });
  t.match(first.headers['access-control-allow-origin'], '*');
  const again = await api.get('/status/suspension/0', { 'if-none-match': String(first.headers.etag) });
  t.equal(again.statusCode, 304);
});

void t.test('lists of a compromised did:key are left as they are, and the others are signed again', async (t) => {
  await api.issue(plain({ issuer: api.didKey }), { credentialStatus: entry });
  const path = `/status/suspension/${api.didKey.replace('did:key:', '')}/0`;
  const before = await api.get(path);
  t.equal(before.statusCode, 200);
  await compromiseKey(service, api.didKey.replace('did:key:', ''));
  t.ok((await renewStatusLists(service, true)) > 0);
  t.equal((await api.get(path)).body, before.body);
});

void t.test('the list of Open Badges, where it is switched on', async (t) => {
  const badge = await issueCommons(service, 'ada');
  const hidden = await issueCommons(service, 'grace');
  for (const { id } of [badge, hidden]) await revokeCredential(service, id, 'issued_in_error', 'Given in error.');
  await service.db.transaction(async (tx) => {
    await tx.execute(sql`update credentials set visibility = 'private' where id = ${hidden.id}::uuid`);
  });
  const list = parseRevocationList((await api.get('/status/1edtech/0')).json());
  t.match(list, { issuer: 'did:web:badges.example.org' });
  t.match(list.entries, [
    { id: `https://badges.example.org/credentials/${badge.id}`, revocationReason: 'Given in error.' },
  ]);
  t.equal(list.entries.length, 1, 'a private badge is not told of');
  t.equal((await api.get('/status/1edtech/1')).statusCode, 404);

  const off = await openTestService();
  t.teardown(() => off.close());
  const app = await openTestApp(off);
  t.teardown(() => app.close());
  t.equal((await app.get('/status/1edtech/0')).statusCode, 404);
});
