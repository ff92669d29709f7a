// A person's walk through the autumn of 2025: from plan and stories to what happened when, and when it was heard of.
// Units fill six weeks, quests the seventh, the session and the review the two after: a quest never arrives before the
// unit it crowns has settled, so that the totals do not hang on how records are cut into batches (`expect.ts` proves it).
import type { Chance } from './random.ts';
import type { Person } from './people.ts';
import type { Happening, Platform, Type } from './records.ts';
import {
  ALL_CORE_UNITS,
  LIBRARIAN_ELECTIVES,
  LIBRARIAN_ORDER,
  LIBRARIAN_SPECIAL,
  MODULES,
  NOT_TAUGHT_BY_LIBRARIAN,
  masteryOf,
  registrarSteps,
  unitsOf,
} from './trail.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const START_MS = Date.parse('2025-09-15T07:00:00Z');
const QUESTS_MS = START_MS + 47 * DAY_MS;
const REVIEW_MS = START_MS + 56 * DAY_MS;
const LATER_MS = START_MS + 75 * DAY_MS;

/** A page of the Moodle course that carries no unit key: it is `legal/open-policies`, and somebody has to say so. */
export const UNMAPPED_PAGE = 'https://moodle.example.edu/mod/page/view.php?id=4711';
export const UNMAPPED_UNIT = 'legal/open-policies';
/** A unit key that no catalogue has: a colleague's own chapter. */
export const UNKNOWN_UNIT = 'copyright/fair-dealing-in-kenya';

/** What a person's walk leaves for each delivery. */
export interface Walk {
  /** While the course runs, from learning platforms. */
  course: Happening[];
  /** After it: session, evidence, fee. */
  registrar: Happening[];
  /** Weeks later, from Moodle: second thoughts. */
  later: Happening[];
}

/** Somebody's whole walk. */
export function walkOf(person: Person, chance: Chance): Walk {
  const walk: Walk = { course: [], registrar: [], later: [] };
  const has = (story: Person['stories'][number]): boolean => person.stories.includes(story);
  const { units, quests } = course(person, chance);
  const spacingMs = (42 * DAY_MS) / (units.length + 1);

  const say = (unit: string, type: Type, occurredAtMs: number, more: Partial<Happening> = {}): void => {
    const platform = platformFor(person, units.indexOf(unit), units.length);
    const activity = { unit };
    const delayMs = chance.odds(0.06) ? chance.whole(1, 40) * HOUR_MS : chance.whole(1, 90) * 1000;
    walk.course.push({ person, platform, activity, type, occurredAtMs, arrivesAtMs: occurredAtMs + delayMs, ...more });
  };

  const troubled = troubledUnits(person, units, quests, chance);
  units.forEach((unit, n) => {
    const atMs = START_MS + Math.round((n + chance.next() * 0.9) * spacingMs) + chance.whole(0, 999);
    const later = (hours: number): number => atMs + hours * HOUR_MS + chance.whole(1, 3_000_000);
    if ((has('unmapped_last') || has('unmapped')) && unit === UNMAPPED_UNIT) {
      return say(unit, 'completed', atMs, { activity: { id: UNMAPPED_PAGE } });
    }
    if (troubled.has(unit)) return sayTroubled(unit, atMs, later);
    if (chance.odds(0.35)) say(unit, 'passed', atMs, { passed: true });
    else say(unit, 'completed', atMs);
    // A teacher corrects the mark: a newer record of the same.
    if (chance.odds(0.05)) say(unit, 'passed', later(30), { passed: true });
  });

  function sayTroubled(unit: string, atMs: number, later: (hours: number) => number): void {
    if (has('late_order')) {
      // What came first is heard of last: it must not undo what came after it.
      const newMs = later(20);
      say(unit, 'passed', newMs, { passed: true, arrivesAtMs: newMs + 60_000 });
      say(unit, 'failed', atMs, { passed: false, arrivesAtMs: newMs + 2 * HOUR_MS });
      return;
    }
    if (has('finished_without_passing')) return say(unit, 'completed', atMs, { passed: false });
    if (has('failed_then_passed')) say(unit, 'failed', atMs, { passed: false });
    else if (has('passed_then_failed')) say(unit, 'passed', atMs, { passed: true });
    else say(unit, 'completed', atMs);
    if (has('undone_and_again') || has('undone_before_award')) say(unit, 'uncompleted', later(20));
    if (has('passed_then_failed')) say(unit, 'failed', later(48), { passed: false });
    if (has('failed_then_passed')) say(unit, 'passed', later(48), { passed: true });
    if (has('undone_and_again')) say(unit, 'completed', later(70));
  }

  if (has('unknown_key')) say(UNKNOWN_UNIT, 'completed', START_MS + chance.whole(5, 30) * DAY_MS);
  quests.forEach((module) => {
    say(masteryOf(module), 'passed', QUESTS_MS + chance.whole(0, 6 * 24 * 60) * 60_000, { passed: true });
  });

  for (const track of certificatesOf(person)) {
    registrarSteps(track).forEach((unit, n) => {
      if (has('fee_open') && unit.endsWith('/fee')) return;
      if (has('session_missed') && unit.endsWith('/session')) return;
      if (has('evidence_open') && unit.endsWith('/module-mastery')) return;
      const occurredAtMs = REVIEW_MS + n * 2 * DAY_MS + chance.whole(0, 30 * 60) * 60_000;
      const type = unit.endsWith('/session') ? 'attended' : unit.endsWith('/fee') ? feeType(person) : 'passed';
      const arrivesAtMs = occurredAtMs + chance.whole(1, 40) * HOUR_MS;
      walk.registrar.push({ person, platform: 'registrar', activity: { unit }, type, occurredAtMs, arrivesAtMs });
    });
  }

  const second = (type: Type, hours: number): void => {
    const occurredAtMs = LATER_MS + hours * HOUR_MS;
    const activity = { unit: 'licenses/examples' };
    walk.later.push({ person, platform: 'moodle', activity, type, occurredAtMs, arrivesAtMs: occurredAtMs + 5000 });
  };
  if (has('undone_after_award') || has('undone_then_again_after_award')) second('uncompleted', 1);
  if (has('undone_then_again_after_award')) second('completed', 3);
  return walk;
}

