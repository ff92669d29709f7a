// Queries on learners: each client sees those whom its sources brought, and of an earner what a badge needs.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import {
  findHolders,
  insertIdentifiers,
  insertLearners,
  insertSources,
  learnersOfSources,
  lockLearners,
  readIdentities,
  readLearner,
  readSources,
  renameLearner,
  updateLearners,
} from '../../src/learners/store.ts';
import { rows } from '../../src/platform/database.ts';
import type { Service } from '../../src/platform/service.ts';
import { onEachDatabase } from '../platform/test-service.ts';

const MOODLE = 'https://moodle.example.edu';
const CANVAS = 'https://canvas.example.org';
const ADA = '11111111-1111-4111-8111-111111111111';
const BOB = '22222222-2222-4222-8222-222222222222';

const held = (kind: 'account' | 'email', authority: string, value: string, learnerId: string, source: string) => ({
  kind,
  authority,
  value,
  learnerId,
  source,
});

/** Ada is known to both platforms, Bob to Moodle alone. */
async function seed(service: Service): Promise<void> {
  await service.db.transaction(async (tx) => {
    const at = service.now().toISOString();
    const people = [
      { id: ADA, name: 'Ada "O\'Hara"', consents: { name: { granted: true, at } } },
      { id: BOB, name: null, consents: {} },
    ];
    await insertLearners(tx, people, service.now());
    await insertIdentifiers(tx, [held('email', '', 'zz@example.edu', ADA, CANVAS)], service.now());
    await insertIdentifiers(tx, [held('account', MOODLE, '17', ADA, MOODLE)], service.now());
    await insertIdentifiers(
      tx,
      [held('email', '', 'aa@example.edu', ADA, MOODLE)],
      new Date(service.now().getTime() + 1),
    );
    const spoken = [
      { learnerId: ADA, source: MOODLE, emails: ['aa@example.edu'] },
      { learnerId: ADA, source: CANVAS, emails: ['zz@example.edu'] },
      { learnerId: BOB, source: MOODLE, emails: [] },
      { learnerId: BOB, source: MOODLE, emails: [] },
    ];
    await insertSources(tx, spoken);
    await insertSources(tx, spoken);
  });
}

await onEachDatabase(
  t,
  'a learner is seen by clients whose sources brought them, and by nobody else',
  async (t, service) => {
    await seed(service);
    const seen = async (id: string, sources: string[] | null) =>
      (await readLearner(service.db.read, id, sources)) !== undefined;
    t.equal(await seen(BOB, [MOODLE]), true);
    t.equal(await seen(BOB, [CANVAS]), false);
    t.equal(await seen(BOB, []), false);
    t.equal(await seen(BOB, null), true);
    t.equal(await seen('33333333-3333-4333-8333-333333333333', null), false);
    const ofCanvas = await rows<{ id: string }>(
      service.db.read,
      sql`select id from learners where id in ${learnersOfSources([CANVAS])}`,
    );
    t.same(ofCanvas, [{ id: ADA }]);
  },
);

await onEachDatabase(
  t,
  'each identifier says who brought it, and since when the learner is known',
  async (t, service) => {
    await seed(service);
    const ada = await readLearner(service.db.read, ADA, null);
    t.same(
      ada?.identifiers.map((one) => [one.kind, one.authority, one.value, one.source]),
      [
        ['account', MOODLE, '17', MOODLE],
        ['email', '', 'zz@example.edu', CANVAS],
        ['email', '', 'aa@example.edu', MOODLE],
      ],
    );
    t.equal(new Date(ada?.createdAt ?? '').getTime(), service.now().getTime());
  },
);

await onEachDatabase(
  t,
  'each source keeps every e-mail that it brought, and a row from before they were kept takes them up',
  async (t, service) => {
    await seed(service);
    const { read } = service.db;
    await read.execute(sql`update learner_sources set emails = null where source = ${CANVAS}`);
    const brought = async (sources: string[]) => (await readLearner(read, ADA, sources))?.broughtEmails.toSorted();
    t.same(await brought([CANVAS]), []);
    await insertSources(read, [
      { learnerId: ADA, source: CANVAS, emails: ['aa@example.edu'] },
      { learnerId: ADA, source: CANVAS, emails: ['aa@example.edu', 'zz@example.edu'] },
    ]);
    await insertSources(read, [{ learnerId: ADA, source: MOODLE, emails: [] }]);
    t.same(await brought([CANVAS]), ['aa@example.edu', 'zz@example.edu']);
    t.same(await brought([MOODLE]), ['aa@example.edu']);
  },
);

