// Only what is no credential at all fails here.
import t from 'tap';
import { checkFormat } from '../../../src/openbadges/checks/format.ts';
import type { Examination, Json } from '../../../src/openbadges/checks/examination.ts';

const judge = (credential: Json, jwt?: string) => checkFormat({ credential, jwt } as Examination);

void t.test('kinds and forms', async (t) => {
  t.match(judge({ type: ['VerifiableCredential', 'AchievementCredential'] }), {
    status: 'pass',
    code: 'json',
    message: /Open Badges 3.0/,
  });
  t.match(judge({ type: 'EndorsementCredential' }, 'a.b.c'), { code: 'jwt', message: /endorsement.*JWT/ });
  t.match(judge({ type: ['VerifiableCredential'] }), { message: /verifiable credential/ });
});

void t.test('neither type nor context: no credential', async (t) => {
  t.match(judge({ hello: 'world' }), { status: 'fail', code: 'not_a_credential' });
});
