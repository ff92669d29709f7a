// Who are they? On real databases: found, made, parked, and never two of one.
import { setTimeout } from 'node:timers/promises';
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { namesOf, type Identifier } from '../../src/learners/identifier.ts';
import { matchLearners, RaceLost, readHolders, type Claim, type Match } from '../../src/learners/match-learners.ts';
import { findHolders, insertIdentifiers, insertLearners, readLearner } from '../../src/learners/store.ts';
import { rows, type Tx } from '../../src/platform/database.ts';
import type { Service } from '../../src/platform/service.ts';
import { onEachDatabase } from '../platform/test-service.ts';

const MOODLE = 'https://moodle.example.edu';
const CANVAS = 'https://canvas.example.org';
const mail = (value: string): Identifier => ({ type: 'email', value, verified: true });
const account = (name: string, homePage = MOODLE): Identifier => ({ type: 'account', homePage, name });

function claim(identifiers: Identifier[], parts: Partial<Claim> = {}, trustEmail = true): Claim {
  return { names: namesOf(identifiers, trustEmail), source: MOODLE, ...parts };
}

async function matchIn(tx: Tx, service: Service, claims: Claim[]): Promise<Match[]> {
  const { matches, stored } = await matchLearners(
    tx,
    claims,
    await readHolders(tx, claims),
    service.now(),
    service.keyedHash,
  );
  await stored;
  return matches;
}

const match = (service: Service, ...claims: Claim[]): Promise<Match[]> =>
  service.db.transaction((tx) => matchIn(tx, service, claims));

function idOf(found: Match | undefined): string {
  if (!found || !('learnerId' in found)) throw new Error(`parked: ${JSON.stringify(found)}`);
  return found.learnerId;
}

async function countLearners(service: Service): Promise<number> {
  return (await rows(service.db.read, sql`select 1 from learners`)).length;
}

await onEachDatabase(
  t,
  'whoever was told once is found again, by any identifier they were told with',
  async (t, service) => {
    const ada = idOf((await match(service, claim([account('17'), mail('Ada@Example.edu')])))[0]);
    const found = await match(
      service,
      claim([account('17')]),
      claim([mail('ada@example.EDU')]),
      claim([account('17', CANVAS)]),
    );
    t.same(found.slice(0, 2).map(idOf), [ada, ada]);
    t.not(idOf(found[2]), ada, 'the same account name on another platform is somebody else');
    t.equal(await countLearners(service), 2);
  },
);

await onEachDatabase(t, 'names never match', async (t, service) => {
  const [a, b] = await match(service, claim([account('1')], { name: 'Ada' }), claim([account('2')], { name: 'Ada' }));
  t.not(idOf(a), idOf(b));
});

await onEachDatabase(
  t,
  'a new learner told twice in one gathering is one, with both identifiers',
  async (t, service) => {
    const found = await match(
      service,
      claim([account('17')]),
      claim([account('17'), mail('a@b.org')]),
      claim([mail('a@b.org')]),
    );
    t.equal(new Set(found.map(idOf)).size, 1);
    t.equal(await countLearners(service), 1);
  },
);

await onEachDatabase(
  t,
  'two candidates: parked with both named, and nothing is given to either',
  async (t, service) => {
    const [a, b] = (await match(service, claim([account('17')]), claim([mail('a@b.org')]))).map(idOf);
    const third = account('17', CANVAS);
    const [conflict] = await match(service, claim([account('17'), mail('a@b.org'), third]));
    t.same(conflict, { parked: 'identity_conflict', candidates: [a, b] });
    t.same(await findHolders(service.db.read, [{ kind: 'account', authority: CANVAS, value: '17' }]), []);
  },
);

await onEachDatabase(
  t,
  'only a registrar decides a conflict, and identifiers stay with who had them',
  async (t, service) => {
    const [a, b] = (await match(service, claim([account('17')]), claim([mail('a@b.org')]))).map(idOf);
    const [found] = await match(service, claim([account('17'), mail('a@b.org')], { learnerId: b }));
    t.equal(idOf(found), b);
    const [holder] = await findHolders(service.db.read, [{ kind: 'account', authority: MOODLE, value: '17' }]);
    t.equal(holder?.learnerId, a);
  },
);

