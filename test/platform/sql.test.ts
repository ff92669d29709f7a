// Templates of SQL: what is put in is a parameter, unless it is SQL itself.
import t from 'tap';
import { rows } from '../../src/platform/database.ts';
import { sql } from '../../src/platform/sql.ts';
import { onEachDatabase } from './test-service.ts';

const written = (query: ReturnType<typeof sql>): unknown => Object.values(query.toQuery());

void t.test('what is put in is never text, and counts through parts within parts', async (t) => {
  const mine = (id: string) => sql`id = ${id}`;
  const among = sql`(select v from ${sql.raw('jsonb_array_elements($x$["a"]$x$)')} where ${mine('1')} or n > ${2})`;
  t.same(written(sql`select ${`'; drop`} from a where b in ${among} and ${mine('3')}`), [
    `select $1 from a where b in (select v from jsonb_array_elements($x$["a"]$x$) where id = $2 or n > $3) and id = $4`,
    [`'; drop`, '1', 2, '3'],
  ]);
  t.same(written(sql`select 1`), ['select 1', []]);
});

void t.test(
  'a statement says the same each time it is asked, and a part in every statement it is put into',
  async (t) => {
    const part = sql`a = ${1}`;
    const query = sql`${0} ${part} ${part}`;
    t.same(written(query), ['$1 a = $2 a = $3', [0, 1, 1]]);
    t.same(written(query), ['$1 a = $2 a = $3', [0, 1, 1]]);
  },
);

void t.test('parts are joined in their order, and none are nothing', async (t) => {
  t.same(written(sql`x ${sql.join([sql`a = ${1}`, sql`true`, sql`b = ${2}`], ' and ')} y`), [
    'x a = $1 and true and b = $2 y',
    [1, 2],
  ]);
  t.same(written(sql`(${sql.join([sql`${'one'}`], ', ')})`), ['($1)', ['one']]);
  t.same(written(sql.join([], ', ')), ['', []]);
});

await onEachDatabase(t, 'both databases take it, whatever is in a name or a value', async (t, service) => {
  const name = `a "quoted" 'name' $1`;
  const query = sql`select ${name} as ${sql.identifier(name)}, ${null}::text as none, ${7}::int as seven`;
  t.same(await rows(service.db.read, query), [{ [name]: name, none: null, seven: 7 }]);
});
