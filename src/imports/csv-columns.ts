// What the columns of a CSV file mean: each is a member of the completion record, which is then checked as any other.
// A cell that is no number where one belongs stays the text it is, so that the record's own check names it.
import canonicalize from 'canonicalize';
import type { KeyedHash } from '../platform/open-keyed-hash.ts';
import { Problem, type Fault } from '../platform/problem.ts';

/** Every column there is, with what it says. The order is that of the documentation. */
export const COLUMNS = {
  id: 'unique within client and source; left out, one is made of the cells that decide',
  source: 'the platform; may be left out when your client speaks for one alone',
  type: '`completed` when left out',
  email: 'of the learner',
  email_verified: 'true or false',
  account: 'of the learner on the platform',
  account_home_page: 'the source when left out',
  name: 'of the learner',
  unit: 'a unit or step key such as `copyright/basics`',
  activity_id: 'or else your own IRI, which is then mapped',
  occurred_at: 'with its zone, such as 2026-03-04T10:11:12Z',
  sequence: 'a whole number',
  passed: 'true or false',
  score: 'from -1 to 1',
  score_raw: 'a number, with `score_min` and `score_max`',
  score_min: 'a number',
  score_max: 'a number',
  evidence_url: 'http or https',
  evidence_category: 'personal-toolkit, community-engagement, applied-practice or module-mastery',
  evidence_name: 'what people read',
  reason: 'why it was waived or withdrawn',
  consent_name: 'true or false',
  consent_listed: 'true or false',
  consent_evidence: 'true or false',
} as const;

export type Column = keyof typeof COLUMNS;

/** At least one of each group must be there. */
const NEEDED: Column[][] = [['unit', 'activity_id'], ['email', 'account'], ['occurred_at']];

/**
 * Reads the header row.
 * @throws Problem columns_wrong (422) naming every column that is unknown, twice there or missing.
 */
export function parseHeader(cells: string[]): Column[] {
  const names = cells.map((cell) =>
    cell
      .trim()
      .toLowerCase()
      .replaceAll(/[\s-]+/g, '_'),
  );
  const known = Object.keys(COLUMNS).join(', ');
  const faults: Fault[] = [];
  const refuse = (name: string, code: string, detail: string) =>
    faults.push({ pointer: `/${name.slice(0, 80).replaceAll('~', '~0').replaceAll('/', '~1')}`, code, detail });
  for (const [n, name] of names.entries()) {
    if (!Object.hasOwn(COLUMNS, name)) refuse(name, 'column_unknown', `There is no such column. There are: ${known}.`);
    else if (names.indexOf(name) < n) refuse(name, 'column_twice', 'This column is there twice. Leave one out.');
  }
  for (const group of NEEDED)
    if (!group.some((name) => names.includes(name)))
      refuse(
        group[0]!,
        'column_missing',
        `A column ${group.join(' or ')} is needed. The first row must name the columns.`,
      );
  if (faults.length > 0)
    throw new Problem('columns_wrong', 422, 'The first row does not name the columns as it should. See errors.', {
      errors: faults.slice(0, 50),
      headers: { connection: 'close' },
    });
  return names as Column[];
}

const TRUE = /^(true|yes|1)$/i;
const FALSE = /^(false|no|0)$/i;
const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

const flag = (cell: string | undefined): unknown =>
  cell === undefined ? undefined : TRUE.test(cell) ? true : FALSE.test(cell) ? false : cell;
const number = (cell: string | undefined): unknown => (cell !== undefined && NUMBER.test(cell) ? Number(cell) : cell);

/** An object of the members that are there, or undefined when none is. */
function some(members: Record<string, unknown>): Record<string, unknown> | undefined {
  const there = Object.entries(members).filter(([, value]) => value !== undefined);
  return there.length > 0 ? Object.fromEntries(there) : undefined;
}

/**
 * Makes the completion record of a row; whether it is one is for the record's own schema to say.
 * @param keyedHash makes the id of a row that has none.
 * @param onlySource of the client, when it speaks for one alone.
 */
