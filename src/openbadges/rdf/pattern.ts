// A shape as a pattern, against which a document is held leaf by leaf. Whether a document has the shape of one of the
// last documents, and what its values are, is found out in 1.5 µs, where reading its shape anew takes 5: a value that
// stood there last time is looked at no further.
//
// JSON-LD 1.1 Processing Algorithms and API (W3C Recommendation, 16 July 2020) §5.2 IRI Expansion, §5.3 Value Expansion:
// what makes a shape stands in shape.ts.

import { isConstantWord, isIri, isPlain, MOST_LETTERS } from './shape.ts';

type Scalar = string | number | boolean | null;

const CONSTANT = 0;
const TEXT = 1;
const IRI = 2;
const IRI_AGAIN = 3;
const LIST = 4;
const OBJECT = 5;

/** One place of a shape; all of one form, since the engine reads those fastest. */
interface Place {
  kind: number;
  constant: Scalar;
  slot: number;
  names: string[];
  members: Place[];
}

const NONE: never[] = [];

/** A shape to hold documents against. */
export interface Pattern {
  root: Place;
  /** The slots that hold IRIs, of which no two are equal. */
  iriSlots: number[];
}

/** Takes a document that has a shape, gives that shape's pattern; slots are numbered as in the shape's values. */
export function patternOf(document: object): Pattern {
  const slotOf = new Map<string, number>();
  const iriSlots: number[] = [];
  let slots = 0;
  const place = (kind: number, own: Partial<Place>): Place => ({
    kind,
    constant: own.constant ?? null,
    slot: own.slot ?? -1,
    names: own.names ?? NONE,
    members: own.members ?? NONE,
  });
  const read = (value: unknown, isConstant: boolean): Place => {
    if (Array.isArray(value)) return place(LIST, { members: value.map((one) => read(one, isConstant)) });
    if (value !== null && typeof value === 'object') {
      const members = Object.entries(value).map(([name, member]) => read(member, isConstantWord(name)));
      return place(OBJECT, { names: Object.keys(value), members });
    }
    if (typeof value !== 'string' || isConstant) return place(CONSTANT, { constant: value as Scalar });
    if (!isIri(value)) return place(TEXT, { slot: slots++ });
    const slot = slotOf.get(value);
    if (slot !== undefined) return place(IRI_AGAIN, { slot });
    slotOf.set(value, slots);
    iriSlots.push(slots);
    return place(IRI, { slot: slots++ });
  };
  return { root: read(document, false), iriSlots };
}

// Of the one comparison that is under way.
let values: string[] = [];
let before: readonly string[] = [];
let letters = 0;
let newIris: number[] = [];

function matches(place: Place, value: unknown): boolean {
  switch (place.kind) {
    case CONSTANT:
      return Object.is(value, place.constant);
    case LIST:
      return matchesList(place.members, value);
    case OBJECT:
      return matchesObject(place, value);
    default:
      return typeof value === 'string' && matchesSlot(place, value);
  }
}

function matchesSlot({ kind, slot }: Place, value: string): boolean {
  letters += value.length;
  if (kind === IRI_AGAIN) return value === values[slot];
  values[slot] = value;
  if (value === before[slot]) return true;
  if (kind === TEXT) return !isIri(value);
  newIris.push(slot);
  return isIri(value);
}

function matchesList(members: readonly Place[], value: unknown): boolean {
  if (!Array.isArray(value) || value.length !== members.length) return false;
  for (let n = 0; n < members.length; n += 1) if (!matches(members[n]!, value[n])) return false;
  return true;
}

function matchesObject({ names, members }: Place, value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !isPlain(value)) return false;
  let n = 0;
  for (const name in value) {
    if (name !== names[n] || !matches(members[n]!, (value as Record<string, unknown>)[name])) return false;
    n += 1;
  }
  return n === names.length;
}

/** More comparisons than this take longer than a set of all. */
const FEW = 200;

/** Whether those that are new are unlike each other and all others. */
function areDistinct(slots: readonly number[]): boolean {
  if (newIris.length * slots.length > FEW) return new Set(slots.map((slot) => values[slot])).size === slots.length;
  for (const slot of newIris)
    for (const other of slots) if (other !== slot && values[other] === values[slot]) return false;
  return true;
}

/**
 * Takes a pattern and a document, gives the document's values when it has that shape.
 * @param valuesBefore the values of a document that had it; none are needed.
 */
export function valuesBy(
  { root, iriSlots }: Pattern,
  document: object,
  valuesBefore: readonly string[],
): string[] | undefined {
  values = [];
  before = valuesBefore;
  letters = 0;
  newIris = [];
  if (!matches(root, document) || letters > MOST_LETTERS) return undefined;
  return areDistinct(iriSlots) ? values : undefined;
}