await onEachDatabase(
  t,
  'a badge is given to the e-mail held longest, with the name and the consents',
  async (t, service) => {
    await seed(service);
    const found = await readIdentities(service.db.read, [ADA, BOB]);
    t.match(
      found.find((one) => one.id === ADA),
      { name: 'Ada "O\'Hara"', email: 'zz@example.edu', consents: { name: { granted: true } } },
    );
    t.same(
      found.find((one) => one.id === BOB),
      { id: BOB, name: null, email: null, consents: {} },
    );
  },
);

await onEachDatabase(t, 'an identifier is held by one learner only, however often it is given', async (t, service) => {
  await seed(service);
  await service.db.transaction(async (tx) => {
    const given = [held('email', '', 'zz@example.edu', BOB, MOODLE), held('email', '', 'new@example.edu', BOB, MOODLE)];
    t.equal(await insertIdentifiers(tx, given, service.now()), 1);
  });
  const keys = ['zz@example.edu', 'new@example.edu', 'nobody@example.edu'].map((value) => ({
    kind: 'email' as const,
    authority: '',
    value,
  }));
  const holders = await findHolders(service.db.read, keys);
  t.same(
    new Map(holders.map((one) => [one.value, one.learnerId])),
    new Map([
      ['zz@example.edu', ADA],
      ['new@example.edu', BOB],
    ]),
  );
  const locked = await service.db.transaction((tx) => lockLearners(tx, [ADA, BOB]));
  t.same(
    locked.map(({ id, named, sources }) => [id, named, sources]),
    [
      [ADA, true, { [CANVAS]: ['zz@example.edu'], [MOODLE]: ['aa@example.edu'] }],
      [BOB, false, { [MOODLE]: [] }],
    ],
  );
});

await onEachDatabase(t, 'news never take back a name or a consent that nobody spoke of', async (t, service) => {
  await seed(service);
  const at = service.now().toISOString();
  await service.db.transaction((tx) =>
    updateLearners(tx, [
      { id: ADA, name: 'Other', consents: {} },
      { id: BOB, name: 'Bob', consents: { listed: { granted: true, at } } },
    ]),
  );
  const [ada, bob] = [await readLearner(service.db.read, ADA, null), await readLearner(service.db.read, BOB, null)];
  t.match(ada, { name: 'Ada "O\'Hara"', consents: { name: { granted: true } } });
  t.match(bob, { name: 'Bob', consents: { listed: { granted: true } } });
  await service.db.transaction((tx) => renameLearner(tx, BOB, 'Robert'));
  t.equal((await readLearner(service.db.read, BOB, null))?.name, 'Robert');
});

await onEachDatabase(t, 'it is known who brought whom, and of nobody who is not there', async (t, service) => {
  await seed(service);
  const found = await readSources(service.db.read, [ADA, BOB, '33333333-3333-4333-8333-333333333333']);
  t.same([...found].map(([id, sources]) => [id, sources.sort()]).sort(), [
    [ADA, [CANVAS, MOODLE]],
    [BOB, [MOODLE]],
  ]);
});

await onEachDatabase(t, 'nothing given is nothing asked', async (t, service) => {
  await service.db.transaction(async (tx) => {
    await insertLearners(tx, [], service.now());
    t.equal(await insertIdentifiers(tx, [], service.now()), 0);
    await insertSources(tx, []);
    await lockLearners(tx, []);
    await updateLearners(tx, []);
    t.same(await findHolders(tx, []), []);
    t.same(await readIdentities(tx, []), []);
  });
});

await onEachDatabase(t, 'whoever locked a learner is waited for', async (t, service) => {
  if (service.db.kind === 'pglite') return t.comment('PGlite runs one transaction at a time');
  await seed(service);
  const order: string[] = [];
  let locked = (): void => {};
  const inside = new Promise<void>((resolve) => (locked = resolve));
  const first = service.db.transaction(async (tx) => {
    await lockLearners(tx, [BOB, ADA]);
    locked();
    await new Promise((resolve) => setTimeout(resolve, 100));
    order.push('first');
  });
  await inside;
  await service.db.transaction(async (tx) => {
    await lockLearners(tx, [ADA]);
    order.push('second');
  });
  await first;
  t.same(order, ['first', 'second']);
});
