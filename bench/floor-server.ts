// The floor: a bare Fastify route that puts the bytes it is sent into one row, and one that answers bytes it was given.
// Run as a process of its own.
import Fastify from 'fastify';
import { openEmbedded } from '../src/platform/embedded-database.ts';
import { connect } from '../src/platform/postgres-database.ts';
import { silent } from '../test/platform/test-template.ts';

const TABLE = 'create table if not exists floor (id bigint generated always as identity primary key, body jsonb)';
const INSERT = 'insert into floor (body) values ($1)';

async function openFloor(): Promise<(body: unknown) => Promise<unknown>> {
  const { DATABASE_URL: url, DATA_DIR: folder } = process.env;
  if (url) {
    const sql = connect(url, { max: 10 });
    await sql.unsafe(TABLE);
    return (body) => sql`insert into floor (body) values (${sql.json(body as never)})`;
  }
  const opened = await openEmbedded(folder!, silent);
  if (opened.connection.kind !== 'pglite') throw new Error('not the embedded database');
  const { pglite } = opened.connection;
  await pglite.exec(TABLE);
  return (body) => pglite.query(INSERT, [JSON.stringify(body)]);
}

const insert = await openFloor();
const app = Fastify({ bodyLimit: 5_000_000 });
app.post('/floor', async (request, reply) => {
  await insert(request.body);
  return reply.code(201).send({ recorded: true });
});
const kept = new Map<string, { type: string; bytes: Buffer }>();
app.put<{ Params: { name: string }; Body: { type: string; text: string } }>('/static/:name', async (request) => {
  kept.set(request.params.name, { type: request.body.type, bytes: Buffer.from(request.body.text) });
  return {};
});
app.get<{ Params: { name: string } }>('/static/:name', async (request, reply) => {
  const { type, bytes } = kept.get(request.params.name)!;
  return reply.type(type).send(bytes);
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
console.log('ready');
