// Holds a document against a class of the data model and reports every departure, not only the first.
//
// It walks the zod schemas instead of calling them, because a report needs what a parser gives up: the place in the
// document as it was written, all faults of all members, and the difference between a fault and the compacted form that
// JSON-LD allows. The same schemas type and parse what we build, so there is one description of each class.
//
// Open Badges 3.0 (1EdTech, April 2025) appendix A (plain and compacted form); VC Data Model 2.0 (W3C Recommendation,
// 15 May 2025) §11.1 for language-tagged texts.

import type { z } from 'zod';
import { isConstant } from './constant-part.ts';
import { memberOf, pointTo, type Findings } from './findings.ts';
import { isObject } from './parse-json.ts';
import type { ListWords } from './primitives.ts';
import { formOf, type ClassForm, type Form, type LeafForm, type ListForm } from './schema-form.ts';

const LANGUAGE_MAP_KEY = /^[a-z]{2}(-[A-Z]{2})?$/;
const LANGUAGE_TAG = /^[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*$/;

function isLanguageMap(value: Record<string, unknown>): boolean {
  const entries = Object.entries(value);
  return entries.length > 0 && entries.every(([key, text]) => LANGUAGE_MAP_KEY.test(key) && typeof text === 'string');
}

/** A language value object (VC Data Model 2.0 §11.1): its fault, or undefined when it is one. */
function languageValueFault(value: unknown): string | undefined {
  if (!isObject(value)) return 'a text, or an object with @value';
  const { '@value': text, '@language': language, '@direction': direction, ...others } = value;
  if (typeof text !== 'string') return 'an object whose @value is a text';
  if (language !== undefined && (typeof language !== 'string' || language.length > 80 || !LANGUAGE_TAG.test(language)))
    return 'an object whose @language is a language tag such as "fr"';
  if (direction !== undefined && direction !== 'ltr' && direction !== 'rtl')
    return 'an object whose @direction is "ltr" or "rtl"';
  return Object.keys(others).length > 0 ? 'an object of @value, @language and @direction only' : undefined;
}

function checkLanguage(
  value: object,
  pointer: string,
  language: 'tagged' | 'either' | 'map',
  findings: Findings,
): void {
  const member = memberOf(pointer);
  if (isObject(value) && isLanguageMap(value) && language !== 'tagged') {
    const sentence = `${member} should be one text; a map of languages is understood by few.`;
    findings.warn(pointer, 'language_map', sentence, 'OB 3.0 appendix A');
    return;
  }
  const clause = 'VC Data Model 2.0 (15 May 2025) §11.1';
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const fault = language === 'map' || values.length === 0 ? 'a text' : values.map(languageValueFault).find(Boolean);
  if (fault !== undefined) findings.fail(pointer, 'text_expected', `${member} must be ${fault}.`, clause);
  else if (language === 'either')
    findings.warn(
      pointer,
      'language_tagged',
      `${member} should be one text; Open Badges knows no language tags.`,
      clause,
    );
}

function checkLeaf({ words, fits }: LeafForm, value: unknown, pointer: string, findings: Findings): void {
  if (words?.language && typeof value === 'object' && value !== null) {
    checkLanguage(value, pointer, words.language, findings);
    return;
  }
  const clause = words?.clause ?? 'OB 3.0 (April 2025)';
  if (fits(value)) {
    const remark = words?.remark?.(value);
    if (remark) findings.warn(pointer, remark.code, `${memberOf(pointer)} ${remark.message}`, clause);
    if (typeof value === 'string' && value.trim() === '' && words?.code === 'text_expected')
      findings.warn(pointer, 'text_empty', `${memberOf(pointer)} is empty; leave it out or fill it.`, clause);
    return;
  }
  const sentence = `${memberOf(pointer)} must be ${words?.must ?? 'of another type'}.`;
  if (words?.severity === 'warn' && typeof value === 'string') findings.warn(pointer, words.code, sentence, clause);
  else findings.fail(pointer, words?.code ?? 'member_wrong_type', sentence, clause);
}

function checkNames(
  value: unknown,
  groups: readonly (readonly string[])[],
  pointer: string,
  words: ListWords,
  findings: Findings,
): void {
  const names = Array.isArray(value) ? value : [value];
  if (names.length === 0 || !names.every((name) => typeof name === 'string' && name !== '')) {
    findings.fail(pointer, 'type_malformed', 'type must be a list of names.', words.clause);
    return;
  }
  for (const group of groups)
    if (!group.some((name) => names.includes(name)))
      findings.fail(
        pointer,
        'type_wrong',
        `type must hold ${group.map((name) => `"${name}"`).join(' or ')}.`,
        words.clause,
      );
  if (!Array.isArray(value) && words.single === 'warn')
    findings.warn(pointer, 'type_compacted', 'type should be a list, even of one name.', words.clause);
  if (new Set(names).size < names.length)
    findings.warn(pointer, 'type_repeated', 'type should not hold one name twice.', words.clause);
}

function checkList({ words, element }: ListForm, value: unknown, pointer: string, findings: Findings): void {
  if (!Array.isArray(value)) {
    const before = findings.list.length;
    checkForm(element, value, pointer, findings);
    // A single value of the wrong kind is one fault, not two.
    if (words.single === 'warn' && findings.list.length === before)
      findings.warn(pointer, 'list_compacted', `${memberOf(pointer)} should be a list, even of one.`, words.clause);
    return;
  }
  if (value.length === 0) {
    const sentence = `${memberOf(pointer)} is an empty list; leave it out or fill it.`;
    if ((words.least ?? 0) > 0) findings.fail(pointer, 'list_empty', sentence, words.clause);
    else findings.warn(pointer, 'list_empty', sentence, words.clause);
  }
  value.forEach((one, position) => checkForm(element, one, `${pointer}/${position}`, findings));
}

/** The classes against which parts that cannot change were found to be without fault. */
const sound = new WeakMap<object, Set<ClassForm>>();

function checkObject(form: ClassForm, value: unknown, pointer: string, findings: Findings): void {
  if (!isConstant(value)) {
    checkMembers(form, value, pointer, findings);
    return;
  }
  const known = sound.get(value);
  if (known?.has(form)) return;
  const before = findings.count;
  checkMembers(form, value, pointer, findings);
  if (findings.count === before) sound.set(value, (known ?? new Set()).add(form));
}

function checkMembers(form: ClassForm, value: unknown, pointer: string, findings: Findings): void {
  const { words, members, names } = form;
  if (Array.isArray(value) && words.several === 'warn' && value.length > 0) {
    findings.warn(
      pointer,
      'several_in_place_of_one',
      `${memberOf(pointer)} should be one object, not a list.`,
      words.clause,
    );
    value.forEach((one, position) => checkObject(form, one, `${pointer}/${position}`, findings));
    return;
  }
  if (!isObject(value)) {
    const instead = Array.isArray(value) ? ', not a list' : typeof value === 'string' ? ', not a bare text' : '';
    findings.fail(
      pointer,
      'object_expected',
      `${memberOf(pointer)} must be one object (${words.name})${instead}.`,
      words.clause,
    );
    return;
  }
  const variant = words.variant?.(value);
  if (variant) {
    checkForm(formOf(variant), value, pointer, findings);
    return;
  }
  for (const { name, form: member, required } of members) {
    const given = Object.hasOwn(value, name) ? value[name] : undefined;
    if (given === undefined && !required) continue;
    // The standard's own names have nothing to escape.
    const at = `${pointer}/${name}`;
    if (given === null)
      findings.fail(
        at,
        'member_null',
        `${name} must not be null; leave it out.`,
        'OB 3.0 appendix A; VC Data Model 2.0 §4',
      );
    else if (given !== undefined) checkForm(member, given, at, findings);
    else
      findings.fail(
        at,
        'member_missing',
        `${name} is missing from ${memberOf(pointer)} and must be given (${words.name}).`,
        words.clause,
      );
  }
  if (names)
    for (const name of Object.keys(value))
      if (!names.has(name))
        findings.fail(
          pointTo(pointer, name),
          'member_unknown',
          `${words.name} has no such member; leave it out.`,
          words.clause,
        );
  for (const rule of words.rules) rule(value, pointer, findings);
}

function checkForm(form: Form, value: unknown, pointer: string, findings: Findings): void {
  if (form.kind === 'leaf') checkLeaf(form, value, pointer, findings);
  else if (form.kind === 'class') checkObject(form, value, pointer, findings);
  else if (form.kind === 'list') checkList(form, value, pointer, findings);
  else if (form.kind === 'names') checkNames(value, form.groups, pointer, form.words, findings);
  else checkForm(typeof value === 'string' ? form.text : form.other, value, pointer, findings);
}

/**
 * Checks a value against a class of the data model.
 * Takes the schema, the value, its place and the findings to add to. The value must not be nested deeper than a caller's
 * bound (see checkCredential), because the walk recurses.
 */
export function checkValue(schema: z.ZodType, value: unknown, pointer: string, findings: Findings): void {
  checkForm(formOf(schema), value, pointer, findings);
}
