// A page that was drawn is sent again only as long as everything in it is so.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { compromiseKey } from '../../src/platform/compromise-key.ts';
import { rememberBadgePages } from '../../src/pages/remember-badge-pages.ts';
import { issueCommons } from '../credentials/issued.ts';
import { onEachDatabase, type TestService } from '../platform/test-service.ts';

function counted(service: TestService) {
  let drawings = 0;
  const read = rememberBadgePages(service, async (id, words) => {
    drawings += 1;
    return { status: 200, html: Buffer.from(`${id} ${words.language}`), headers: {} };
  });
  return { read, drawings: () => drawings };
}

const run = (service: TestService, change: ReturnType<typeof sql>) =>
  service.db.transaction((tx) => tx.execute(change));

await onEachDatabase(t, 'a badge that many open is drawn once a second in each language', async (t, service) => {
  const { id } = await issueCommons(service);
  const { read, drawings } = counted(service);
  const pages = [];
  for (let n = 0; n < 5; n += 1) pages.push((await read(id, 'en')).html.toString());
  t.same(pages, Array(5).fill(`${id} en`));
  t.equal(drawings(), 1);
  t.equal((await read(id, 'ar')).html.toString(), `${id} ar`);
  t.equal(drawings(), 2);
  service.clock.advance(1000);
  await read(id, 'en');
  t.equal(drawings(), 3, 'the page says when its state was read');
});

await onEachDatabase(t, 'however many ask at the same moment, it is drawn once', async (t, service) => {
  const { id } = await issueCommons(service);
  const { read, drawings } = counted(service);
  await Promise.all(Array.from({ length: 20 }, () => read(id, 'en')));
  t.equal(drawings(), 1);
  service.clock.advance(1000);
  await Promise.all(Array.from({ length: 20 }, () => read(id, 'en')));
  t.equal(drawings(), 2);
});

await onEachDatabase(t, 'a change while a page is drawn is in the page of who asks after it', async (t, service) => {
  const { id } = await issueCommons(service);
  const begun: (() => void)[] = [];
  const read = rememberBadgePages(service, async () => {
    const name = begun.length === 0 ? 'before' : 'after';
    await new Promise<void>((resolve) => begun.push(resolve));
    return { status: 200, html: Buffer.from(name), headers: {} };
  });
  const first = read(id, 'en');
  while (begun.length < 1) await new Promise((resolve) => setImmediate(resolve));
  await run(service, sql`update credentials set revoked_at = now() where id = ${id}::uuid`);
  const second = read(id, 'en');
  while (begun.length < 2) await new Promise((resolve) => setImmediate(resolve));
  for (const go of begun) go();
  t.same(
    (await Promise.all([first, second])).map(({ html }) => html.toString()),
    ['before', 'after'],
  );
});

await onEachDatabase(t, 'a drawing that fails fails who asked, and the next is a new one', async (t, service) => {
  const { id } = await issueCommons(service);
  let fails = true;
  const read = rememberBadgePages(service, async () => {
    if (fails) throw new Error('no ink');
    return { status: 200, html: Buffer.from('drawn'), headers: {} };
  });
  await t.rejects(Promise.all([read(id, 'en'), read(id, 'en')]), /no ink/);
  fails = false;
  t.equal((await read(id, 'en')).html.toString(), 'drawn');
});

await onEachDatabase(t, 'a change of the badge, of its earner or of its key is drawn anew', async (t, service) => {
  const { id, learnerId, kid } = await issueCommons(service);
  const { read, drawings } = counted(service);
  const changes = [
    () => run(service, sql`update credentials set revoked_at = now() where id = ${id}::uuid`),
    () => run(service, sql`update learners set consents = '{}' where id = ${learnerId}::uuid`),
    () => compromiseKey(service, kid),
  ];
  await read(id, 'en');
  for (const [n, change] of changes.entries()) {
    await change();
    await read(id, 'en');
    await read(id, 'en');
    t.equal(drawings(), n + 2);
  }
});

await onEachDatabase(t, 'what is private, erased, superseded or unknown is asked for each time', async (t, service) => {
  const { read, drawings } = counted(service);
  const { id } = await issueCommons(service);
  await run(service, sql`update credentials set visibility = 'private' where id = ${id}::uuid`);
  for (let n = 0; n < 2; n += 1) await read(id, 'en');
  await run(
    service,
    sql`update credentials set visibility = 'link', revocation_reason = 'superseded' where id = ${id}::uuid`,
  );
  for (let n = 0; n < 2; n += 1) await read(id, 'en');
  await run(service, sql`update credentials set json = null, revocation_reason = null where id = ${id}::uuid`);
  for (let n = 0; n < 2; n += 1) await read(id, 'en');
  for (const other of ['00000000-0000-4000-8000-000000000000', "'; --"]) await read(other, 'en');
  t.equal(drawings(), 8);
});