const feeType = (person: Person): Type => (person.stories.includes('fee_waived') ? 'waived' : 'completed');

function certificatesOf(person: Person): ('core' | 'librarian')[] {
  if (person.plan === 'both') return ['core', 'librarian'];
  return person.plan === 'core' || person.plan === 'librarian' ? [person.plan] : [];
}

/** Which platform teaches the n-th of a person's units: half and half for those who are on both. */
function platformFor(person: Person, n: number, of: number): Platform {
  if (!person.stories.includes('two_cases') || n < 0 || n < of / 2) return person.home;
  return person.home === 'moodle' ? 'canvas' : 'moodle';
}

/** The units a person takes, in order, and the modules whose quest they finish. */
function course(person: Person, chance: Chance): { units: string[]; quests: readonly string[] } {
  const electives = chance.shuffled(LIBRARIAN_ELECTIVES);
  const chosen = electives.slice(0, person.stories.includes('one_elective') ? 1 : chance.whole(2, 4));
  const special = [...LIBRARIAN_SPECIAL, ...chosen];
  if (person.plan === 'core') return { units: [...ALL_CORE_UNITS], quests: MODULES };
  if (person.plan === 'both') return { units: [...ALL_CORE_UNITS, ...special], quests: MODULES };
  if (person.plan === 'librarian') {
    const taught = LIBRARIAN_ORDER.flatMap(unitsOf).filter((unit) => unit !== NOT_TAUGHT_BY_LIBRARIAN);
    return { units: [...taught, ...special], quests: MODULES };
  }
  const legal = person.stories.includes('unmapped') ? ['legal'] : [];
  if (person.plan === 'started') {
    const tried = chance.shuffled(ALL_CORE_UNITS.filter((unit) => unit !== UNMAPPED_UNIT)).slice(0, chance.whole(4, 9));
    return { units: legal.length > 0 ? [...tried, UNMAPPED_UNIT] : tried, quests: [] };
  }
  const modules = [...new Set([...legal, ...chance.shuffled(MODULES)])].slice(0, chance.whole(2, 4));
  const quests = modules.filter((module) => legal.includes(module) || chance.odds(0.8));
  return { units: modules.flatMap(unitsOf), quests: quests.length > 0 ? quests : modules.slice(0, 1) };
}

/** The units a person's story happens to: some for late arrivals, one for everything else; none without a story. */
function troubledUnits(person: Person, units: string[], quests: readonly string[], chance: Chance): Set<string> {
  const stories: Person['stories'][number][] = [
    'undone_and_again',
    'undone_before_award',
    'failed_then_passed',
    'passed_then_failed',
    'finished_without_passing',
  ];
  if (person.stories.includes('late_order')) return new Set(chance.shuffled(units).slice(0, 7));
  if (!person.stories.some((story) => stories.includes(story))) return new Set();
  const counting = units.filter((unit) => quests.some((module) => unit.startsWith(`${module}/`)));
  return new Set([chance.pick(counting)]);
}
