// The primitive and derived types of the data model (URI, DateTimeZ, Markdown …) as zod schemas, with what a report
// says when a value is none.
//
// A schema carries its words in a registry instead of in zod's own messages, so that one checker can report every fault
// with a stable code and a clause, while the same schema types and parses what we build.
//
// Open Badges 3.0 (1EdTech, April 2025), appendix A "Primitive and derived types"; dateTimeStamp: XML Schema 1.1 Part 2
// (W3C, 5 April 2012); language tags: BCP 47.

import { z } from 'zod';
import type { Findings } from './findings.ts';

/** What a report says of a value that is not of this type. `must` completes "<member> must be …". */
export interface LeafWords {
  code: string;
  must: string;
  clause: string;
  /** Whether a value is of this type: what the schema says, without the 25 to 40 ns that asking zod takes. */
  fits: (value: unknown) => boolean;
  /** Departures that the text allows and a validator refuses, or the other way round. */
  severity?: 'warn';
  /**
   * What may stand in place of a text: 'tagged', language-tagged objects (VC Data Model 2.0 §11.1); 'either', such objects
   * with a warning, where both standards speak; 'map', only the language maps that the official schemas of badges allow.
   */
  language?: 'tagged' | 'either' | 'map';
  /** A sentence for a value that is read and should still be written otherwise. */
  remark?: (value: unknown) => { code: string; message: string } | undefined;
}

/** Rules of a class that reach over several of its members. */
export type Rule = (value: Record<string, unknown>, pointer: string, findings: Findings) => void;

export interface ClassWords {
  name: string;
  clause: string;
  rules: Rule[];
  /** A list in place of the one object: refused unless said. */
  several?: 'warn';
  /** Another form of the class that this value must be read by (VC Data Model 1.1). */
  variant?: (value: Record<string, unknown>) => z.ZodType | undefined;
}

export interface ListWords {
  /** A single value in place of a list: the compacted form of appendix A. */
  single: 'allowed' | 'warn';
  clause: string;
  /** How many values there must be. */
  least?: number;
  /** For `type`: each group must be met by one of its names. */
  names?: readonly (readonly string[])[];
}

// Weak maps rather than zod registries: their types are beyond the compiler for schemas that refer to themselves.
export const leafWords = new WeakMap<object, LeafWords>();
export const classWords = new WeakMap<object, ClassWords>();
export const listWords = new WeakMap<object, ListWords>();

const OB_TYPES = 'OB 3.0 appendix A, derived types';

/** Names a class schema, so that a checker can speak of it and run its rules. */
export function classOf<T extends z.ZodType>(
  schema: T,
  name: string,
  rules: Rule[] = [],
  extra: Partial<ClassWords> = {},
): T {
  classWords.set(schema, { name, clause: `OB 3.0 (April 2025), ${name}`, rules, ...extra });
  return schema;
}

type Extra = Partial<Omit<LeafWords, 'fits' | 'code' | 'must'>>;

function leaf<T extends z.ZodType>(
  schema: T,
  fits: LeafWords['fits'],
  code: string,
  must: string,
  extra: Extra = {},
): T {
  leafWords.set(schema, { fits, code, must, clause: OB_TYPES, ...extra });
  return schema;
}

const isText = (value: unknown): boolean => typeof value === 'string';

/** A text of a certain form. */
function textLeaf(isOne: (text: string) => boolean, code: string, must: string, extra?: Extra): z.ZodString {
  const fits = (value: unknown): boolean => typeof value === 'string' && isOne(value);
  return leaf(z.string().refine(isOne), fits, code, must, extra);
}

// Linear by construction: one character class, no nesting. Longer strings are cut off before they are tried.
const URI = /^[a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>"{}|\\^`\u0000-\u001f]+$/;

/** Whether a text is an absolute URI or IRI (scheme and something after it; no blanks). */
export function isUri(text: unknown): text is string {
  return typeof text === 'string' && URI.test(text);
}

const STAMP = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:\.\d{1,18})?(Z|[+-]\d\d:\d\d)?$/;

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isCalendarDate(year: number, month: number, day: number): boolean {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month >= 1 && month <= 12 && day >= 1 && day <= DAYS[month - 1]! + (month === 2 && isLeap ? 1 : 0);
}

function isZone(zone: string): boolean {
  if (zone === 'Z') return true;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(4, 6))];
  return minutes < 60 && (hours < 14 || (hours === 14 && minutes === 0));
}

/** Of the dates of a badge most are one, and are asked of twice. */
let lastZoned = '';

/** 'zoned', 'local' (a real time without a zone) or undefined when the text is no real date and time. */
export function dateTimeForm(text: unknown): 'zoned' | 'local' | undefined {
  if (text === lastZoned && text !== '') return 'zoned';
  const parts = typeof text === 'string' && text.length < 64 ? STAMP.exec(text) : null;
  if (!parts) return undefined;
  const [hour, minute, second] = [Number(parts[4]), Number(parts[5]), Number(parts[6])];
  // XML Schema 1.1 writes midnight at the end of a day as 24:00:00.
  const endOfDay = hour === 24 && /T24:00:00(?:\.0+)?(?:Z|[+-]|$)/.test(text as string);
  if (!isCalendarDate(Number(parts[1]), Number(parts[2]), Number(parts[3]))) return undefined;
  if ((hour > 23 && !endOfDay) || minute > 59 || second > 59) return undefined;
  if (parts[7] === undefined) return 'local';
  if (!isZone(parts[7])) return undefined;
  lastZoned = text as string;
  return 'zoned';
}

