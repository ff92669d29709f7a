// What must be done, as a tree: the one shape in which every track, module badge and later programme says what it asks.
//
// Leaves are activities with a key (`copyright/basics`, `step/core/fee`); groups ask for all, any or some of what stands
// in them. `module` is shorthand for all of its units. Titles may be given with any node; a track fills in those that
// its file leaves out, so that a verdict can be read without the catalogue.
//
// Pure. Node ids go into credentials as `resultDescription` ids (Open Badges 3.0, April 2025), so they never change.
import { z } from 'zod';

/** The four kinds of reviewed work. */
export const EVIDENCE_CATEGORIES = [
  'personal-toolkit',
  'community-engagement',
  'applied-practice',
  'module-mastery',
] as const;
export type EvidenceCategory = (typeof EVIDENCE_CATEGORIES)[number];

export type UnitNode = { kind: 'unit'; unit: string; title?: string | undefined };
/** `titles` are those of `units`, in their order. */
export type ModuleNode = {
  kind: 'module';
  module: string;
  units: string[];
  title?: string | undefined;
  titles?: string[] | undefined;
};
export type StepNode =
  | { kind: 'session' | 'fee'; unit: string; title?: string | undefined }
  | { kind: 'mastery'; module: string; unit: string; title?: string | undefined }
  | { kind: 'evidence'; category: EvidenceCategory; unit: string; title?: string | undefined };
export type GroupNode =
  | { kind: 'allOf' | 'anyOf'; id: string; title: string; of: Requirement[] }
  | { kind: 'atLeast'; id: string; title: string; n: number; of: Requirement[] };
export type LeafNode = UnitNode | StepNode;
export type Requirement = LeafNode | ModuleNode | GroupNode;

const slug = '[a-z0-9]+(?:-[a-z0-9]+)*';
const slugSchema = z.string().regex(new RegExp(`^${slug}$`), 'must be lower-case words joined by hyphens');
const title = z.string().min(1).optional();

/** `module/slug`, the same in every track. */
export const unitKeySchema = z
  .string()
  .regex(new RegExp(`^(?!step/)${slug}/${slug}$`), 'must be a unit key like copyright/basics');

const keyOf = (pattern: string, example: string) =>
  z.string().regex(new RegExp(`^${pattern}$`), `must be a step key like ${example}`);

/** The form of a requirement; what cannot be said in a form is checked by {@link requirementFaults}. */
export const requirementSchema: z.ZodType<Requirement> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('unit'), unit: unitKeySchema, title }),
    z.strictObject({
      kind: z.literal('module'),
      module: slugSchema,
      units: z.array(unitKeySchema).min(1),
      title,
      titles: z.array(z.string().min(1)).optional(),
    }),
    z.strictObject({ kind: z.literal('session'), unit: keyOf(`step/${slug}/session`, 'step/core/session'), title }),
    z.strictObject({ kind: z.literal('fee'), unit: keyOf(`step/${slug}/fee`, 'step/core/fee'), title }),
    z.strictObject({
      kind: z.literal('mastery'),
      module: slugSchema,
      unit: keyOf(`step/mastery/${slug}`, 'step/mastery/copyright'),
      title,
    }),
    z.strictObject({
      kind: z.literal('evidence'),
      category: z.enum(EVIDENCE_CATEGORIES),
      unit: keyOf(`step/${slug}/evidence/${slug}`, 'step/core/evidence/personal-toolkit'),
      title,
    }),
    groupSchema(z.enum(['allOf', 'anyOf'])),
    groupSchema(z.literal('atLeast')).extend({ n: z.int().min(1) }),
  ]),
);

function groupSchema<K extends z.ZodType<string>>(kind: K) {
  return z.strictObject({
    kind,
    id: z.string().regex(new RegExp(`^${slug}(?:/${slug})*$`), 'must be a readable id like electives'),
    title: z.string().min(1),
    of: z.array(requirementSchema).min(1),
  });
}

/** The id of a node: of a leaf its activity's key, of a module the module's, of a group its own. */
export function nodeId(node: Requirement): string {
  if ('unit' in node) return node.unit;
  return node.kind === 'module' ? node.module : node.id;
}

const moduleUnits = new WeakMap<ModuleNode, UnitNode[]>();

/** What stands below a node; a module's units stand below it as leaves. */
export function childrenOf(node: Requirement): readonly Requirement[] {
  if ('of' in node) return node.of;
  if (node.kind !== 'module') return [];
  let units = moduleUnits.get(node);
  if (!units) {
    units = node.units.map((unit, n) => ({ kind: 'unit', unit, title: node.titles?.[n] }));
    moduleUnits.set(node, units);
  }
  return units;
}

/** How many of its children a node asks for; 1 for a leaf. */
export function requiredOf(node: Requirement): number {
  switch (node.kind) {
    case 'allOf':
      return node.of.length;
    case 'atLeast':
      return node.n;
    case 'module':
      return node.units.length;
    default:
      return 1;
  }
}

const unitSets = new WeakMap<Requirement, ReadonlySet<string>>();

/** Every activity that counts in a requirement. The set is made once for each requirement. */
export function unitsOf(requirement: Requirement): ReadonlySet<string> {
  const known = unitSets.get(requirement);
  if (known) return known;
  const found = new Set<string>();
  const walk = (node: Requirement): void => {
    if ('unit' in node) found.add(node.unit);
    else if (node.kind === 'module') for (const unit of node.units) found.add(unit);
    else node.of.forEach(walk);
  };
  walk(requirement);
  unitSets.set(requirement, found);
  return found;
}

/** A fault in a track, and where it is (RFC 6901). */
export interface Fault {
  pointer: string;
  detail: string;
}

/**
 * What a form cannot say: ids and activities stand once, `n` can be reached, steps agree with their keys.
 * @param pointer where the requirement stands in the document.
 */
export function requirementFaults(requirement: Requirement, pointer = ''): Fault[] {
  const faults: Fault[] = [];
  const seen = new Map<string, string>();
  const note = (id: string, at: string): void => {
    const first = seen.get(id);
    if (first !== undefined) faults.push({ pointer: at, detail: `"${id}" stands already at ${first || '/'}.` });
    else seen.set(id, at);
  };
  const walk = (node: Requirement, at: string): void => {
    note(nodeId(node), at);
    if (node.kind === 'atLeast' && node.n > node.of.length)
      faults.push({ pointer: `${at}/n`, detail: `asks for ${node.n} of ${node.of.length}: nobody can reach that.` });
    if (node.kind === 'mastery' && node.unit !== `step/mastery/${node.module}`)
      faults.push({ pointer: `${at}/unit`, detail: `must be step/mastery/${node.module}, after its module.` });
    if (node.kind === 'evidence' && !node.unit.endsWith(`/evidence/${node.category}`))
      faults.push({ pointer: `${at}/unit`, detail: `must end in /evidence/${node.category}, after its category.` });
    if (node.kind === 'module' && node.titles && node.titles.length !== node.units.length)
      faults.push({ pointer: `${at}/titles`, detail: 'must give one title for each of units, or be left out.' });
    if (node.kind === 'module') node.units.forEach((unit, n) => note(unit, `${at}/units/${n}`));
    if ('of' in node) node.of.forEach((child, n) => walk(child, `${at}/of/${n}`));
  };
  walk(requirement, pointer);
  return faults;
}
