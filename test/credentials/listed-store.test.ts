// Who is listed: by consent and with the name that was signed; pages neither repeat nor leave out.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { countListed, listListed, wordsQuery } from '../../src/credentials/listed-store.ts';
import { learnerIsListed, learnersListed } from '../../src/learners/listed-learners.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { issueCommons } from './issued.ts';

await onEachDatabase(t, 'listed are those who consented, newest first, in pages', async (t, service) => {
  const consents = { name: true, listed: true };
  for (const account of ['a', 'b', 'c']) {
    await issueCommons(service, account, { name: `Name ${account}`, consents } as never);
    service.clock.advance(1000);
  }
  const bob = await issueCommons(service, 'bob', { name: 'Bob', consents: { name: true } } as never);
  const filter = { consenting: learnersListed(), consents: learnerIsListed };
  const names = async (more: object = {}) =>
    (await listListed(service.db.read, { ...filter, limit: 10, ...more })).map((one) => one.name);

  t.same(await names(), ['Name c', 'Name b', 'Name a']);
  t.same(await countListed(service.db.read, filter), { total: 3, isLeast: false });
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

await onEachDatabase(t, 'names are found by how their words begin, in any script and case', async (t, service) => {
  const consents = { name: true, listed: true };
  const names = ['Zoë Ångström', 'ΖΩΗ Παπαδοπούλου', '李小龍', "O'Hara-Łukasz", 'प्रिया शर्मा', '100% &|!:* Sure'];
  for (const [n, name] of names.entries()) await issueCommons(service, `p${n}`, { name, consents } as never);
  const filter = { consenting: learnersListed(), consents: learnerIsListed, limit: 10 };
  const found = async (name: string) => (await listListed(service.db.read, { ...filter, name })).map((one) => one.name);
  for (const [asked, n] of [
    ...[
      ['ångs zoë', 0],
      ['ZOE\u0308', 0],
      ['παπα', 1],
      ['李小', 2],
      ['hara luk', -1],
      ['hara łuk', 3],
      ['प्रि', 4],
    ],
    ...[
      ['sure', 5],
      ['100%', 5],
      ["'", -1],
      ['&|!:*', -1],
      ['ngström', -1],
    ],
  ] as [string, number][])
    t.same(await found(asked), n < 0 ? [] : [names[n]], asked);
  t.equal(wordsQuery("a'b\\c:* d"), "'a':* & 'b':* & 'c':* & 'd':*");
});

await onEachDatabase(
  t,
  'many are walked newest first to the same list as few, and counted up to a bound',
  async (t, service) => {
    const consents = { name: true, listed: true };
    const { learnerId, id } = await issueCommons(service, 'a', { name: 'Ada', consents } as never);
    const { learnerId: hidden } = await issueCommons(service, 'b', { name: 'Bob', consents: { name: true } } as never);
    const tx = service.db.read;
    for (const [learner, count] of [
      [learnerId, 6],
      [hidden, 4],
    ] as const)
      await tx.execute(sql`insert into credentials (learner_id, id, award_id, achievement, subject_id, status_list,
          status_index, kid, json, search_name, awarded_at, valid_from)
        select learner_id, gen_random_uuid(), gen_random_uuid(), achievement || n, '', 1 + ${count}::int, n, kid, json,
          search_name, awarded_at - n * interval '1 second', valid_from
        from credentials, generate_series(1, ${count}::int) n where learner_id = ${learner}::uuid`);
    // One learner consents to being listed, which is more than none.
    const many = { few: 0, mostCounted: 9 };
    const filter = { consenting: learnersListed(), consents: learnerIsListed };
    const page = await listListed(tx, { ...filter, limit: 3 }, many);
    t.equal(page[0]?.id, id);
    t.same(
      page.map((one) => one.name),
      ['Ada', 'Ada', 'Ada'],
    );
    const all = await listListed(tx, { ...filter, limit: 20 }, many);
    t.equal(all.length, 7);
    t.same(await listListed(tx, { ...filter, limit: 20 }), all, 'the same as where they are few');
    t.same(await countListed(tx, filter), { total: 7, isLeast: false });
    const counted = await countListed(tx, filter, many);
    t.equal(counted.isLeast, true, 'twelve show a name, and nine were looked at');
    t.ok(counted.total <= 7);
    t.same(await countListed(tx, { ...filter, name: 'ada' }, many), { total: 7, isLeast: false });
    t.same(await listListed(tx, { ...filter, name: 'bob', limit: 3 }, many), []);
    t.same(await listListed(tx, { ...filter, name: 'ada', limit: 20 }, { few: 0, mostCounted: 2 }), all, 'by a walk');
    t.same(await listListed(tx, { ...filter, name: 'ada', limit: 20 }, many), all, 'by the index of words');
  },
);
