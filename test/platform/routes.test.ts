// The platform over HTTP.
import t from 'tap';
import { createClient } from '../../src/platform/create-client.ts';
import { askToken, basic, buildPlatformApp } from './platform-app.ts';
import { onEachDatabase, openTestService } from './test-service.ts';

await onEachDatabase(t, 'a client gets a token that nobody may keep', async (t, service) => {
  const app = buildPlatformApp(service);
  t.teardown(() => app.close());
  const { client, secret } = await createClient(service, { name: 'LMS', sources: [], scopes: ['completions:write'] });
  const answer = await askToken(app, basic(client.id, secret));
  t.match(answer, { statusCode: 200, headers: { 'cache-control': 'no-store', pragma: 'no-cache' } });
  t.match(answer.json(), { token_type: 'Bearer', expires_in: 900, scope: 'completions:write' });
});

await t.test("what is wrong with a token request is told in OAuth's words", async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const app = buildPlatformApp(service);
  t.teardown(() => app.close());
  const { client, secret } = await createClient(service, { name: 'LMS', sources: [], scopes: ['completions:write'] });
  const good = basic(client.id, secret);
  const grant = 'grant_type=client_credentials';
  const cases: [string | undefined, string, number, string][] = [
    [undefined, grant, 401, 'invalid_client'],
    ['Bearer x', grant, 401, 'invalid_client'],
    ['Basic !!!', grant, 401, 'invalid_client'],
    [basic(client.id, 'wrong'), grant, 401, 'invalid_client'],
    [basic('%E0%A4%A', secret), grant, 401, 'invalid_client'],
    [good, '', 400, 'invalid_request'],
    [good, 'grant_type=password', 400, 'unsupported_grant_type'],
    [good, `${grant}&scope=admin`, 400, 'invalid_scope'],
    [good, `${grant}&${grant}`, 400, 'invalid_request'],
    [good, `${grant}&client_secret=${secret}`, 400, 'invalid_request'],
  ];
  for (const [authorization, form, status, error] of cases) {
    const answer = await askToken(app, authorization, form);
    t.match(answer, { statusCode: status, headers: { 'cache-control': 'no-store' } }, `${error} ${form}`);
    t.match(answer.json(), { error, error_description: String });
    t.equal(answer.headers['www-authenticate'] !== undefined, status === 401);
  }
  const json = await app.inject({
    method: 'POST',
    url: '/oauth/token',
    headers: { authorization: good },
    payload: { grant_type: 'client_credentials' },
  });
  t.match(json.json(), { error: 'invalid_request', error_description: /x-www-form-urlencoded/ });
});

await t.test('programs find the token endpoint (RFC 8414), operators the health and the numbers', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  let stopping = false;
  const app = buildPlatformApp(service, undefined, () => stopping);
  t.teardown(() => app.close());
  t.match((await app.inject('/.well-known/oauth-authorization-server')).json(), {
    issuer: 'https://badges.example.org',
    token_endpoint: 'https://badges.example.org/oauth/token',
    grant_types_supported: ['client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    response_types_supported: [],
  });
  t.same((await app.inject('/healthz')).json(), { alive: true });
  t.match(await app.inject('/readyz'), { statusCode: 503 });
  await service.jobs.start();
  t.match(await app.inject('/readyz'), { statusCode: 200 });
  stopping = true;
  const ending = await app.inject('/readyz');
  t.equal(ending.statusCode, 503);
  t.match(
    ending.json<{ checks: object[] }>().checks.filter((check) => !(check as { ready: boolean }).ready),
    [{ name: 'stopping' }],
  );
  const numbers = await app.inject('/metrics');
  t.match(numbers.headers['content-type'], /^text\/plain/);
  t.match(numbers.body, /cairn_http_request_seconds_count\{method="GET",route="\/healthz",status="200"\} 1/);
  t.match(numbers.body, /cairn_jobs\{queue="dead-letter",state="waiting"\} 0/);
});

await t.test('numbers behind a token: 401 with the remedy, and never the token', async (t) => {
  const service = await openTestService('pglite', { metricsToken: 'a-token-of-some-length' });
  t.teardown(() => service.close());
  const app = buildPlatformApp(service);
  t.teardown(() => app.close());
  const ask = (authorization?: string) =>
    app.inject({ url: '/metrics', headers: authorization === undefined ? {} : { authorization } });
  for (const wrong of [undefined, 'Bearer another-token-of-length', basic('a', 'a-token-of-some-length')]) {
    const answer = await ask(wrong);
    t.match(answer, { statusCode: 401, headers: { 'www-authenticate': 'Bearer realm="metrics"' } });
    t.match(answer.json(), { code: 'metrics_token', detail: /METRICS_TOKEN/ });
    t.notMatch(answer.body, /cairn_|a-token-of/);
  }
  const answer = await ask('Bearer a-token-of-some-length');
  t.match(answer, { statusCode: 200, headers: { 'cache-control': 'no-store' } });
  t.match(answer.body, /cairn_jobs/);
  t.equal((await app.inject('/healthz')).statusCode, 200, 'probes need none');
});
