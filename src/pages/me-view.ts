// What an earner sees of themselves, gathered from the rooms to the left.
import { progressReport, type TrackReport } from '../completions/progress.ts';
import { readStories } from '../completions/read-story.ts';
import { listCredentials, type StoredCredential } from '../credentials/store.ts';
import type { Consents } from '../learners/consents.ts';
import { readLearner, type LearnerRecord } from '../learners/store.ts';
import type { Service } from '../platform/service.ts';
import { findAwardable, titleOf, trackVersion } from '../tracks/catalogue.ts';

/** Who has to do something for a step to be laid. */
export type Step = 'unit' | 'mastery' | 'session' | 'evidence' | 'fee';

export interface MyTrack {
  title: string;
  report: TrackReport;
  /** What is missing, by who must act, in the order of the way. */
  next: { step: Step; titles: string[] }[];
}

export interface MyBadge {
  id: string;
  achievement: string;
  title: string;
  awardedAt: string;
  revokedAt: string | null;
  visibility: StoredCredential['visibility'];
}

export interface MeView {
  name: string | null;
  identifiers: LearnerRecord['identifiers'];
  consents: Consents;
  badges: MyBadge[];
  tracks: MyTrack[];
}

const STEPS: [Step, RegExp][] = [
  ['mastery', /^step\/mastery\//],
  ['session', /^step\/[^/]+\/session$/],
  ['evidence', /^step\/[^/]+\/evidence\//],
  ['fee', /^step\/[^/]+\/fee$/],
  ['unit', /^/],
];

/** Sorts what is missing by who must act. */
export function nextSteps(missing: readonly string[]): MyTrack['next'] {
  const stepOf = (key: string): Step => STEPS.find(([, pattern]) => pattern.test(key))![0];
  return (['unit', 'mastery', 'session', 'evidence', 'fee'] as const).flatMap((step) => {
    const titles = missing.filter((key) => stepOf(key) === step).map(titleOf);
    return titles.length > 0 ? [{ step, titles }] : [];
  });
}

const ofModule = ({ achievement }: StoredCredential): boolean => achievement.includes('/');

/** Gathers what somebody who is signed in sees; undefined when they are gone. */
export async function viewMe(service: Service, learnerId: string): Promise<MeView | undefined> {
  const { read } = service.db;
  const learner = await readLearner(read, learnerId, null);
  if (!learner) return undefined;
  const found = await listCredentials(read, { learner: learnerId, learnersOf: null, limit: 1000 });
  // Certificates first: the badges of modules are stones on the way to them.
  const credentials = found.sort((one, other) => Number(ofModule(one)) - Number(ofModule(other)));
  const story = (await readStories(read, [learnerId])).get(learnerId);
  const reports = story ? progressReport(story, service.config.publicUrl, null) : [];
  return {
    name: learner.name,
    identifiers: learner.identifiers,
    consents: learner.consents,
    badges: credentials.map((one) => ({
      id: one.id,
      achievement: one.achievement,
      title: findAwardable(one.achievement)?.title ?? one.achievement,
      awardedAt: one.awardedAt,
      revokedAt: one.revokedAt,
      visibility: one.visibility,
    })),
    tracks: reports.map((report) => ({
      title: trackVersion(report.track, report.version)?.title ?? report.track,
      report,
      next: nextSteps(report.missing),
    })),
  };
}
