// The floor: a bare Fastify route that puts the bytes it is sent into one row, and one that answers bytes it was given.
// Run as a process of its own.
import Fastify from 'fastify';
import { connect } from '../src/platform/postgres-database.ts';

const sql = connect(process.env.DATABASE_URL ?? '', { max: 10 });
await sql`create table if not exists floor (id bigint generated always as identity primary key, body jsonb)`;
const app = Fastify({ bodyLimit: 5_000_000 });
app.post('/floor', async (request, reply) => {
  await sql`insert into floor (body) values (${sql.json(request.body as never)})`;
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
