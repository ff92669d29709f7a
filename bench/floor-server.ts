// The floor: a bare Fastify route that puts the bytes it is sent into one row. Run as a process of its own.
import Fastify from 'fastify';
import { connect } from '../src/platform/postgres-database.ts';

const sql = connect(process.env.DATABASE_URL ?? '', { max: 10 });
await sql`create table if not exists floor (id bigint generated always as identity primary key, body jsonb)`;
const app = Fastify();
app.post('/floor', async (request, reply) => {
  await sql`insert into floor (body) values (${sql.json(request.body as never)})`;
  return reply.code(201).send({ recorded: true });
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
console.log('ready');
