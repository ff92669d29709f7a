// How far a learner is, in each track they walk.
import { trackVersion } from '../tracks/catalogue.ts';
import { evaluate, progressIn, progressOf, satisfiedBy, type VerdictNode } from '../tracks/evaluate.ts';
import { satisfiedUnits } from '../tracks/satisfied-units.ts';
import { mayAward, type LearnerStory } from './learner-story.ts';

/** How far in one track, in numbers. */
export interface TrackProgress {
  track: string;
  version: string;
  unitsDone: number;
  unitsRequired: number;
  stepsDone: number;
  stepsRequired: number;
  complete: boolean;
}

/** How far, what is done, what is missing, and what stands in the way. */
export interface TrackReport extends TrackProgress {
  /** Live credential of this track, if there is one. */
  credential?: string;
  /** Complete and yet without a badge: why. */
  withheld?: string;
  missing: string[];
  done: string[];
  requirement: VerdictNode;
}

/** The numbers of every track a learner walks. */
export function progressNumbers(story: LearnerStory): TrackProgress[] {
  const satisfied = satisfiedUnits(story.history);
  return [...story.enrolments].flatMap(([trackId, version]) => {
    const track = trackVersion(trackId, version);
    if (!track) return [];
    return [{ track: trackId, version, ...progressIn(track.requirement, satisfied) }];
  });
}

/**
 * The whole report of every track a learner walks: "what is missing", "why did she get it".
 * @param sources whose completions may be named in it; null names all.
 */
export function progressReport(story: LearnerStory, publicUrl: string, sources: string[] | null): TrackReport[] {
  const satisfied = satisfiedBy(story.history);
  const seesAll = sources === null || story.history.every((record) => sources.includes(record.source));
  return [...story.enrolments].flatMap(([trackId, version]) => {
    const track = trackVersion(trackId, version);
    if (!track) return [];
    const verdict = evaluate(track, satisfied);
    const live = story.standings.find((one) => one.achievement === trackId && one.revokedAt === null);
    const withheld =
      verdict.complete && !live
        ? mayAward(story.standings, trackId)
          ? 'It is awarded with the next record of this learner.'
          : 'It was revoked. A registrar can lift the revocation, or a required activity is completed anew.'
        : undefined;
    return [
      {
        track: trackId,
        version,
        ...progressOf(track, verdict),
        complete: verdict.complete,
        ...(live && { credential: `${publicUrl}/credentials/${live.id}` }),
        ...(withheld && { withheld }),
        missing: [...new Set(verdict.root.missing)],
        done: [...doneBelow(verdict.root)],
        requirement: seesAll ? verdict.root : seenBy(verdict.root, sources),
      },
    ];
  });
}

function doneBelow(node: VerdictNode, done = new Set<string>()): Set<string> {
  if (node.children) for (const child of node.children) doneBelow(child, done);
  else if (node.satisfiedBy) done.add(node.id);
  return done;
}

/** A verdict without the completions of sources that the caller does not speak for. */
function seenBy(node: VerdictNode, sources: string[]): VerdictNode {
  const { satisfiedBy, children } = node;
  return {
    ...node,
    ...(satisfiedBy && { satisfiedBy: satisfiedBy.filter((one) => sources.includes(one.source)) }),
    ...(children && { children: children.map((child) => seenBy(child, sources)) }),
  };
}
