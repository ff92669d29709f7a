// Is a requirement met, and why: a history of completions and a requirement in, a verdict out.
//
// Platforms repeat themselves, correct themselves and arrive in any order, so a history is a set: of what one source
// says about one activity, the greatest (occurredAt, sequence, recordId) holds; of several sources one that says yes is
// enough, until that source takes it back. So the order of arrival cannot matter, and a repetition cannot either.
//
// Pure: no clock, network or storage. It runs for each badge within reach at each post, hence one pass over the history.
import { childrenOf, nodeId, requiredOf, type Requirement } from './requirement.ts';

export type CompletionType = 'completed' | 'passed' | 'failed' | 'waived' | 'uncompleted' | 'attended';

/** What one source said about one activity at one time. */
export interface HistoryRecord {
  /** The completion's own id, by which a verdict names it. */
  id: string;
  /** A unit's or a step's key. */
  unit: string;
  type: CompletionType;
  source: string;
  /** An ISO 8601 instant; milliseconds count, finer digits do not. */
  occurredAt: string;
  sequence: number;
  /** The id that the source gave it. */
  recordId: string;
  passed?: boolean | undefined;
}

/** A completion that satisfies. */
export interface Satisfaction {
  completion: string;
  source: string;
  occurredAt: string;
  type: CompletionType;
}

/** What became of one node: a complete one shows by what, an incomplete one what is missing. */
export interface VerdictNode {
  /** As {@link nodeId} gives it; a leaf's is its activity's key. */
  id: string;
  kind: Requirement['kind'];
  title: string;
  complete: boolean;
  /** Complete children (a leaf: 0 or 1). Of `atLeast` it may exceed `required`. */
  done: number;
  required: number;
  /** Leaves only: one completion for each source that says yes, oldest first. */
  satisfiedBy?: Satisfaction[];
  /** Keys of the activities still open below an incomplete node; where there is a choice, all that may be chosen. */
  missing?: string[];
  children?: VerdictNode[];
}

export interface Verdict {
  complete: boolean;
  root: VerdictNode;
}

/** What is satisfied, by activity: a history read once, for several requirements. */
export type Satisfied = ReadonlyMap<string, Satisfaction[]>;

const SESSION = /^step\/[^/]+\/session$/;
// Twenty-four characters, Z: such texts sort as the instants do.
const COMPARABLE = 24;

function compareInstants(a: string, b: string): number {
  if (a === b) return 0;
  if (a.length === COMPARABLE && b.length === COMPARABLE && a.endsWith('Z') && b.endsWith('Z')) return a < b ? -1 : 1;
  return Date.parse(a) - Date.parse(b);
}

