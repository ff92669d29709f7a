// The criteria of an achievement as people read them: what was asked, and what an earner can do because of it.
//
// Written from the requirement itself, so that the words in a badge cannot say other things than the rule that gave it.
// Markdown without raw HTML (Open Badges 3.0, April 2025, Criteria.narrative).
import type { Awardable } from './catalogue.ts';
import { trackVersion } from './catalogue.ts';
import { childrenOf, nodeId, requiredOf, type Requirement } from './requirement.ts';
import type { Track } from './track.ts';

const NOUNS: Record<Requirement['kind'], [one: string, many: string]> = {
  unit: ['unit', 'units'],
  module: ['module', 'modules'],
  session: ['session', 'sessions'],
  mastery: ['summit quest', 'summit quests'],
  evidence: ['kind of evidence', 'kinds of evidence'],
  fee: ['step', 'steps'],
  allOf: ['part', 'parts'],
  anyOf: ['part', 'parts'],
  atLeast: ['part', 'parts'],
};

/** What the parts of a node are called, for a count of them: "4 units", "1 summit quest". */
export function nounFor(kind: Requirement['kind'], childKinds: Requirement['kind'][], count: number): string {
  const [first = kind] = childKinds;
  const named = childKinds.every((other) => other === first) ? first : 'allOf';
  return NOUNS[named][count === 1 ? 0 : 1];
}

/** The track that an awardable belongs to. @throws RangeError where its version is not published. */
export function trackOf(awardable: Awardable): Track {
  const track = trackVersion(awardable.trackId, awardable.version);
  if (!track) throw new RangeError(`There is no version ${awardable.version} of the track "${awardable.trackId}".`);
  return track;
}

function titleOf(node: Requirement): string {
  return node.title ?? nodeId(node);
}

function clause(node: Requirement): string {
  const children = childrenOf(node);
  if (children.length === 0) return titleOf(node);
  const some = node.kind === 'atLeast' || node.kind === 'anyOf';
  const asked = some ? `at least ${requiredOf(node)} of ${children.length}` : `all ${children.length}`;
  const units = children.every((child) => child.kind === 'unit') ? ' units' : '';
  // The units of a module and its summit quest stand on its own page; what is peculiar to a track is named.
  const named = node.kind !== 'module' && children.some((child) => child.kind !== 'mastery');
  return `${titleOf(node)} (${asked}${units})${named ? `: ${children.map(titleOf).join('; ')}` : ''}`;
}

function bullets(lines: string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

const narratives = new WeakMap<Awardable, string>();

/** The narrative of an awardable. Written once for each. */
export function narrativeOf(awardable: Awardable): string {
  const known = narratives.get(awardable);
  if (known !== undefined) return known;
  const track = trackOf(awardable);
  const written = awardable.moduleId === undefined ? certificateText(awardable, track) : moduleText(awardable, track);
  narratives.set(awardable, written);
  return written;
}

function moduleText(awardable: Awardable, track: Track): string {
  const asked = childrenOf(awardable.requirement).flatMap((node) =>
    node.kind === 'module' ? childrenOf(node).map(titleOf) : [titleOf(node)],
  );
  const keys = new Set(track.modules.find((module) => module.id === awardable.moduleId)?.units);
  const outcomes = track.units.filter((unit) => keys.has(unit.key)).flatMap((unit) => unit.outcomes ?? []);
  const text = `Earned by completing everything in the module:\n\n${bullets(asked)}`;
  return outcomes.length > 0 ? `${text}\n\nWhat it teaches:\n\n${bullets(outcomes)}` : text;
}

function certificateText(awardable: Awardable, track: Track): string {
  const asked = awardable.requirement.kind === 'allOf' ? awardable.requirement.of : [awardable.requirement];
  return (
    `Awarded when all of this is met:\n\n${bullets(asked.map(clause))}\n\n` +
    `What it prepares people to do:\n\n${bullets(track.outcomes)}`
  );
}
