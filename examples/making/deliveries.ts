// The cohort as it arrives: four files, each the lines of one source in the order in which they reach Cairn.
// Here come the troubles that are the network's and not the learner's: everything said twice, a whole week replayed
// after an outage, an id used for two texts, an account and an address that belong to two people.
import { chanceOf, type Chance } from './random.ts';
import { PEOPLE, personWith, type Person } from './people.ts';
import { UNKNOWN_UNIT, walkOf } from './happenings.ts';
import { SOURCES, Writer, timeText, type Arrival, type CompletionRecord, type Platform } from './records.ts';

export interface Delivery {
  file: string;
  platform: Platform;
  records: CompletionRecord[];
}

const HOUR_MS = 3_600_000;

/** The whole cohort, in the order in which it is to be posted. */
export function deliveriesOf(seed: string): Delivery[] {
  const chance = chanceOf(seed);
  const writer = new Writer(chance, accountOf);
  const walks = PEOPLE.map((person) => walkOf(person, chance));
  const write = (happenings: ReturnType<typeof walkOf>['course']): Arrival[] =>
    [...happenings].sort((a, b) => a.occurredAtMs - b.occurredAtMs).map((happening) => writer.write(happening));

  const course = write(walks.flatMap((walk) => walk.course));
  const registrar = write(walks.flatMap((walk) => walk.registrar));
  const later = write(walks.flatMap((walk) => walk.later));
  const on = (platform: Platform): Arrival[] => course.filter(({ record }) => record.source === SOURCES[platform]);

  const moodle = inOrder([...on('moodle'), ...saidTwice(on('moodle'), 0.08, chance), ...sameIdOtherText(on('moodle'))]);
  const canvas = inOrder([
    ...on('canvas'),
    ...saidTwice(on('canvas'), 0.05, chance),
    ...strangers(chance),
    ...twoPeople(chance),
  ]);
  const outage = moodle.slice(Math.round(moodle.length * 0.6)).filter(() => chance.odds(0.45));
  return [
    { file: '1-moodle.ndjson', platform: 'moodle', records: moodle },
    { file: '2-canvas.ndjson', platform: 'canvas', records: canvas },
    { file: '3-registrar.ndjson', platform: 'registrar', records: inOrder(registrar) },
    { file: '4-moodle-again.ndjson', platform: 'moodle', records: [...unspoilt(outage), ...inOrder(later)] },
  ];
}

/** The number or name by which a person's platform knows them. */
export function accountOf(person: Person): string {
  const n = PEOPLE.indexOf(person) + 1;
  return person.home === 'moodle' ? String(100 + 7 * n) : `2107000000000${1000 + 13 * n}`;
}

function inOrder(arrivals: Arrival[]): CompletionRecord[] {
  return [...arrivals].sort((a, b) => a.arrivesAtMs - b.arrivesAtMs).map(({ record }) => record);
}

/** A share of the records sent again, to the letter: the platform did not hear the answer. */
function saidTwice(arrivals: Arrival[], share: number, chance: Chance): Arrival[] {
  return arrivals
    .filter(({ record }) => record.activity.unit !== undefined && record.activity.unit !== UNKNOWN_UNIT)
    .filter(() => chance.odds(share))
    .map(({ record, arrivesAtMs }) => ({ record, arrivesAtMs: arrivesAtMs + chance.whole(5, 4 * 3600) * 1000 }));
}

/** A plugin that gives two different records one id; the second is to be refused. */
function sameIdOtherText(arrivals: Arrival[]): Arrival[] {
  const own = arrivals.filter(({ record }) => ofPerson(record, personWith('same_id_other_text', 'moodle')));
  return own.slice(2, 4).map(({ record, arrivesAtMs }) => ({
    record: { ...record, result: { passed: true, score: { scaled: 0.31 } } },
    arrivesAtMs: arrivesAtMs + 5 * HOUR_MS,
  }));
}

/** Guests of whom Canvas knows an address that nobody has verified, and nothing else. */
function strangers(chance: Chance): Arrival[] {
  return ['guest.one@example.com', 'guest.two@example.com'].map((value, n) => {
    const record = canvasRecord(chance, n, { identifiers: [{ type: 'email', value, verified: false }], name: 'Guest' });
    return { record, arrivesAtMs: Date.parse(record.occurredAt) + 1000 };
  });
}

/** A merged account: one person's Canvas number under another person's address. Nobody here may choose between them. */
function twoPeople(chance: Chance): Arrival[] {
  const ofCanvas = PEOPLE.filter((one) => one.home === 'canvas' && one.plan === 'librarian');
  return [0, 1, 2].map((n) => {
    const [account, address] = [ofCanvas[n] as Person, ofCanvas[n + 3] as Person];
    const record = canvasRecord(chance, 900 + n, {
      identifiers: [
        { type: 'account', homePage: SOURCES.canvas, name: accountOf(account) },
        { type: 'email', value: address.email, verified: true },
      ],
      name: account.name,
    });
    return { record, arrivesAtMs: Date.parse(record.occurredAt) + 1000 };
  });
}

function canvasRecord(chance: Chance, hour: number, learner: CompletionRecord['learner']): CompletionRecord {
  return {
    id: `canvas-live-event:${chance.uuid()}`,
    source: SOURCES.canvas,
    type: 'completed',
    learner,
    activity: { unit: 'copyright/basics' },
    occurredAt: timeText(Date.parse('2025-10-02T08:00:00.123Z') + hour * HOUR_MS, 'canvas'),
  };
}

/** Without the parked and the refused: an outage is replayed from what the platform holds to be delivered. */
function unspoilt(records: CompletionRecord[]): CompletionRecord[] {
  return records.filter((record) => record.activity.unit !== undefined && record.result?.score?.scaled !== 0.31);
}

function ofPerson(record: CompletionRecord, person: Person): boolean {
  return record.learner.identifiers.some((one) => one.type === 'account' && one.name === accountOf(person));
}
