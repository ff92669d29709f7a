// What posting the cohort must come to, reckoned by a few plain loops that share nothing with the service.
// A history is a list, a winner is found by looking, a badge is earned when its list is ticked off: slow, and easy to
// believe. The demo compares the service with this.
import type { CompletionRecord } from './records.ts';
import type { Delivery } from './deliveries.ts';
import { UNMAPPED_PAGE, UNMAPPED_UNIT } from './happenings.ts';
import { ASKED, KNOWN, type Asked } from './trail.ts';

/** What becomes of a record: four effects, the same again, the same id with another text, three reasons to be parked. */
export const FATES = [
  'recorded',
  'no_change',
  'undone',
  'stale',
  'replayed',
  'refused',
  'unknown_unit',
  'identity_conflict',
  'unverified_email',
] as const;
export type Fate = (typeof FATES)[number];

export interface Expected {
  records: number;
  learners: number;
  fates: Record<Fate, number>;
  /** Badges by achievement, after everything is posted and before anything is mapped. */
  awards: Record<string, number>;
  /** What mapping the unmapped page then brings. */
  mapping: { activity: string; unit: string; replayed: number; awards: Record<string, number> };
  /** Everybody's badges after the mapping, by the address or account they are known by. */
  badges: Record<string, string>;
}

interface Learner {
  keys: Set<string>;
  history: CompletionRecord[];
  badges: Set<string>;
}

/** The expected totals of these deliveries. */
export function expectedOf(deliveries: Delivery[]): Expected {
  const learners: Learner[] = [];
  const said = new Map<string, string>();
  const parked: CompletionRecord[] = [];
  const fates = Object.fromEntries(FATES.map((fate) => [fate, 0])) as Expected['fates'];

  for (const { file, records } of deliveries) {
    const fresh: [Learner, string][] = [];
    for (const record of records) {
      const fate = fateOf(record, learners, said);
      fates[fate] += 1;
      if (fate === 'unknown_unit') parked.push(record);
      const learner = candidates(keysOf(record), learners)[0];
      if (learner !== undefined) {
        for (const achievement of award(learner)) fresh.push([learner, achievement]);
      }
    }
    // However the file is cut into batches, the same badges: nobody is complete in the middle of it and not at its end.
    const undone = fresh.filter(([learner, achievement]) => !earned(learner, achievement));
    if (undone.length > 0) throw new Error(`${file}: ${undone[0]?.[1]} is earned and undone within one file`);
  }

  const awards = count(learners);
  const mapped = parked.filter((record) => record.activity.id === UNMAPPED_PAGE);
  for (const record of mapped) {
    const learner = candidates(keysOf(record), learners)[0];
    if (learner === undefined) throw new Error(`${record.id} waits for a mapping and its learner has nothing else`);
    learner.history.push({ ...record, activity: { unit: UNMAPPED_UNIT } });
  }
  for (const learner of learners) award(learner);
  return {
    records: deliveries.reduce((sum, delivery) => sum + delivery.records.length, 0),
    learners: learners.length,
    fates,
    awards,
    mapping: {
      activity: UNMAPPED_PAGE,
      unit: UNMAPPED_UNIT,
      replayed: mapped.length,
      awards: difference(count(learners), awards),
    },
    badges: Object.fromEntries(learners.map((learner) => [knownBy(learner), [...learner.badges].sort().join(' ')])),
  };
}

function fateOf(record: CompletionRecord, learners: Learner[], said: Map<string, string>): Fate {
  const name = `${record.source}\n${record.id}`;
  const text = JSON.stringify(record);
  const before = said.get(name);
  if (before !== undefined) return before === text ? 'replayed' : 'refused';
  said.set(name, text);
  const keys = keysOf(record);
  if (keys.length === 0) return 'unverified_email';
  const found = candidates(keys, learners);
  if (found.length > 1) return 'identity_conflict';
  const unit = record.activity.unit;
  if (unit === undefined || !KNOWN.has(unit)) return 'unknown_unit';
  let learner = found[0];
  if (learner === undefined) learners.push((learner = { keys: new Set(), history: [], badges: new Set() }));
  for (const key of keys) learner.keys.add(key);
  const earlier = sameActivity(learner, record);
  const was = earlier.some((other) => positive(other) && !earlier.some((third) => comesAfter(third, other)));
  learner.history.push(record);
  if (earlier.some((other) => comesAfter(other, record))) return 'stale';
  if (earlier.length > 0 && was === positive(record)) return 'no_change';
  return was ? 'undone' : 'recorded';
}

/** The identifiers that count, as text: accounts, and addresses said to be verified, in lower case. */
export function keysOf(record: CompletionRecord): string[] {
  return record.learner.identifiers.flatMap((one) => {
    if (one.type === 'account') return [`${one.homePage} ${one.name}`];
    return one.verified === true ? [one.value.toLowerCase()] : [];
  });
}

function candidates(keys: string[], learners: Learner[]): Learner[] {
  return learners.filter((learner) => keys.some((key) => learner.keys.has(key)));
}

function sameActivity(learner: Learner, record: CompletionRecord): CompletionRecord[] {
  return learner.history.filter(
    (other) => other.source === record.source && other.activity.unit === record.activity.unit,
  );
}

/** Whether `a` is the later word of two by one source on one unit. */
function comesAfter(a: CompletionRecord, b: CompletionRecord): boolean {
  const [atA, atB] = [Date.parse(a.occurredAt), Date.parse(b.occurredAt)];
  if (atA !== atB) return atA > atB;
  const [first, second] = [a.sequence ?? 0, b.sequence ?? 0];
  return first !== second ? first > second : a.id > b.id;
}

function ticked(learner: Learner, unit: string): boolean {
  return learner.history.some((record) => {
    if (record.activity.unit !== unit) return false;
    if (sameActivity(learner, record).some((other) => comesAfter(other, record))) return false;
    return positive(record);
  });
}

/** Whether a record ticks its unit off; attending does so for a session only. */
function positive(record: CompletionRecord): boolean {
  if (record.type === 'attended') return record.activity.unit?.endsWith('/session') === true;
  return ['completed', 'passed', 'waived'].includes(record.type) && record.result?.passed !== false;
}

function earned(learner: Learner, achievement: string): boolean {
  const asked = ASKED.find((one) => one.achievement === achievement) as Asked;
  const some = asked.some ?? { n: 0, of: [] };
  return (
    asked.all.every((unit) => ticked(learner, unit)) && some.of.filter((unit) => ticked(learner, unit)).length >= some.n
  );
}

/** Gives a learner what is earned by now, and says what is new. */
function award(learner: Learner): string[] {
  const news = ASKED.map((asked) => asked.achievement).filter(
    (achievement) => !learner.badges.has(achievement) && earned(learner, achievement),
  );
  for (const achievement of news) learner.badges.add(achievement);
  return news;
}

function count(learners: Learner[]): Record<string, number> {
  return Object.fromEntries(
    ASKED.map(({ achievement }) => [achievement, learners.filter((one) => one.badges.has(achievement)).length]),
  );
}

function difference(now: Record<string, number>, before: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(now)
      .map(([key, value]): [string, number] => [key, value - (before[key] ?? 0)])
      .filter(([, value]) => value > 0),
  );
}

function knownBy(learner: Learner): string {
  const keys = [...learner.keys].sort();
  return keys.find((key) => key.includes('@')) ?? keys[0] ?? '';
}
