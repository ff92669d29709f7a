// A test badge is signed in earnest and leaves nothing behind but a place that is not given again.
import { sql } from '../../src/platform/sql.ts';
import { decodeProtectedHeader } from 'jose';
import t from 'tap';
import { issueSpecimen } from '../../src/credentials/issue-specimen.ts';
import { countersTaken } from '../../src/credentials/status-store.ts';
import { rows } from '../../src/platform/database.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { verifiesElsewhere } from './vc-api-caller.ts';

await onEachDatabase(t, 'it verifies for ten minutes, for nobody, and is kept nowhere', async (t, service) => {
  const { credential, jwt, keys } = await issueSpecimen(service);
  t.ok(await verifiesElsewhere(service, credential));
  t.match(credential, { id: /^urn:uuid:/, validFrom: '2026-03-04T12:00:00Z', validUntil: '2026-03-04T12:10:00Z' });
  t.notMatch(JSON.stringify(credential), /identityHash/);
  t.match(decodeProtectedHeader(jwt), { alg: 'RS256', kid: /^https:\/\/badges\.example\.org\/keys\// });
  const proof = (credential.proof as { verificationMethod: string }[])[0]!;
  t.ok(keys.includes(proof.verificationMethod) && keys.includes(decodeProtectedHeader(jwt).kid!));
  for (const table of ['credentials', 'awards', 'posted_credentials'])
    t.same(await rows(service.db.read, sql.raw(`select 1 from ${table}`)), [], table);
  t.equal(await countersTaken(service.db.read), 1);
});
