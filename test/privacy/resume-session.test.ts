// A session lasts while it is used, for a day at most.
import t from 'tap';
import { endSession, resumeSession } from '../../src/privacy/resume-session.ts';
import { issueCommons } from '../credentials/issued.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { everyTable, signIn } from './earner.ts';

const HOUR_MS = 3_600_000;

await onEachDatabase(t, 'a session that is used goes on, one that is not ends after two hours', async (t, service) => {
  const { learnerId } = await issueCommons(service);
  const session = await signIn(service, learnerId);
  for (let n = 0; n < 3; n += 1) {
    service.clock.advance(1.5 * HOUR_MS);
    t.equal(await resumeSession(service, session), learnerId);
  }
  service.clock.advance(2 * HOUR_MS);
  t.equal(await resumeSession(service, session), undefined);
});

await onEachDatabase(t, 'after a day it ends, however much it is used', async (t, service) => {
  const { learnerId } = await issueCommons(service);
  const session = await signIn(service, learnerId);
  for (let n = 0; n < 23; n += 1) {
    service.clock.advance(HOUR_MS);
    t.equal(await resumeSession(service, session), learnerId);
  }
  service.clock.advance(HOUR_MS);
  t.equal(await resumeSession(service, session), undefined);
});

await onEachDatabase(
  t,
  'signing out ends this session and no other, and no table holds the secret',
  async (t, service) => {
    const { learnerId } = await issueCommons(service);
    const [here, there] = [await signIn(service, learnerId), await signIn(service, learnerId)];
    for (const [table, text] of await everyTable(service)) t.notOk(text.includes(here), table);
    await endSession(service, here);
    t.equal(await resumeSession(service, here), undefined);
    t.equal(await resumeSession(service, there), learnerId);
    t.equal(await resumeSession(service, ''), undefined);
  },
);
