// Bodies that do not come: told apart on real connections.
import { once } from 'node:events';
import { connect, type AddressInfo } from 'node:net';
import t from 'tap';
import Fastify from 'fastify';
import { limitBodies } from '../../src/platform/body-deadline.ts';

const app = Fastify();
limitBodies(app, 150);
app.addContentTypeParser('text/csv', (_request, payload, done) => done(null, payload));
app.post('/short', async (request) => request.body);
app.post('/long', { config: { longBody: true } }, async (request) => {
  let length = 0;
  for await (const chunk of request.body as AsyncIterable<Buffer>) length += chunk.length;
  return { length };
});
await app.listen({ port: 0, host: '127.0.0.1' });
t.teardown(() => app.close());
const { port } = app.server.address() as AddressInfo;

/** Sends the pieces with a pause before each but the first; gives all that was answered until the connection ended. */
async function send(path: string, type: string, pieces: string[], length: number, pauseMs: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => (answer += String(chunk))).on('error', () => {});
  const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: ${type}\r\nContent-Length: ${length}`;
  socket.write(`${head}\r\n\r\n`);
  const ended = once(socket, 'close');
  for (const [n, piece] of pieces.entries()) {
    if (n > 0) await new Promise((resolve) => setTimeout(resolve, pauseMs));
    socket.write(piece);
  }
  await ended;
  return answer;
}

/** What is in time is answered. A machine that stands still for a moment makes it late: then it is sent once more. */
async function answered(...sent: Parameters<typeof send>): Promise<string> {
  for (;;) {
    const answer = await send(...sent);
    if (answer !== '') return answer;
  }
}

await t.test('a body that never comes whole ends the connection, and one that comes is answered', async (t) => {
  t.equal(await send('/short', 'application/json', ['{"a"'], 8, 0), '');
  t.match(await answered('/short', 'application/json', ['{"a"', ':1 }'], 8, 0), /200 OK.*\{"a":1\}/s);
});

await t.test('a long body may take longer, as long as something comes', async (t) => {
  const pieces = ['a', 'b', 'c', 'd', 'e'];
  t.match(await answered('/long', 'text/csv', pieces, 5, 60), /200 OK.*\{"length":5\}/s);
  t.equal(await send('/long', 'text/csv', ['a'], 5, 0), '', 'and no longer');
});
