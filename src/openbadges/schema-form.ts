// What a check asks of a zod schema, found out once for each: its kind, its members, its words, and whether a leaf fits.
//
// zod describes a schema for zod's own parser: behind wrappers, getters and definitions that are made anew each time one
// asks. A badge meets a hundred of them, and looking them up took more than half of its check.

import type { z } from 'zod';
import { classWords, leafWords, listWords, type ClassWords, type LeafWords, type ListWords } from './primitives.ts';

export interface Member {
  name: string;
  form: Form;
  required: boolean;
}

/** A class, by its members in the order of the schema. */
export interface ClassForm {
  kind: 'class';
  words: ClassWords;
  members: Member[];
  /** The only names there may be; undefined where any further member is allowed. */
  names: ReadonlySet<string> | undefined;
}

export interface ListForm {
  kind: 'list';
  words: ListWords;
  element: Form;
}

/** A `type`: one name or several, of which some must be there. */
export interface NamesForm {
  kind: 'names';
  words: ListWords;
  groups: readonly (readonly string[])[];
}

/** A text or an object. */
export interface ChoiceForm {
  kind: 'choice';
  text: Form;
  other: Form;
}

export interface LeafForm {
  kind: 'leaf';
  words: LeafWords | undefined;
  fits: (value: unknown) => boolean;
}

export type Form = ClassForm | ListForm | NamesForm | ChoiceForm | LeafForm;

interface Definition {
  type: string;
  innerType?: z.ZodType;
  element?: z.ZodType;
  getter?: () => z.ZodType;
  options?: z.ZodType[];
  catchall?: z.ZodType;
}

const definitionOf = (schema: z.ZodType): Definition => schema.def as unknown as Definition;

/** Strips what only says "may be missing" or "defined later". */
function bare(schema: z.ZodType): z.ZodType {
  const { type, innerType, getter } = definitionOf(schema);
  if (type === 'optional') return bare(innerType!);
  if (type === 'lazy') return bare(getter!());
  return schema;
}

const forms = new WeakMap<z.ZodType, Form>();

/** The form of a schema, without what says that it may be missing. */
export function formOf(schema: z.ZodType): Form {
  const known = forms.get(schema);
  if (known) return known;
  const inner = bare(schema);
  const form = forms.get(inner) ?? read(inner);
  forms.set(schema, form);
  return form;
}

function read(schema: z.ZodType): Form {
  const { type, element, options } = definitionOf(schema);
  const listed = listWords.get(schema);
  if (listed?.names) return { kind: 'names', words: listed, groups: listed.names };
  if (type === 'object') return readClass(schema);
  if (type === 'array') return { kind: 'list', words: listed!, element: formOf(element!) };
  if (type === 'union') {
    const option = (wanted: string): Form => formOf(options!.find((one) => definitionOf(bare(one)).type === wanted)!);
    return { kind: 'choice', text: option('string'), other: option('object') };
  }
  const words = leafWords.get(schema);
  return { kind: 'leaf', words, fits: words?.fits ?? ((value) => schema.safeParse(value).success) };
}

function readClass(schema: z.ZodType): ClassForm {
  const { shape } = schema as unknown as { shape: Record<string, z.ZodType> };
  const isClosed = definitionOf(schema).catchall?.def.type === 'never';
  const names = isClosed ? new Set(Object.keys(shape)) : undefined;
  const form: ClassForm = { kind: 'class', words: classWords.get(schema)!, members: [], names };
  // Known before its members are read: an endorser is a profile, which may have endorsements.
  forms.set(schema, form);
  for (const [name, member] of Object.entries(shape))
    form.members.push({ name, form: formOf(member), required: definitionOf(member).type !== 'optional' });
  return form;
}
