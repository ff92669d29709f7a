// A request that cannot be read is answered as every other that is wrong.
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { PassThrough } from 'node:stream';
import t, { type Test } from 'tap';
import { answerUnreadable } from '../../src/platform/unreadable-request.ts';
import { openTestService } from './test-service.ts';
import { buildApp } from '../../src/app.ts';

async function listen(t: Test, server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return (server.address() as AddressInfo).port;
}

async function send(port: number, text: string): Promise<{ status: number; headers: string; problem: unknown }> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (data) => (answer += String(data)));
  socket.on('error', () => {});
  const ended = new Promise((resolve) => socket.once('close', resolve));
  socket.write(text);
  await ended;
  const [headers, body] = answer.split('\r\n\r\n') as [string, string];
  return { status: Number(headers.split(' ')[1]), headers, problem: JSON.parse(body) };
}

void t.test('what is no HTTP, and headers without an end', async (t) => {
  const server = createServer();
  server.on('clientError', (error, socket) => answerUnreadable(error, socket as Socket));
  const port = await listen(t, server);
  const nonsense = await send(port, 'nonsense\r\n\r\n');
  t.match(nonsense.headers, /^HTTP\/1\.1 400 Bad Request\r\n[^]*application\/problem\+json[^]*connection: close/);
  t.match(nonsense.problem, { status: 400, code: 'malformed', detail: /no HTTP/, instance: /^urn:uuid:/ });
  const long = await send(port, `GET / HTTP/1.1\r\nhost: x\r\ncookie: ${'a'.repeat(100_000)}\r\n\r\n`);
  t.match(long, { status: 431, problem: { status: 431, code: 'malformed', detail: /cookies/ } });
});

void t.test('who is slow is told so, and who has gone is told nothing', async (t) => {
  const written = (code: string, prepare: (socket: PassThrough) => void = () => {}): string => {
    const socket = new PassThrough();
    socket.on('error', () => {});
    prepare(socket);
    answerUnreadable(Object.assign(new Error('x'), { code }), socket as unknown as Socket);
    t.ok(socket.destroyed || code === 'ECONNRESET');
    return String(socket.read() ?? '');
  };
  const seen: string[] = [];
  written('ERR_HTTP_REQUEST_TIMEOUT', (socket) => {
    socket.write = ((text: string) => seen.push(text) > 0) as never;
  });
  t.match(seen[0], /^HTTP\/1\.1 408 Request Timeout\r\n/);
  t.equal(written('ECONNRESET'), '');
  t.equal(
    written('HPE_INVALID_METHOD', (socket) => socket.destroy()),
    '',
  );
});

void t.test('the service answers so', async (t) => {
  const service = await openTestService('pglite');
  const app = buildApp(service);
  t.teardown(async () => {
    await app.close();
    await service.close();
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  t.match(await send(port, 'nonsense\r\n\r\n'), { status: 400, problem: { code: 'malformed' } });
});
