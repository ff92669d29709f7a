// What has run out is swept up, and nothing else.
import t from 'tap';
import { resumeSession } from '../../src/privacy/resume-session.ts';
import { requestClaim } from '../../src/privacy/request-claim.ts';
import { tidyClaims } from '../../src/privacy/tidy-claims.ts';
import { issueCommons } from '../credentials/issued.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { everyTable, linkToken, signIn } from './earner.ts';

await onEachDatabase(
  t,
  'an address that was typed is gone an hour later, a session when it has ended',
  async (t, service) => {
    const { learnerId } = await issueCommons(service);
    await requestClaim(service, { email: 'typed@example.edu', language: 'en' });
    await linkToken(service, learnerId);
    const session = await signIn(service, learnerId);
    await tidyClaims(service);
    t.match((await everyTable(service)).get('public.claims'), /typed@example\.edu/);
    service.clock.advance(3_600_000);
    await tidyClaims(service);
    t.equal((await everyTable(service)).get('public.claims'), '');
    t.equal(await resumeSession(service, session), learnerId);
    service.clock.advance(7_200_000);
    await tidyClaims(service);
    t.equal((await everyTable(service)).get('public.sessions'), '');
  },
);
