// The guard: no private address is ever connected to, whatever its spelling, and no redirect leads there.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import t from 'tap';
import { ResolveError } from '../../src/openbadges/resolve.ts';
import { isPublicAddress, openGuardedNetwork } from '../../src/verification/resolvers.ts';

/** What is to come does so, on however busy a machine. */
const patient = { timeoutMs: 200_000 };

async function listen(server: Server): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

void t.test('private, local, mapped and special addresses are none of the public Internet', async (t) => {
  const closed = [
    '127.0.0.1',
    '10.0.0.1',
    '172.16.3.4',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:db8::1',
    'ff02::1',
    '198.18.0.1',
    '192.0.2.1',
    'nonsense',
  ];
  for (const address of closed) t.notOk(isPublicAddress(address), address);
  for (const address of ['93.184.215.14', '2606:2800:21f:cb07:6820:80da:af6b:8b2c', '[2606:2800::1]'])
    t.ok(isPublicAddress(address), address);
});

void t.test('literals in any spelling, http, credentials and nonsense are refused before a connection', async (t) => {
  const network = openGuardedNetwork({ limits: patient });
  t.teardown(network.close);
  const urls = [
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://[::ffff:127.0.0.1]/',
    'https://[::1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/',
    'http://93.184.215.14/',
    'https://user:pw@93.184.215.14/',
    'file:///etc/passwd',
    'data:text/plain,x',
    'nonsense',
  ];
  for (const url of urls)
    await t.rejects(network.resolve(url, '*/*'), { name: 'ResolveError', kind: /refused|malformed_url/ }, url);
});

void t.test('a redirect to a private address is refused, and so is the fourth redirect', async (t) => {
  let hops = 0;
  const server = createServer((request, response) => {
    hops += 1;
    const where = request.url === '/private' ? 'file:///etc/passwd' : `/again?${hops}`;
    response.writeHead(302, { location: where }).end();
  });
  const url = await listen(server);
  const network = openGuardedNetwork({ allowLocal: true, limits: patient });
  t.teardown(async () => {
    await network.close();
    server.close();
  });
  await t.rejects(network.resolve(`${url}/private`, '*/*'), { name: 'ResolveError', kind: 'refused' });
  hops = 0;
  await t.rejects(network.resolve(`${url}/again`, '*/*'), { name: 'ResolveError', kind: 'refused' });
  t.equal(hops, 4, 'the first and three redirects');
});

void t.test('answers come with status, type and bytes; what is too large or too slow does not come', async (t) => {
  const seen: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    if (request.url === '/slow') return;
    if (request.url === '/large') return void response.end(Buffer.alloc(3000));
    response.writeHead(404, { 'content-type': 'application/json', 'set-cookie': 'a=b' }).end('{"é":1}');
  });
  const url = await listen(server);
  const network = openGuardedNetwork({ allowLocal: true, limits: { sizeBytes: 2000, ...patient } });
  const impatient = openGuardedNetwork({ allowLocal: true, limits: { timeoutMs: 300 } });
  t.teardown(async () => {
    await network.close();
    await impatient.close();
    server.closeAllConnections();
    server.close();
  });
  t.match(await network.resolve(`${url}/x#fragment`, 'application/json'), {
    url: `${url}/x`,
    status: 404,
    contentType: 'application/json',
    body: '{"é":1}',
  });
  await network.resolve(`${url}/x`, 'application/json');
  t.match(seen[1], { accept: 'application/json', cookie: undefined });
  await t.rejects(network.resolve(`${url}/large`, '*/*'), { name: 'ResolveError', kind: 'too_large' });
  await t.rejects(impatient.resolve(`${url}/slow`, '*/*'), { name: 'ResolveError', kind: 'unreachable' });
  await t.rejects(network.resolve('http://127.0.0.1:1/', '*/*'), ResolveError);
});
