// The recipients over HTTP: those who chose to be listed, and nobody else.
import t from 'tap';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { issueCommons } from '../credentials/issued.ts';
import { openTestApp } from '../platform/test-app.ts';
import { openTestService } from '../platform/test-service.ts';

const html = { accept: 'text/html' };

await t.test('page, JSON and CSV list whoever consented, by name and badge', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const app = await openTestApp(service);
  t.teardown(() => app.close());
  const consents = { name: true, listed: true };
  const ada = await issueCommons(service, 'ada', { name: 'Ada Example', consents } as never);
  const zoe = await issueCommons(service, 'zoe', { name: 'Ζωή', consents } as never);
  await issueCommons(service, 'bob', { name: 'Bob Hidden', consents: { name: true } } as never);
  await issueCommons(service, 'nil', { name: 'Nil Nameless', consents: { listed: true } } as never);

  const page = await app.get('/recipients', html);
  t.match(page.body, /2 badges listed/);
  t.match(page.body, /Ada Example/);
  t.match(page.body, /Ζωή/);
  t.notMatch(page.body, /Bob|Nil/);
  t.notMatch(page.body, /"robots"/, 'the list itself may be found');
  t.notMatch((await app.get(`/credentials/${ada.id}`, html)).body, /"robots"/, 'and so may whoever is on it');

  t.match((await app.get('/recipients?name=ADA', html)).body, /One badge listed/);
  t.match((await app.get('/recipients?achievement=core', html)).body, /Nobody is listed/);
  t.match((await app.get('/recipients?name=%25', html)).body, /Nobody is listed/, 'a percent sign is a percent sign');
  t.equal((await app.get('/recipients?achievement=%27;--&name=', html)).statusCode, 200);

  const json = (await app.get('/recipients', { accept: 'application/json' })).json<{
    total: number;
    recipients: { name: string; credential: string }[];
  }>();
  t.equal(json.total, 2);
  t.ok(json.recipients.some((one) => one.name === 'Ζωή' && one.credential.endsWith(zoe.id)));
  const csv = await app.get('/recipients.csv');
  t.match(csv.headers['content-type'], /^text\/csv/);
  t.equal(csv.body.trim().split('\r\n').length, 3);
  t.equal((await app.get('/recipients?cursor=forged', html)).statusCode, 422);

  await revokeCredential(service, ada.id, 'holder_request', 'At her wish.');
  t.match((await app.get('/recipients', html)).body, /One badge listed/);
});
