// Parts that stand in many badges unchanged: an achievement, the profile of an issuer. They are frozen to the last
// member, so what was once found of one holds for ever, and a badge is checked in its own parts alone. Of the 85 µs
// that the check of a badge took before its signature, four fifths were for its achievement.

const constants = new WeakSet<object>();

const isEmpty = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/** Leaves out what is undefined, null or an empty list (R1.15), at every depth, and keeps the order. */
export function withoutEmpty(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || constants.has(value)) return value;
  if (Array.isArray(value)) return value.map(withoutEmpty);
  const kept: Record<string, unknown> = {};
  for (const name of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[name];
    if (isEmpty(member)) continue;
    // An assignment to `__proto__` would make no member.
    if (name === '__proto__')
      Object.defineProperty(kept, name, {
        value: withoutEmpty(member),
        enumerable: true,
        configurable: true,
        writable: true,
      });
    else kept[name] = withoutEmpty(member);
  }
  return kept;
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

const texts = new WeakMap<object, string>();

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' &&
  value !== null &&
  Object.getPrototypeOf(value) === Object.prototype &&
  typeof (value as { toJSON?: unknown }).toJSON !== 'function';

const holdsConstant = (value: unknown): boolean =>
  isConstant(value) || (isPlain(value) && Object.values(value).some(holdsConstant));

function textOf(part: object): string {
  let text = texts.get(part);
  if (text === undefined) texts.set(part, (text = JSON.stringify(part)));
  return text;
}

/**
 * A document as JSON.stringify writes it, to the letter; the text of a part that never changes is written once.
 * @param write given the text of such a part, gives what is to stand for it.
 */
export function jsonOf(document: object, write = (text: string): string => text): string {
  if (isConstant(document)) return write(textOf(document));
  if (!isPlain(document) || !holdsConstant(document)) return JSON.stringify(document);
  let text = '';
  for (const name of Object.keys(document)) {
    const member = document[name];
    const written = holdsConstant(member) ? jsonOf(member as object, write) : JSON.stringify(member);
    if (written !== undefined) text += `${text === '' ? '{' : ','}${JSON.stringify(name)}:${written}`;
  }
  return `${text}}`;
}
