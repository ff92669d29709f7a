// A track: what a certificate asks, in one version that never changes once it is published.
//
// The file of a track says which units in which order, under which titles, and what is required. `parseTrack` joins it
// with the shared texts of units and modules into one self-contained document, the document that is digested, served
// and bound into awards. SHA-256 over its JSON Canonicalization Scheme form (RFC 8785, June 2020).
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { z } from 'zod';
import {
  requirementFaults,
  requirementSchema,
  unitKeySchema,
  unitsOf,
  type Fault,
  type Requirement,
} from './requirement.ts';
import { alignmentSchema, masteryOf, stepsOf, textSchema } from './unit.ts';
import type { AlignmentTarget, ModuleText, StepTexts, Step, Unit } from './unit.ts';

export const TRACK_IDS = ['core', 'librarian', 'educator', 'government'] as const;
export type TrackId = (typeof TRACK_IDS)[number];

/** Beyond a dozen, the `result` list of a certificate stops being something that people read. */
export const TOP_LEVEL_LIMIT = 12;

/** A unit in a track's list, with what this version says otherwise than the shared text, which older ones rest on. */
const listed = z.union([
  unitKeySchema,
  z.strictObject({
    unit: unitKeySchema,
    title: textSchema.optional(),
    summary: textSchema.optional(),
    outcomes: z.array(textSchema).min(1).optional(),
  }),
]);

/** The file of a track, as it stands in `catalogue/tracks`. */
const trackFileSchema = z.strictObject({
  id: z.enum(TRACK_IDS),
  version: z.string().regex(/^\d+\.\d+$/, 'must be like 1.0'),
  title: textSchema,
  description: textSchema,
  audience: textSchema,
  outcomes: z.array(textSchema).min(1),
  tags: z.array(textSchema).min(1),
  alignment: z.array(alignmentSchema).min(1).optional(),
  source: z.strictObject({ repository: z.url(), commit: z.string(), version: textSchema }),
  modules: z.array(z.strictObject({ module: z.string(), units: z.array(listed).min(1) })).min(1),
  groups: z.array(
    z.strictObject({ id: z.string(), title: textSchema, required: z.int().min(0), units: z.array(listed).min(1) }),
  ),
  badges: z.strictObject({ certificate: z.boolean(), modules: z.boolean() }),
  requirement: requirementSchema,
});
export type TrackFile = z.infer<typeof trackFileSchema>;

/** A module as a track teaches it: its units in the track's order. */
export interface Module {
  id: string;
  title: string;
  summary: string;
  units: string[];
  mastery: string;
  alignment?: AlignmentTarget[];
}

/** Units beside the modules; none of them is asked for where `required` is 0. */
export interface Group {
  id: string;
  title: string;
  required: number;
  units: string[];
}

export interface Track {
  id: TrackId;
  version: string;
  title: string;
  description: string;
  audience: string;
  outcomes: string[];
  tags: string[];
  alignment?: AlignmentTarget[];
  source: TrackFile['source'];
  modules: Module[];
  groups: Group[];
  /** Every unit of the track under the track's own title, in its order. */
  units: Unit[];
  steps: Step[];
  badges: TrackFile['badges'];
  requirement: Requirement;
  /** `sha256-` and the hexadecimal SHA-256 of the JCS form of all the other members. */
  digest: string;
}

/** The texts that tracks share. */
export interface Texts {
  units: ReadonlyMap<string, Unit>;
  modules: ReadonlyMap<string, ModuleText>;
  steps: StepTexts;
}

/** A track file that cannot be published, and why. */
export class TrackFaults extends Error {
  readonly faults: Fault[];
  constructor(faults: Fault[]) {
    super(faults.map((fault) => `${fault.pointer || '/'}: ${fault.detail}`).join('\n'));
    this.name = 'TrackFaults';
    this.faults = faults;
  }
}

/**
 * The digest of a track's content.
 * @param content the track; a `digest` member in it is left out.
 */
export function digestOf(content: object): string {
  const { digest: _digest, ...rest } = content as { digest?: string };
  return `sha256-${createHash('sha256')
    .update(canonicalize(rest) as string)
    .digest('hex')}`;
}

