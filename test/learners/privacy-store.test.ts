// What privacy asks of this room.
import t from 'tap';
import { deleteLearner, joinLearners, listSources, putConsents } from '../../src/learners/privacy-store.ts';
import {
  findHolders,
  insertIdentifiers,
  insertLearners,
  insertSources,
  readLearner,
} from '../../src/learners/store.ts';
import type { Service } from '../../src/platform/service.ts';
import { onEachDatabase } from '../platform/test-service.ts';

const [A, B] = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'] as const;
const MOODLE = 'https://moodle.example.edu';
const CANVAS = 'https://canvas.example.org';

async function two(service: Service): Promise<void> {
  const tx = service.db.read;
  const now = service.now();
  await insertLearners(
    tx,
    [A, B].map((id) => ({ id, name: null, consents: {} })),
    now,
  );
  const key = (value: string) => ({ kind: 'account' as const, authority: MOODLE, value, source: MOODLE });
  await insertIdentifiers(
    tx,
    [
      { ...key('a'), learnerId: A },
      { ...key('b'), learnerId: B },
    ],
    now,
  );
  await insertSources(tx, [
    { learnerId: A, source: MOODLE, emails: ['a@example.edu'] },
    { learnerId: B, source: MOODLE, emails: ['b@example.edu'] },
    { learnerId: B, source: CANVAS, emails: [] },
  ]);
}

await onEachDatabase(
  t,
  'joined, every identifier and source is the other’s, and nothing holds the one back',
  async (t, service) => {
    await two(service);
    const consents = { name: { granted: true, at: '2026-03-04T12:00:00.000Z' } };
    await joinLearners(service.db.read, B, { id: A, name: 'Ada', consents });
    await deleteLearner(service.db.read, B);
    t.same(await listSources(service.db.read, A), [CANVAS, MOODLE]);
    const [holder] = await findHolders(service.db.read, [{ kind: 'account', authority: MOODLE, value: 'b' }]);
    t.equal(holder?.learnerId, A);
    t.match(await readLearner(service.db.read, A, null), { name: 'Ada', consents });
    t.equal(await readLearner(service.db.read, B, null), undefined);
    const emails = (await readLearner(service.db.read, A, [MOODLE]))?.broughtEmails;
    t.same(emails?.toSorted(), ['a@example.edu', 'b@example.edu'], 'what a source brought of both, it sees of the one');
  },
);

await onEachDatabase(t, 'taken away, a learner takes every name along and nobody else’s', async (t, service) => {
  await two(service);
  await putConsents(service.db.read, A, { listed: { granted: true, at: '2026-03-04T12:00:00.000Z', by: 'earner' } });
  await deleteLearner(service.db.read, B);
  t.same(await findHolders(service.db.read, [{ kind: 'account', authority: MOODLE, value: 'b' }]), []);
  t.same(await listSources(service.db.read, B), []);
  t.match(await readLearner(service.db.read, A, null), {
    consents: { listed: { granted: true } },
    identifiers: [{ value: 'a' }],
  });
});
