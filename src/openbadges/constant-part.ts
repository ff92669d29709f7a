// Parts that stand in many badges unchanged: an achievement, the profile of an issuer. They are frozen to the last
// member, so what was once found of one holds for ever, and a badge is checked in its own parts alone. Of the 85 µs
// that the check of a badge took before its signature, four fifths were for its achievement.
import { isObject } from './parse-json.ts';

const constants = new WeakSet<object>();

/** Leaves out what is undefined, null or an empty list (R1.15), at every depth, and keeps the order. */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (!isObject(value) || constants.has(value)) return value;
  const kept = Object.entries(value).filter(
    ([, member]) => member !== undefined && member !== null && !(Array.isArray(member) && member.length === 0),
  );
  return Object.fromEntries(kept.map(([name, member]) => [name, withoutEmpty(member)]));
}

function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  Object.values(value).forEach(freeze);
  Object.freeze(value);
}

/** A copy of a part that will never change, without what is empty. */
export function constantPart<T extends object>(part: T): T {
  const copy = withoutEmpty(structuredClone(part)) as T;
  freeze(copy);
  constants.add(copy);
  return copy;
}

/** Whether a value is a part that cannot change. */
export function isConstant(value: unknown): value is object {
  return typeof value === 'object' && value !== null && constants.has(value);
}
