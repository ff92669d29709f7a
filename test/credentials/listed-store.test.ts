// Who is listed: by consent and with the name that was signed; pages neither repeat nor leave out.
import { sql } from 'drizzle-orm';
import t from 'tap';
import { countListed, listListed } from '../../src/credentials/listed-store.ts';
import { learnersListed } from '../../src/learners/listed-learners.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { issueCommons } from './issued.ts';

await onEachDatabase(t, 'listed are those who consented, newest first, in pages', async (t, service) => {
  const consents = { name: true, listed: true };
  for (const account of ['a', 'b', 'c']) {
    await issueCommons(service, account, { name: `Name ${account}`, consents } as never);
    service.clock.advance(1000);
  }
  const bob = await issueCommons(service, 'bob', { name: 'Bob', consents: { name: true } } as never);
  const filter = { consenting: learnersListed() };
  const names = async (more: object = {}) =>
    (await listListed(service.db.read, { ...filter, limit: 10, ...more })).map((one) => one.name);

  t.same(await names(), ['Name c', 'Name b', 'Name a']);
  t.equal(await countListed(service.db.read, filter), 3);
  const [first] = await listListed(service.db.read, { ...filter, limit: 1 });
  t.same(await names({ before: first }), ['Name b', 'Name a']);
  t.same(await names({ name: 'NAME B' }), ['Name b']);
  t.same(await names({ achievement: 'core' }), []);

  await service.db.transaction((tx) =>
    tx.execute(sql`update credentials set visibility = 'listed' where id = ${bob.id}::uuid`),
  );
  t.same((await names())[0], 'Bob', 'one badge may be listed by itself');
  await service.db.transaction((tx) => tx.execute(sql`update credentials set visibility = 'private'`));
  t.same(await names(), []);
});
