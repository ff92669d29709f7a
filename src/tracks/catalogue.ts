// The catalogue: every published version of every track, read from the files beside it and checked once, at import.
//
// A published version never changes; its test pins its digest. To change what a track asks, add a file with the next
// version: learners stay on the version that they began.
import type { Requirement } from './requirement.ts';
import { unitsOf } from './requirement.ts';
import { parseTrack, type Texts, type Track } from './track.ts';
import { masteryOf, moduleSchema, stepTextsSchema, stepsOf, unitSchema, type Step, type Unit } from './unit.ts';
import modules from './catalogue/modules.json' with { type: 'json' };
import steps from './catalogue/steps.json' with { type: 'json' };
import core10 from './catalogue/tracks/core-1.0.json' with { type: 'json' };
import educator10 from './catalogue/tracks/educator-1.0.json' with { type: 'json' };
import government10 from './catalogue/tracks/government-1.0.json' with { type: 'json' };
import librarian10 from './catalogue/tracks/librarian-1.0.json' with { type: 'json' };
import commons from './catalogue/units/commons.json' with { type: 'json' };
import copyright from './catalogue/units/copyright.json' with { type: 'json' };
import educator from './catalogue/units/educator.json' with { type: 'json' };
import government from './catalogue/units/government.json' with { type: 'json' };
import legal from './catalogue/units/legal.json' with { type: 'json' };
import librarian from './catalogue/units/librarian.json' with { type: 'json' };
import licenses from './catalogue/units/licenses.json' with { type: 'json' };
import sociocultural from './catalogue/units/sociocultural.json' with { type: 'json' };
import using from './catalogue/units/using.json' with { type: 'json' };

export { TRACK_IDS } from './track.ts';

/** In the order of publication: the last version of a track is its current one. */
const TRACK_FILES: unknown[] = [core10, librarian10, educator10, government10];

const unitTexts = [commons, copyright, licenses, sociocultural, legal, using, librarian, educator, government]
  .flat()
  .map((unit) => unitSchema.parse(unit));

/** Every unit, under the title that most tracks give it. */
export const UNITS: ReadonlyMap<string, Unit> = new Map(unitTexts.map((unit) => [unit.key, unit]));

/** The texts that tracks share. */
export const TEXTS: Texts = {
  units: UNITS,
  modules: new Map(
    moduleSchema
      .array()
      .parse(modules)
      .map((module) => [module.id, module]),
  ),
  steps: stepTextsSchema.parse(steps),
};

/** Every published version of every track, current ones last of each. */
export const TRACKS: readonly Track[] = TRACK_FILES.map((file) => parseTrack(file, TEXTS));

/** Every step of the certification process. */
export const STEPS: ReadonlyMap<string, Step> = new Map(
  [
    ...[...TEXTS.modules.values()].map(masteryOf),
    ...[...new Set(TRACKS.map((track) => track.id))].flatMap((id) => stepsOf(id, TEXTS.steps)),
  ].map((step) => [step.key, step]),
);

/** Something that can be earned: a module's badge or a track's certificate. */
export interface Awardable {
  /** `core` for a certificate, `core/commons` for a module badge: the tail of the achievement's URL. */
  key: string;
  trackId: string;
  version: string;
  moduleId?: string;
  title: string;
  requirement: Requirement;
}

const byVersion = new Map(TRACKS.map((track) => [`${track.id} ${track.version}`, track]));
const current = new Map<string, Track>(TRACKS.map((track) => [track.id, track]));
const awardables = new Map(TRACKS.map((track) => [`${track.id} ${track.version}`, buildAwardables(track)]));

/** Everything that can be earned, in every version. */
export const AWARDABLES: readonly Awardable[] = [...awardables.values()].flat();

/** The version that whoever begins now begins with. @throws RangeError for an unknown track. */
export function currentTrack(id: string): Track {
  const track = current.get(id);
  if (!track) throw new RangeError(`There is no track "${id}".`);
  return track;
}

/** The current version of every track. */
export function currentTracks(): Track[] {
  return [...current.values()];
}

export function trackVersion(id: string, version: string): Track | undefined {
  return byVersion.get(`${id} ${version}`);
}

/** Whether a completion may name this key: a unit or a step. */
export function isKnownUnit(key: string): boolean {
  return UNITS.has(key) || STEPS.has(key);
}

/** Whether only a reviewer may report this activity: evidence and fee. */
export function needsReview(key: string): boolean {
  return STEPS.get(key)?.scope === 'reviews:write';
}

/** The title of a unit or a step; a key that nobody knows is its own title. */
export function titleOf(key: string): string {
  return (UNITS.get(key) ?? STEPS.get(key))?.title ?? key;
}

const counting = new Map<string, Track[]>();
for (const track of current.values())
  for (const key of unitsOf(track.requirement)) counting.set(key, [...(counting.get(key) ?? []), track]);

/** The tracks whose current version asks for this unit or step. */
export function tracksCounting(unit: string): Track[] {
  return counting.get(unit) ?? [];
}

/** What a version of a track awards, certificate first. */
export function awardablesOf(trackId: string, version: string): Awardable[] {
  return awardables.get(`${trackId} ${version}`) ?? [];
}

/** What an achievement's URL names: in the version asked for, else in the current one. */
export function findAwardable(key: string, version?: string): Awardable | undefined {
  const [trackId = ''] = key.split('/');
  const chosen = version ?? current.get(trackId)?.version ?? '';
  return awardablesOf(trackId, chosen).find((awardable) => awardable.key === key);
}

function buildAwardables(track: Track): Awardable[] {
  const { id: trackId, version, badges } = track;
  const certificate = { key: trackId, trackId, version, title: track.title, requirement: track.requirement };
  const series = track.title.replace(/ Certificate$/, '');
  return [
    ...(badges.certificate ? [certificate] : []),
    ...(badges.modules ? track.modules : []).map(({ id, title, units, mastery }): Awardable => {
      const key = `${trackId}/${id}`;
      return {
        key,
        trackId,
        version,
        moduleId: id,
        title: `${series}: ${title}`,
        requirement: {
          kind: 'allOf',
          id: key,
          title: `${series}: ${title}`,
          of: [
            { kind: 'module', module: id, units, title, titles: units.map(titleOf) },
            { kind: 'mastery', module: id, unit: mastery, title: titleOf(mastery) },
          ],
        },
      };
    }),
  ];
}