/**
 * Reads the file of a track and joins it with the shared texts.
 * @throws TrackFaults naming every fault with its pointer.
 */
export function parseTrack(file: unknown, texts: Texts): Track {
  const parsed = trackFileSchema.safeParse(file);
  if (!parsed.success)
    throw new TrackFaults(
      parsed.error.issues.map((issue) => ({
        pointer: issue.path.map((part) => `/${String(part)}`).join(''),
        detail: issue.message,
      })),
    );
  const { modules, groups, requirement, ...facts } = parsed.data;
  const units: Unit[] = [];
  const faults: Fault[] = [];
  const list = (entries: z.infer<typeof listed>[], pointer: string): string[] =>
    entries.map((entry, n) => {
      const key = typeof entry === 'string' ? entry : entry.unit;
      const unit = texts.units.get(key);
      if (!unit) faults.push({ pointer: `${pointer}/${n}`, detail: `there is no unit "${key}" in the catalogue.` });
      else if (units.some((other) => other.key === key))
        faults.push({ pointer: `${pointer}/${n}`, detail: `"${key}" is listed twice.` });
      else units.push(typeof entry === 'string' ? unit : reworded(unit, entry));
      return key;
    });
  const taught = modules.flatMap(({ module: id, units: entries }, n): Module[] => {
    const keys = list(entries, `/modules/${n}/units`);
    const text = texts.modules.get(id);
    if (!text) {
      faults.push({ pointer: `/modules/${n}/module`, detail: `there is no module "${id}" in the catalogue.` });
      return [];
    }
    const { mastery, ...rest } = text;
    return [{ ...rest, units: keys, mastery: mastery.unit }];
  });
  const beside = groups.map((group, n) => ({ ...group, units: list(group.units, `/groups/${n}/units`) }));
  const masteries = taught.map(({ id }) => masteryOf(texts.modules.get(id) as ModuleText));
  const steps = [...stepsOf(facts.id, texts.steps), ...masteries];

  faults.push(...requirementFaults(requirement, '/requirement'), ...belongingFaults(requirement, units, steps));
  if (faults.length > 0) throw new TrackFaults(faults);
  const titles = new Map([...units, ...steps].map((one) => [one.key, one.title]));
  const content = {
    ...facts,
    modules: taught,
    groups: beside,
    units,
    steps,
    requirement: withTitles(requirement, titles, new Map(taught.map((module) => [module.id, module.title]))),
  };
  return { ...content, digest: digestOf(content) };
}

/** A unit with the words of one version of a track. */
function reworded(unit: Unit, { unit: _key, ...words }: { unit: string } & Partial<Unit>): Unit {
  return { ...unit, ...words, content: words.outcomes ? 'authored' : unit.content };
}

/** What a requirement may ask: activities of its own track, and a dozen things at the top. */
function belongingFaults(requirement: Requirement, units: Unit[], steps: Step[]): Fault[] {
  const faults: Fault[] = [];
  if ('of' in requirement && requirement.of.length > TOP_LEVEL_LIMIT)
    faults.push({
      pointer: '/requirement/of',
      detail: `holds more than ${TOP_LEVEL_LIMIT} entries: put some in a group.`,
    });
  const known = new Set([...units, ...steps].map((one) => one.key));
  for (const key of unitsOf(requirement))
    if (!known.has(key))
      faults.push({ pointer: '/requirement', detail: `asks for "${key}", which the track does not list.` });
  return faults;
}

/** A requirement whose every node says its title, so that verdicts are read without the catalogue. */
function withTitles(node: Requirement, titles: Map<string, string>, moduleTitles: Map<string, string>): Requirement {
  const titleOf = (key: string): string => titles.get(key) ?? key;
  if ('of' in node) return { ...node, of: node.of.map((child) => withTitles(child, titles, moduleTitles)) };
  if (node.kind === 'module')
    return {
      ...node,
      title: node.title ?? moduleTitles.get(node.module) ?? node.module,
      titles: node.units.map(titleOf),
    };
  return { ...node, title: node.title ?? titleOf(node.unit) };
}