export function buildRecord(
  columns: Column[],
  cells: string[],
  keyedHash: KeyedHash,
  onlySource?: string,
): Record<string, unknown> {
  const row: Partial<Record<Column, string>> = {};
  for (const [n, column] of columns.entries()) {
    const cell = cells[n]?.trim();
    if (cell) row[column] = cell;
  }
  const source = row.source ?? onlySource;
  const record = some({
    source,
    type: row.type ?? 'completed',
    learner: {
      identifiers: [
        row.email !== undefined && some({ type: 'email', value: row.email, verified: flag(row.email_verified) }),
        row.account !== undefined &&
          some({ type: 'account', homePage: row.account_home_page ?? source, name: row.account }),
      ].filter((one) => one !== false),
      ...some({
        name: row.name,
        consents: some({
          name: flag(row.consent_name),
          listed: flag(row.consent_listed),
          evidence: flag(row.consent_evidence),
        }),
      }),
    },
    activity: some({ unit: row.unit, id: row.activity_id }) ?? {},
    occurredAt: row.occurred_at,
    sequence: number(row.sequence),
    result: some({
      passed: flag(row.passed),
      score: some({
        scaled: number(row.score),
        raw: number(row.score_raw),
        min: number(row.score_min),
        max: number(row.score_max),
      }),
    }),
    evidence: evidenceOf(row),
    reason: row.reason,
  });
  return { id: row.id ?? decidingId(record!, keyedHash), ...record };
}

function evidenceOf(row: Partial<Record<Column, string>>): unknown[] | undefined {
  const one = some({ category: row.evidence_category, url: row.evidence_url, name: row.evidence_name });
  return one && [one];
}

/**
 * An id for a row without one, from what decides: who, what, when, in which order. The same row in a later file is then
 * the same record; with another score it is a contradiction, for which an id of its own is needed. Keyed, since ids are
 * shown, and a plain digest would let anybody try out addresses.
 */
function decidingId(record: Record<string, unknown>, keyedHash: KeyedHash): string {
  const { source, type, learner, activity, occurredAt, sequence } = record as {
    learner: { identifiers: Record<string, unknown>[] };
  } & Record<string, unknown>;
  const who = learner.identifiers.map(({ verified: _, ...one }) => one);
  const deciding = canonicalize(some({ source, type, who, activity, occurredAt, sequence }));
  return `row-${keyedHash(deciding!)}`;
}

const POINTERS: [prefix: string, column: Column][] = [
  ['/id', 'id'],
  ['/source', 'source'],
  ['/type', 'type'],
  ['/learner/name', 'name'],
  ['/learner/consents/name', 'consent_name'],
  ['/learner/consents/listed', 'consent_listed'],
  ['/learner/consents/evidence', 'consent_evidence'],
  ['/activity/id', 'activity_id'],
  ['/activity', 'unit'],
  ['/occurredAt', 'occurred_at'],
  ['/sequence', 'sequence'],
  ['/result/passed', 'passed'],
  ['/result/score/raw', 'score_raw'],
  ['/result/score/min', 'score_min'],
  ['/result/score/max', 'score_max'],
  ['/result/score', 'score'],
  ['/evidence/0/category', 'evidence_category'],
  ['/evidence/0/name', 'evidence_name'],
  ['/evidence', 'evidence_url'],
  ['/reason', 'reason'],
];

/** The column that a pointer into a row's record means. */
export function columnOf(pointer: string, record: unknown): Column | undefined {
  const identifier = /^\/learner\/identifiers(?:\/(\d+)\/(\w+))?/.exec(pointer);
  if (identifier) {
    const { learner } = record as { learner?: { identifiers?: { type?: string }[] } };
    if (learner?.identifiers?.[Number(identifier[1])]?.type !== 'account')
      return identifier[2] === 'verified' ? 'email_verified' : 'email';
    return identifier[2] === 'homePage' ? 'account_home_page' : 'account';
  }
  return POINTERS.find(([prefix]) => pointer === prefix || pointer.startsWith(`${prefix}/`))?.[1];
}