function compareTexts(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function compareRecords(a: HistoryRecord, b: HistoryRecord): number {
  return (
    compareInstants(a.occurredAt, b.occurredAt) ||
    a.sequence - b.sequence ||
    compareTexts(a.recordId, b.recordId) ||
    // Two clients may speak for one source and choose the same id.
    compareTexts(a.id, b.id)
  );
}

/** Whether `a` holds and not `b`, where both come from one source and speak of one activity. */
export function outranks(a: HistoryRecord, b: HistoryRecord): boolean {
  return compareRecords(a, b) > 0;
}

/**
 * Whether a record says anything about completing its activity. Attendance does so of a session only: of a unit it says
 * neither yes nor no, so it must not take back the completion before it.
 */
export function isStatement(record: HistoryRecord): boolean {
  return record.type !== 'attended' || SESSION.test(record.unit);
}

/** Whether a record satisfies its activity, as long as it holds. */
export function isPositive(record: HistoryRecord): boolean {
  switch (record.type) {
    case 'completed':
    case 'passed':
    case 'waived':
      return record.passed !== false;
    case 'attended':
      return record.passed !== false && SESSION.test(record.unit);
    default:
      return false;
  }
}

/**
 * The records that hold: of each source and activity the greatest statement. Every other one is stale, or no statement.
 * @returns in the order in which sources and activities first occur.
 */
export function winners(history: readonly HistoryRecord[]): HistoryRecord[] {
  const bySource = new Map<string, Map<string, HistoryRecord>>();
  for (const record of history) {
    if (!isStatement(record)) continue;
    let ofSource = bySource.get(record.source);
    if (!ofSource) bySource.set(record.source, (ofSource = new Map()));
    const holder = ofSource.get(record.unit);
    if (!holder || outranks(record, holder)) ofSource.set(record.unit, record);
  }
  return [...bySource.values()].flatMap((ofSource) => [...ofSource.values()]);
}

/** Reads a history once, so that several requirements can be judged by it. */
export function satisfiedBy(history: readonly HistoryRecord[]): Satisfied {
  const found = new Map<string, HistoryRecord[]>();
  for (const record of winners(history)) {
    if (!isPositive(record)) continue;
    const others = found.get(record.unit);
    if (others) others.push(record);
    else found.set(record.unit, [record]);
  }
  const satisfied = new Map<string, Satisfaction[]>();
  for (const [unit, records] of found) {
    if (records.length > 1) records.sort((a, b) => compareRecords(a, b) || compareTexts(a.source, b.source));
    satisfied.set(unit, records.map(asSatisfaction));
  }
  return satisfied;
}

function asSatisfaction({ id, source, occurredAt, type }: HistoryRecord): Satisfaction {
  return { completion: id, source, occurredAt, type };
}

/**
 * Judges a history by a requirement.
 * @param asked a requirement, or a track or awardable that has one.
 * @param history in any order, or what {@link satisfiedBy} made of one.
 */
export function evaluate(
  asked: Requirement | { requirement: Requirement },
  history: readonly HistoryRecord[] | Satisfied,
): Verdict {
  const satisfied = 'get' in history ? history : satisfiedBy(history);
  const root = judge('requirement' in asked ? asked.requirement : asked, satisfied);
  return { complete: root.complete, root };
}

/** Whether a requirement is met, without saying why: a tenth of the work where most answers are no. */
export function isComplete(requirement: Requirement, satisfied: Pick<Satisfied, 'has'>): boolean {
  if ('unit' in requirement) return satisfied.has(requirement.unit);
  if (requirement.kind === 'module') return requirement.units.every((unit) => satisfied.has(unit));
  let open = requirement.of.length - requiredOf(requirement);
  for (const child of requirement.of) if (!isComplete(child, satisfied) && open-- <= 0) return false;
  return true;
}

function judge(node: Requirement, satisfied: Satisfied): VerdictNode {
  const id = nodeId(node);
  const { kind, title = id } = node;
  if ('unit' in node) {
    const by = satisfied.get(node.unit);
    return by
      ? { id, kind, title, required: 1, complete: true, done: 1, satisfiedBy: by }
      : { id, kind, title, required: 1, complete: false, done: 0, missing: [node.unit] };
  }
  const required = requiredOf(node);
  const children = childrenOf(node).map((child) => judge(child, satisfied));
  const done = children.filter((child) => child.complete).length;
  if (done >= required) return { id, kind, title, required, complete: true, done, children };
  const missing = children.flatMap((child) => child.missing ?? []);
  return { id, kind, title, required, complete: false, done, missing, children };
}

/** How far, in numbers that a bar can show. */
export interface Progress {
  unitsDone: number;
  unitsRequired: number;
  stepsDone: number;
  stepsRequired: number;
}

/**
 * How far a verdict is, units and process steps apart. Where some of several are asked, those nearest to completion are
 * counted, so that a part never shows more than is asked of it.
 * @throws RangeError where the verdict is of another requirement.
 */
export function progressOf(track: { requirement: Requirement }, verdict: Verdict): Progress {
  const asked = nodeId(track.requirement);
  if (verdict.root.id !== asked) throw new RangeError(`a verdict of ${verdict.root.id} says nothing of ${asked}`);
  return tally(verdict.root);
}

/**
 * A requirement as its progress is counted: what it asks for in any case, as lists, and the choices in it. Drawn up once,
 * for an answer to a post shows the numbers of every track that its learner walks.
 */
interface Counted {
  units: Set<string>;
  steps: Set<string>;
  choices: { required: number; parts: Counted[] }[];
}

const counted = new WeakMap<Requirement, Counted>();

function countedOf(requirement: Requirement): Counted {
  let known = counted.get(requirement);
  if (known) return known;
  known = { units: new Set(), steps: new Set(), choices: [] };
  const { units, steps, choices } = known;
  const walk = (node: Requirement): void => {
    if ('unit' in node) (node.kind === 'unit' ? units : steps).add(node.unit);
    else if (requiredOf(node) < childrenOf(node).length)
      choices.push({ required: requiredOf(node), parts: childrenOf(node).map(countedOf) });
    else childrenOf(node).forEach(walk);
  };
  walk(requirement);
  counted.set(requirement, known);
  return known;
}

/** The same from what is satisfied, without drawing up a verdict. */
export function progressIn(
  requirement: Requirement,
  satisfied: Pick<Satisfied, 'keys'>,
): Progress & { complete: boolean } {
  return count(countedOf(requirement), satisfied);
}

function count({ units, steps, choices }: Counted, satisfied: Pick<Satisfied, 'keys'>): ReturnType<typeof progressIn> {
  const sum = { unitsDone: 0, unitsRequired: units.size, stepsDone: 0, stepsRequired: steps.size, complete: false };
  for (const key of satisfied.keys()) {
    if (units.has(key)) sum.unitsDone += 1;
    else if (steps.has(key)) sum.stepsDone += 1;
  }
  sum.complete = openIn(sum) === 0;
  for (const { required, parts } of choices) {
    const told = parts.map((part) => count(part, satisfied));
    if (told.filter((part) => part.complete).length < required) sum.complete = false;
    for (const part of nearest(told, required)) add(sum, part);
  }
  return sum;
}

/** Those parts of a choice that are nearest to completion. */
function nearest<T extends Progress>(parts: T[], required: number): T[] {
  return parts.sort((a, b) => openIn(a) - openIn(b)).slice(0, required);
}

function openIn(progress: Progress): number {
  return progress.unitsRequired - progress.unitsDone + progress.stepsRequired - progress.stepsDone;
}

function leafProgress(kind: Requirement['kind'], complete: boolean): Progress {
  const done = complete ? 1 : 0;
  return kind === 'unit'
    ? { unitsDone: done, unitsRequired: 1, stepsDone: 0, stepsRequired: 0 }
    : { unitsDone: 0, unitsRequired: 0, stepsDone: done, stepsRequired: 1 };
}

function sumOf(parts: readonly Progress[]): Progress {
  const sum = { unitsDone: 0, unitsRequired: 0, stepsDone: 0, stepsRequired: 0 };
  for (const part of parts) add(sum, part);
  return sum;
}

function add(sum: Progress, part: Progress): void {
  sum.unitsDone += part.unitsDone;
  sum.unitsRequired += part.unitsRequired;
  sum.stepsDone += part.stepsDone;
  sum.stepsRequired += part.stepsRequired;
}

function tally(node: VerdictNode): Progress {
  if (!node.children) return leafProgress(node.kind, node.complete);
  const parts = node.children.map(tally);
  return sumOf(node.required < parts.length ? nearest(parts, node.required) : parts);
}
