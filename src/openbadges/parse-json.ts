// Reads JSON that a stranger wrote: bounded in size, depth and number of values, and only when it means one thing.
//
// JSON.parse itself survives deep nesting, but everything after it recurses; so the depth is counted on the text, before
// anything is built. `__proto__` and its kin become own properties that a later copy would turn into prototypes, and two
// members of one name are read differently by different parsers, so that a signature could cover the one and a reader see
// the other: all three are refused (RFC 8259 §4 and §9; I-JSON, RFC 7493 §2.3; VC Data Model 2.0 §9 "Security Considerations").

import { isConstant } from './constant-part.ts';

export interface JsonLimits {
  textLength: number;
  depth: number;
  values: number;
}

/** A certificate with results, alignments and endorsements stays below 200 KiB, 20 levels and 5,000 values. */
export const JSON_LIMITS: JsonLimits = { textLength: 2 * 1024 * 1024, depth: 64, values: 50_000 };

export type JsonFault =
  | 'too_large'
  | 'too_deep'
  | 'too_many_values'
  | 'not_json'
  | 'forbidden_member'
  | 'repeated_member'
  | 'ill_formed_text';
export type JsonAnswer = { ok: true; json: unknown } | { ok: false; fault: JsonFault; sentence: string };

const ILL_FORMED = 'A text holds half of a surrogate pair, which has no UTF-8 form.';
const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);

const refuse = (fault: JsonFault, sentence: string): JsonAnswer => ({ ok: false, fault, sentence });

/** The length of the string literal that starts at `start` (with its quotes), or -1 when it never ends. */
function literalEnd(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at += 1;
    else if (code === 0x22) return at;
  }
  return -1;
}

function memberName(literal: string): string {
  try {
    return JSON.parse(literal) as string;
  } catch {
    return literal;
  }
}

interface Level {
  isObject: boolean;
  names: Set<string>;
  expectsName: boolean;
}

/** Walks the text once without building anything. Gives the first fault, or nothing; grammar is left to JSON.parse. */
function scan(text: string, limits: JsonLimits): JsonAnswer | undefined {
  const levels: Level[] = [];
  let values = 0;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]!;
    const level = levels.at(-1);
    if (sign === '"') {
      const end = literalEnd(text, at);
      if (end < 0) return refuse('not_json', 'The JSON ends inside a string.');
      if (level?.isObject === true && level.expectsName) {
        const name = memberName(text.slice(at, end + 1));
        if (FORBIDDEN.has(name)) return refuse('forbidden_member', `A member must not be called "${name}".`);
        if (level.names.has(name))
          return refuse('repeated_member', `The member "${name.slice(0, 80)}" stands twice in one object.`);
        level.names.add(name);
        level.expectsName = false;
      }
      at = end;
    } else if (sign === '{' || sign === '[') {
      if (levels.length >= limits.depth)
        return refuse('too_deep', `The JSON is nested more than ${limits.depth} levels deep.`);
      levels.push({ isObject: sign === '{', names: new Set(), expectsName: sign === '{' });
      values += 1;
    } else if (sign === '}' || sign === ']') {
      levels.pop();
    } else if (sign === ',') {
      values += 1;
      if (level?.isObject === true) level.expectsName = true;
    }
    if (values > limits.values) return refuse('too_many_values', `The JSON holds more than ${limits.values} values.`);
  }
  return undefined;
}

/**
 * Parses JSON text of unknown origin.
 * Takes the text and limits; gives the value, or the fault as a code and a sentence. Never throws.
 */
export function parseJson(text: string, limits: JsonLimits = JSON_LIMITS): JsonAnswer {
  if (text.length > limits.textLength)
    return refuse('too_large', `The JSON is longer than ${limits.textLength} characters.`);
  const fault = scan(text, limits);
  if (fault !== undefined) return fault;
  try {
    return { ok: true, json: JSON.parse(text) };
  } catch {
    return refuse('not_json', 'The text is not JSON.');
  }
}

/** An object that is no array and not null. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The members of a value that may be one or many, as JSON-LD allows: nothing, one value, or an array of them. */
export function asArray(value: unknown): unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

interface Size {
  values: number;
  levels: number;
}

/** Of parts that never change and keep to the rules: counted once. */
const sizes = new WeakMap<object, Size>();

function levelsOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  return 1 + Object.values(value).reduce((most: number, member) => Math.max(most, levelsOf(member)), 0);
}

/**
 * Counts a value and all below it down from the number there may be. Gives how many are left; less than 0 when they are too many
 * or too deep, or a name or text is refused.
 */
function countDown(value: unknown, levels: number, values: number): number {
  if (typeof value === 'string') return value.isWellFormed() ? values - 1 : -1;
  if (typeof value !== 'object' || value === null) return values - 1;
  const size = sizes.get(value);
  if (size) return size.levels <= levels ? values - size.values : -1;
  if (levels < 1) return -1;
  const left = countMembers(value, levels - 1, values - 1);
  if (left >= 0 && isConstant(value)) sizes.set(value, { values: values - left, levels: levelsOf(value) });
  return left;
}

function countMembers(value: object, levels: number, values: number): number {
  let left = values;
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length && left >= 0; at += 1) left = countDown(value[at], levels, left);
    return left;
  }
  for (const name of Object.keys(value)) {
    if (left < 0 || FORBIDDEN.has(name) || !name.isWellFormed()) return -1;
    left = countDown((value as Record<string, unknown>)[name], levels, left);
  }
  return left;
}

/**
 * Whether a value that was not read from text (a request body) stays within the same bounds.
 * Counts without recursion, so that the count itself cannot be made to overflow.
 */
export function withinLimits(json: unknown, limits: JsonLimits = JSON_LIMITS): JsonAnswer {
  // Most keep to them, and then nothing need be said of which, where and why.
  if (countDown(json, limits.depth, limits.values) >= 0) return { ok: true, json };
  const open: { value: unknown; depth: number }[] = [{ value: json, depth: 0 }];
  let values = 0;
  while (open.length > 0) {
    const { value, depth } = open.pop()!;
    values += 1;
    if (values > limits.values) return refuse('too_many_values', `The JSON holds more than ${limits.values} values.`);
    // Half of a surrogate pair has no UTF-8: it is hashed as U+FFFD, so one signature would cover two texts.
    if (typeof value === 'string' && !value.isWellFormed()) return refuse('ill_formed_text', ILL_FORMED);
    if (typeof value !== 'object' || value === null) continue;
    if (depth >= limits.depth) return refuse('too_deep', `The JSON is nested more than ${limits.depth} levels deep.`);
    for (const [name, member] of Object.entries(value)) {
      if (FORBIDDEN.has(name) && !Array.isArray(value))
        return refuse('forbidden_member', `A member must not be called "${name}".`);
      if (!name.isWellFormed()) return refuse('ill_formed_text', ILL_FORMED);
      open.push({ value: member, depth: depth + 1 });
    }
  }
  return { ok: true, json };
}