await onEachDatabase(
  t,
  'an e-mail that a client is not trusted with, and a DID, match and make nobody',
  async (t, service) => {
    const did: Identifier = { type: 'did', value: 'did:key:z6MkpTHR8VNsBxYAAWHut2Geadd9jSwuBV8xRoAnwWsdvktH' };
    await match(service, claim([mail('ada@example.edu')]));
    const parked = await match(
      service,
      claim([mail('ada@example.edu')], {}, false),
      claim([{ type: 'email', value: 'ada@example.edu' }]),
      claim([did]),
    );
    for (const one of parked) t.same(one, { parked: 'unverified_email' });
    t.equal(await countLearners(service), 1);
    const beside = idOf((await match(service, claim([account('17'), did, mail('ada@example.edu')], {}, false)))[0]);
    const held = await readLearner(service.db.read, beside, null);
    t.same(
      held?.identifiers.map((one) => one.kind),
      ['account'],
      'what does not match is not kept either',
    );
  },
);

await onEachDatabase(
  t,
  'a name is kept as it was first told; consents follow who may state them',
  async (t, service) => {
    const at = service.now().toISOString();
    const granted = { granted: true, at };
    const [first] = await match(service, claim([account('17')]));
    await match(service, claim([account('17')], { name: 'Ada', consents: { name: granted } }));
    await match(
      service,
      claim([account('17')], { name: 'Somebody else', consents: { listed: { granted: false, at } } }),
    );
    const learner = await readLearner(service.db.read, idOf(first), null);
    t.equal(learner?.name, 'Ada');
    t.same(learner?.consents, { name: granted, listed: { granted: false, at } });
  },
);

await onEachDatabase(
  t,
  'an identifier taken in the same instant: the race is lost, not the identifier',
  async (t, service) => {
    const key = { kind: 'account' as const, authority: MOODLE, value: '17' };
    const [learnerId, other] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
    await service.db.transaction(async (tx) => {
      const people = [learnerId, other].map((id) => ({ id, name: null, consents: {} }));
      await insertLearners(tx, people, service.now());
      t.equal(await insertIdentifiers(tx, [{ ...key, learnerId, source: MOODLE }], service.now()), 1);
      t.equal(await insertIdentifiers(tx, [{ ...key, learnerId: other, source: MOODLE }], service.now()), 0);
    });
    const [holder] = await findHolders(service.db.read, [key]);
    t.equal(holder?.learnerId, learnerId);
  },
);

await onEachDatabase(
  t,
  'two transactions make the same learner: one is made, the other loses the race and leaves nothing',
  async (t, service) => {
    if (service.db.kind === 'pglite') return t.comment('PGlite runs one transaction at a time');
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    let begun = (): void => {};
    const inside = new Promise<void>((resolve) => (begun = resolve));
    const first = service.db.transaction(async (tx) => {
      const found = await matchIn(tx, service, [claim([account('17'), mail('a@b.org')])]);
      begun();
      await gate;
      return found;
    });
    await inside;
    // It waits for the first, whose learner it cannot see yet, on the identifier.
    const second = match(service, claim([mail('a@b.org'), account('18')]));
    const lost = second.then(
      () => undefined,
      (error: unknown) => error,
    );
    const waits = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await rows(service.db.read, waits)).length === 0) await setTimeout(5);
    release();
    const [winner] = await first;
    t.ok((await lost) instanceof RaceLost);
    t.equal(await countLearners(service), 1);
    t.equal(idOf((await match(service, claim([mail('a@b.org'), account('18')])))[0]), idOf(winner));
  },
);

await onEachDatabase(
  t,
  'whoever was taken away after they were looked up loses the race for all',
  async (t, service) => {
    const [ada] = await match(service, claim([account('17')]));
    const claims = [claim([account('17')]), claim([account('18')])];
    const holders = await readHolders(service.db.read, claims);
    await service.db.transaction(async (tx) => {
      for (const table of [sql`learner_sources`, sql`learner_identifiers`])
        await tx.execute(sql`delete from ${table} where learner_id = ${idOf(ada)}::uuid`);
      await tx.execute(sql`delete from learners where id = ${idOf(ada)}::uuid`);
    });
    const lost = service.db.transaction(async (tx) => {
      const { stored } = await matchLearners(tx, claims, holders, service.now(), service.keyedHash);
      await stored;
    });
    await t.rejects(lost, { message: 'learner merged or erased meanwhile' });
    t.equal(await countLearners(service), 0);
  },
);

await onEachDatabase(t, 'of a learner who is known only what is new is written', async (t, service) => {
  const [ada] = await match(service, claim([account('17')], { name: 'Ada' }));
  const state = async () => {
    const learner = sql`select xmin::text, (select count(*) from learner_sources) as sources from learners`;
    return (await rows(service.db.read, learner))[0];
  };
  const before = await state();
  await match(service, claim([account('17')], { name: 'Somebody Else' }));
  // A lock is no new row: `xmin` stays.
  t.same(await state(), before);
  await match(service, claim([account('17')], { source: CANVAS }));
  t.equal((await readLearner(service.db.read, idOf(ada), [CANVAS]))?.name, 'Ada');
});