/** Text of a badge's classes. */
export const textSchema = leaf(z.string(), isText, 'text_expected', 'a text', { language: 'map' });
/** `name` and `description` of a badge, which both standards define. */
export const titleSchema = leaf(z.string(), isText, 'text_expected', 'a text', { language: 'either' });
/** `name` and `description` of a credential that is no badge. */
export const taggedTextSchema = leaf(z.string(), isText, 'text_expected', 'a text', { language: 'tagged' });
export const plainTextSchema = leaf(z.string(), isText, 'text_expected', 'a text');
export const uriSchema = textLeaf(
  isUri,
  'uri_malformed',
  'an absolute URI such as "https://…", "did:…" or "urn:uuid:…"',
);
export const dateTimeZSchema = textLeaf(
  (text) => dateTimeForm(text) === 'zoned',
  'datetime_malformed',
  'a real date and time with a zone, such as "2026-03-04T10:11:12Z"',
);
/** A time whose zone is missing is read as UTC, with a warning (VC Data Model 2.0 §4.9.1). */
export const dateTimeSchema = textLeaf(
  (text) => dateTimeForm(text) !== undefined,
  'datetime_malformed',
  'a real date and time with a zone, such as "2026-03-04T10:11:12Z"',
  {
    remark: (value) =>
      dateTimeForm(value) === 'local'
        ? { code: 'datetime_without_zone', message: 'should end with its zone, such as "Z"; it is read as UTC.' }
        : undefined,
  },
);
export const dateSchema = textLeaf(
  (text) => dateTimeForm(`${text}T00:00:00Z`) === 'zoned',
  'date_malformed',
  'a real calendar date, such as "1990-12-31"',
);
export const numberSchema = leaf(z.number(), Number.isFinite, 'number_expected', 'a JSON number, not a text');
export const booleanSchema = leaf(
  z.boolean(),
  (value) => typeof value === 'boolean',
  'boolean_expected',
  'true or false, not a text',
);
export const emailSchema = textLeaf((text) => /^[^\s@]+@[^\s@]+$/.test(text), 'email_malformed', 'an e-mail address', {
  severity: 'warn',
});
export const countryCodeSchema = textLeaf(
  (text) => /^[A-Z]{2}$/.test(text),
  'country_code_malformed',
  'a two-letter ISO 3166-1 code such as "FR"',
  { severity: 'warn' },
);
export const compactJwsSchema = textLeaf(
  (text) => /^[a-zA-Z0-9_-]+\.[a-zA-Z0-9_-]*\.[a-zA-Z0-9_-]+$/.test(text),
  'jws_malformed',
  'a compact JWS of three base64url parts',
);
export const languageSchema = textLeaf(
  (text) => /^[a-z]{2,4}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$/.test(text),
  'language_malformed',
  'a language tag such as "en", "pt-BR" or "sr-Latn-RS"',
);

/** A closed enumeration of the standard. */
export function enumSchema<const T extends readonly [string, ...string[]]>(
  values: T,
  clause: string,
): z.ZodEnum<{ [K in T[number]]: K }> {
  const known = new Set<unknown>(values);
  return leaf(z.enum(values), (value) => known.has(value), 'value_not_allowed', `one of ${values.join(', ')}`, {
    clause,
  });
}

const EXTENSION = /ext:[a-zA-Z0-9|._-]+/;

/** An enumeration that may be extended by `ext:…` terms (pattern unanchored, as the official schema has it). */
export function extensibleEnumSchema(values: readonly string[], clause: string): z.ZodString {
  const known = new Set(values);
  return textLeaf(
    (text) => known.has(text) || (text.length < 1000 && EXTENSION.test(text)),
    'value_not_allowed',
    `one of ${values.join(', ')}, or an extension "ext:…"`,
    { clause },
  );
}

/** A `type` of the VC Data Model, which may as well be one text (VC Data Model 2.0 §4.5). */
export function vcTypeSchema(...groups: readonly (readonly string[])[]): z.ZodType<string | string[]> {
  const schema = z.union([z.string().min(1), z.array(z.string()).min(1)]);
  listWords.set(schema, { single: 'allowed', clause: 'VC Data Model 2.0 (15 May 2025) §4.5', names: groups });
  return schema;
}

/** A `type` that must hold certain names; each group is met by any one of its names. */
export function typeSchema(...groups: readonly (readonly string[])[]): z.ZodArray<z.ZodString> {
  const schema = z.array(z.string()).min(1);
  listWords.set(schema, { single: 'warn', clause: 'OB 3.0 appendix A, type', names: groups });
  return schema;
}

/** A `type` that is one text and never a list (IdentityObject, IdentifierEntry, Image, GeoCoordinates). */
export function onlyTypeSchema<const T extends string>(name: T): z.ZodLiteral<T> {
  return leaf(z.literal(name), (value) => value === name, 'type_wrong', `exactly "${name}" as a text, not a list`, {
    clause: `OB 3.0, ${name}`,
  });
}

/** A list of the plain form; a single value is the compacted form and gets a warning unless the text allows it. */
export function listSchema<T extends z.ZodType>(of: T, single: ListWords['single'] = 'warn', least = 0): z.ZodArray<T> {
  const schema = z.array(of).min(least);
  listWords.set(schema, { single, clause: 'OB 3.0 appendix A.1, arrays in the plain form', least });
  return schema;
}

export const identifierTypeSchema = extensibleEnumSchema(
  [
    'name',
    'sourcedId',
    'systemId',
    'productId',
    'userName',
    'accountId',
    'emailAddress',
    'nationalIdentityNumber',
    'isbn',
    'issn',
    'lisSourcedId',
    'oneRosterSourcedId',
    'sisSourcedId',
    'ltiContextId',
    'ltiDeploymentId',
    'ltiToolId',
    'ltiPlatformId',
    'ltiUserId',
    'identifier',
  ],
  'OB 3.0, IdentifierTypeEnum',
);
