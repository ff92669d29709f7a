// What a record changes for its learner, without a database.
import t from 'tap';
import { applyRecord, effectOf, mayAward, type LearnerStory } from '../../src/completions/learner-story.ts';
import { currentTrack } from '../../src/tracks/catalogue.ts';
import type { HistoryRecord } from '../../src/tracks/evaluate.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const commons = ['significance', 'physical-digital', 'opportunity', 'creative-commons'].map(
  (slug) => `commons/${slug}`,
);

let count = 0;
function record(unit: string, parts: Partial<HistoryRecord> = {}): HistoryRecord {
  count += 1;
  return {
    id: `00000000-0000-4000-8000-${String(count).padStart(12, '0')}`,
    unit,
    type: 'completed',
    source: 'https://moodle.example.edu',
    occurredAt: '2026-03-04T10:11:12.000Z',
    sequence: count,
    recordId: `r${count}`,
    ...parts,
  };
}

function story(): LearnerStory {
  return { learnerId: '11111111-1111-4111-8111-111111111111', history: [], enrolments: new Map(), standings: [] };
}

/** A learner with all of the module but one unit. */
function nearlyDone(): LearnerStory {
  const one = story();
  for (const unit of commons.slice(1)) applyRecord(one, record(unit), NOW);
  applyRecord(one, record('step/mastery/commons'), NOW);
  return one;
}

void t.test('the first completion that counts pins the current version of each track that asks for it', async (t) => {
  const one = story();
  const { enrolled } = applyRecord(one, record('copyright/basics'), NOW);
  t.same(enrolled.map((e) => e.trackId).sort(), ['core', 'educator', 'government', 'librarian']);
  t.equal(one.enrolments.get('core'), currentTrack('core').version);
  t.same(applyRecord(one, record('copyright/global'), NOW).enrolled, []);
});

void t.test('the last stone of a module orders its badge, once', async (t) => {
  const one = nearlyDone();
  const { orders, effect } = applyRecord(one, record(commons[0]!), NOW);
  t.equal(effect, 'recorded');
  t.same(
    orders.map((order) => order.awardable.key),
    ['core/commons'],
  );
  t.same(applyRecord(one, record(commons[0]!), NOW).orders, []);
});

void t.test('an older arrival is stale and changes nothing, in whatever order they come', async (t) => {
  const one = story();
  applyRecord(one, record('copyright/basics', { occurredAt: '2026-03-05T00:00:00.000Z' }), NOW);
  const late = record('copyright/basics', { type: 'uncompleted', occurredAt: '2026-03-04T00:00:00.000Z' });
  t.equal(effectOf(one.history, late), 'stale');
  t.equal(applyRecord(one, late, NOW).effect, 'stale');
});

void t.test('attending a unit neither completes it nor takes its completion back', async (t) => {
  const one = story();
  applyRecord(one, record('copyright/basics'), NOW);
  t.equal(applyRecord(one, record('copyright/basics', { type: 'attended' }), NOW).effect, 'no_change');
});

void t.test('un-completing after an award marks the badge for review and revokes nothing', async (t) => {
  const one = nearlyDone();
  applyRecord(one, record(commons[0]!), NOW);
  const { effect, review, orders } = applyRecord(one, record(commons[0]!, { type: 'uncompleted' }), NOW);
  t.equal(effect, 'undone');
  t.equal(review.length, 1);
  t.equal(review[0]?.revokedAt, null);
  t.same(orders, []);
});

void t.test('another source still satisfies what one source withdraws', async (t) => {
  const one = nearlyDone();
  applyRecord(one, record(commons[0]!), NOW);
  applyRecord(one, record(commons[0]!, { source: 'https://canvas.example.org' }), NOW);
  t.same(applyRecord(one, record(commons[0]!, { type: 'uncompleted' }), NOW).review, []);
});

void t.test('a later post alone never undoes a revocation', async (t) => {
  const one = nearlyDone();
  applyRecord(one, record(commons[0]!), NOW);
  one.standings[0]!.revokedAt = NOW.toISOString();
  t.same(applyRecord(one, record(commons[0]!), NOW).orders, []);
  t.equal(mayAward(one.standings, 'core/commons'), false);
});

void t.test('un-completed and completed again after a revocation: awarded anew', async (t) => {
  const one = nearlyDone();
  applyRecord(one, record(commons[0]!), NOW);
  one.standings[0]!.revokedAt = NOW.toISOString();
  const { reopened } = applyRecord(one, record(commons[0]!, { type: 'uncompleted' }), NOW);
  t.equal(reopened.length, 1);
  t.equal(applyRecord(one, record(commons[0]!), NOW).orders.length, 1);
});

void t.test('a lifted revocation: the next record awards anew, whatever it is about', async (t) => {
  const one = nearlyDone();
  applyRecord(one, record(commons[0]!), NOW);
  one.standings[0]!.revokedAt = NOW.toISOString();
  one.standings[0]!.liftedAt = NOW.toISOString();
  t.equal(applyRecord(one, record('legal/marking'), NOW).orders.length, 1);
});
