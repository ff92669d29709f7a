// Everything we hold of an earner, for them to take along (Regulation (EU) 2016/679, Articles 15 and 20): one JSON
// document, and a ZIP of it with their badges as the files that wallets and verifiers take.
import { strToU8, zipSync, type Zippable } from 'fflate';
import { listCompletions, readEnrolments } from '../completions/store.ts';
import { readParkedOf } from '../completions/privacy-store.ts';
import { bakeCredential } from '../credentials/bake-credential.ts';
import { credentialJwt } from '../credentials/make-jwt.ts';
import { listAwardRecords } from '../credentials/privacy-store.ts';
import { listCredentials, type StoredCredential } from '../credentials/store.ts';
import { listSources } from '../learners/privacy-store.ts';
import { readLearner } from '../learners/store.ts';
import { Problem } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';

/** More than anybody has. */
const ALL = 100_000;

/** The badges whose words are still there. */
async function badgesOf(service: Service, learnerId: string): Promise<(StoredCredential & { json: string })[]> {
  const found = await listCredentials(service.db.read, { learner: learnerId, learnersOf: null, limit: ALL });
  return found.flatMap((one) => (one.json === null ? [] : [{ ...one, json: one.json }]));
}

/**
 * Everything we hold of a learner, as JSON.
 * @throws Problem learner_unknown (404).
 */
export async function exportLearner(service: Service, learnerId: string): Promise<object> {
  const { read } = service.db;
  const learner = await readLearner(read, learnerId, null);
  if (!learner) throw new Problem('learner_unknown', 404, 'There is no learner with this id.');
  const completions = await listCompletions(read, { learner: learnerId, sources: null, limit: ALL });
  const badges = await badgesOf(service, learnerId);
  return {
    exportedAt: service.now().toISOString(),
    learner: {
      id: learner.id,
      name: learner.name,
      identifiers: learner.identifiers.map(({ kind, authority, value, source }) => ({
        type: kind,
        ...(authority && { homePage: authority }),
        value,
        source,
      })),
      consents: learner.consents,
      knownSince: new Date(learner.createdAt).toISOString(),
      sources: await listSources(read, learnerId),
    },
    enrolments: (await readEnrolments(read, [learnerId])).map(({ trackId, version }) => ({ track: trackId, version })),
    completions: completions.map(({ learner: _, sequence, ...rest }) => ({ ...rest, sequence: Number(sequence) })),
    waiting: await readParkedOf(read, learnerId, learner.identifiers),
    badges: badges.map((badge) => ({
      url: `${service.config.publicUrl}/credentials/${badge.id}`,
      achievement: badge.achievement,
      awardedAt: badge.awardedAt,
      visibility: badge.visibility,
      ...(badge.revokedAt && {
        revokedAt: badge.revokedAt,
        reason: badge.revocationReason,
        sentence: badge.revocationSentence,
      }),
      credential: JSON.parse(badge.json),
    })),
    awards: (await listAwardRecords(read, learnerId)).map((record) => JSON.parse(record)),
  };
}

/**
 * The same as a ZIP, with each badge as signed JSON, as a JWT and as a picture with the badge in it.
 * @throws Problem learner_unknown (404).
 */
export async function exportArchive(service: Service, learnerId: string): Promise<Buffer> {
  const files: Zippable = {
    'everything.json': strToU8(JSON.stringify(await exportLearner(service, learnerId), null, 2)),
  };
  for (const badge of await badgesOf(service, learnerId)) {
    const name = `badges/${badge.achievement.replace('/', '-')}-${badge.id.slice(0, 8)}`;
    files[`${name}.json`] = strToU8(badge.json);
    const jwt = await credentialJwt(service, badge);
    if (jwt !== null) files[`${name}.jwt`] = strToU8(jwt);
    // A PNG is compressed already.
    files[`${name}.png`] = [await bakeCredential(service.workers, badge, 'png'), { level: 0 }];
  }
  return Buffer.from(zipSync(files, { mtime: service.now() }));
}
