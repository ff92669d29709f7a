// What is recognised, in the standard's words: the Achievement of a badge or a certificate, and the Results that say why
// somebody has it.
//
// One result description and one result for each top-level node of the requirement: that keeps *why* in the credential
// itself and the credential small; the whole verdict is in the award record. A result counts and never says how a step
// was met: that a fee was waived is nobody's business.
//
// Open Badges 3.0 (1EdTech, April 2025): Achievement, Alignment, ResultDescription, Result.
import type { Achievement } from '../openbadges/achievement.ts';
import type { Profile } from '../openbadges/profile.ts';
import type { Alignment, Result, ResultDescription } from '../openbadges/result.ts';
import type { Awardable } from './catalogue.ts';
import { narrativeOf, nounFor, trackOf } from './criteria.ts';
import type { Verdict, VerdictNode } from './evaluate.ts';
import { nodeId, type Requirement } from './requirement.ts';
import type { AlignmentTarget } from './unit.ts';

/** The URL that is an achievement's id, and its page. */
export function achievementUrl(publicUrl: string, key: string): string {
  return `${publicUrl}/achievements/${key}`;
}

/** What an awardable is about, in two sentences. */
export function descriptionOf(awardable: Awardable): string {
  const track = trackOf(awardable);
  const module = track.modules.find((one) => one.id === awardable.moduleId);
  return module ? `A module of the ${track.title}. ${module.summary}` : track.description;
}

/** The picture in words, for whoever cannot see it. */
export function imageCaption(awardable: Awardable): string {
  return awardable.moduleId === undefined
    ? `A cairn of six coloured stones in a ring: ${awardable.title}`
    : `A cairn of six stones, one of them lit: ${awardable.title}`;
}

/**
 * Builds an Achievement.
 * @param issuer becomes the creator, by id and name.
 */
export function buildAchievement(awardable: Awardable, publicUrl: string, issuer: Profile): Achievement {
  const id = achievementUrl(publicUrl, awardable.key);
  const alignment = alignmentOf(awardable);
  return {
    id,
    type: ['Achievement'],
    name: awardable.title,
    description: descriptionOf(awardable),
    criteria: { id, narrative: narrativeOf(awardable) },
    achievementType: awardable.moduleId === undefined ? 'Certificate' : 'Badge',
    creator: { id: issuer.id, type: ['Profile'], ...(issuer.name !== undefined && { name: issuer.name }) },
    image: { id: `${id}/image.png`, type: 'Image', caption: imageCaption(awardable) },
    ...(alignment.length > 0 && { alignment }),
    resultDescription: topLevelOf(awardable.requirement).map((node): ResultDescription => ({
      id: resultId(id, nodeId(node)),
      type: ['ResultDescription'],
      name: node.title ?? nodeId(node),
      resultType: 'Status',
    })),
    tag: trackOf(awardable).tags,
    inLanguage: 'en',
    version: awardable.version,
  };
}

/** Builds the results of a verdict: "4 of 4 units", "3 units, at least 2 required". */
export function buildResults(awardable: Awardable, verdict: Verdict, publicUrl: string): Result[] {
  const id = achievementUrl(publicUrl, awardable.key);
  const nodes = awardable.requirement.kind === 'allOf' ? (verdict.root.children ?? []) : [verdict.root];
  return nodes.map((node) => ({
    type: ['Result'],
    resultDescription: resultId(id, node.id),
    status: node.complete ? 'Completed' : 'InProgress',
    value: countOf(node),
  }));
}

function topLevelOf(requirement: Requirement): readonly Requirement[] {
  return requirement.kind === 'allOf' ? requirement.of : [requirement];
}

function resultId(achievementId: string, node: string): string {
  return `${achievementId}#result-${node}`;
}

function countOf(node: VerdictNode): string {
  const kinds = node.children?.map((child) => child.kind) ?? [];
  const noun = (count: number): string => nounFor(node.kind, kinds, count);
  if (node.kind === 'atLeast') return `${node.done} ${noun(node.done)}, at least ${node.required} required`;
  return `${Math.min(node.done, node.required)} of ${node.required} ${noun(node.required)}`;
}

/** A module's own targets; a certificate has its track's and those of the modules that it teaches. */
function alignmentOf(awardable: Awardable): Alignment[] {
  const track = trackOf(awardable);
  const modules = track.modules.filter(({ id }) => awardable.moduleId === undefined || id === awardable.moduleId);
  const targets: AlignmentTarget[] = [
    ...((awardable.moduleId === undefined && track.alignment) || []),
    ...modules.flatMap((module) => module.alignment ?? []),
  ];
  const once = new Map(targets.map((target) => [target.targetUrl, target]));
  return [...once.values()].map((target) => ({ type: ['Alignment'], ...target }));
}
