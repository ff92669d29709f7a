// Everything of theirs and nothing of anybody else's.
import { strFromU8, unzipSync } from 'fflate';
import t from 'tap';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { credentialJwt } from '../../src/credentials/make-jwt.ts';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { unbakePng } from '../../src/openbadges/baking/png.ts';
import { exportArchive, exportLearner } from '../../src/privacy/export-learner.ts';
import { record, submission } from '../completions/submissions.ts';
import { issueCommons, learner, readIssued } from '../credentials/issued.ts';
import { onEachDatabase } from '../platform/test-service.ts';

await onEachDatabase(t, 'the document holds what every table holds of them, and of nobody else', async (t, service) => {
  const badge = await issueCommons(service, 'ada', { name: 'Ada Example', consents: { name: true } });
  await issueCommons(service, 'bob', { name: 'Bob Other' });
  await recordCompletions(service, [submission(record('not/a-unit', 'ada', { learner: learner('ada') }))]);
  await revokeCredential(service, badge.id, 'holder_request', 'At her wish.');
  const everything = (await exportLearner(service, badge.learnerId)) as Record<string, { length: number }>;
  t.match(everything, {
    learner: {
      id: badge.learnerId,
      name: 'Ada Example',
      identifiers: [
        { type: 'account', value: 'ada' },
        { type: 'email', value: 'ada@example.edu' },
      ],
      consents: { name: { granted: true } },
      sources: ['https://moodle.example.edu'],
    },
    enrolments: [{ track: 'core', version: '1.0' }],
    waiting: [{ reason: 'unknown_unit' }],
    badges: [{ achievement: 'core/commons', reason: 'holder_request', credential: JSON.parse(badge.json) as object }],
    awards: [{ type: 'AwardRecord' }],
  });
  t.equal(everything.completions?.length, 5);
  t.notMatch(JSON.stringify(everything), /Bob Other|bob@|"bob"/);
  await t.rejects(exportLearner(service, badge.id), { code: 'learner_unknown' });
});

await onEachDatabase(t, 'the ZIP holds each badge byte by byte as it is served', async (t, service) => {
  const badge = await issueCommons(service);
  const files = unzipSync(await exportArchive(service, badge.learnerId));
  const name = `badges/core-commons-${badge.id.slice(0, 8)}`;
  t.same(Object.keys(files).sort(), ['everything.json', `${name}.json`, `${name}.jwt`, `${name}.png`].sort());
  t.equal(strFromU8(files[`${name}.json`]!), badge.json);
  t.equal(strFromU8(files[`${name}.jwt`]!), await credentialJwt(service, await readIssued(service, badge.id)));
  t.equal(unbakePng(Buffer.from(files[`${name}.png`]!)).text, badge.json);
  t.match(JSON.parse(strFromU8(files['everything.json']!)), { learner: { id: badge.learnerId } });
});
