// Whose badge is it: compared with what the asker knows, and never guessed.
import t from 'tap';
import { checkRecipient } from '../../../src/openbadges/checks/recipient.ts';
import { hashIdentity } from '../../../src/openbadges/recipient.ts';

const email = (identifier: string) => ({ identities: [{ identityType: 'emailAddress', identifier }] });
const holder = (identity: object) => ({
  credentialSubject: { id: 'did:example:ada', identifier: [{ type: 'IdentityObject', ...identity }] },
});
const hashed = holder({
  hashed: true,
  identityType: 'emailAddress',
  salt: 'sea',
  identityHash: hashIdentity('ada@example.edu', 'sea'),
});

void t.test('a hashed e-mail, as given and in lower case as a step of its own', async (t) => {
  t.match(checkRecipient(hashed, email('ada@example.edu')), {
    status: 'pass',
    code: 'recipient_matches',
    details: { steps: [{ step: 'as_given', matched: true }] },
  });
  t.match(checkRecipient(hashed, email('Ada@Example.edu')), {
    status: 'pass',
    code: 'recipient_matches_lower_case',
    details: { steps: [{ matched: false }, { step: 'lower_case', matched: true }] },
  });
  t.match(checkRecipient(hashed, email('bob@example.edu')), { status: 'fail', code: 'recipient_mismatch' });
});

void t.test('an id is compared exactly', async (t) => {
  t.match(checkRecipient(hashed, { id: 'did:example:ada', identities: [] }), { status: 'pass' });
  t.match(checkRecipient(hashed, { id: 'did:example:Ada', identities: [] }), { status: 'fail' });
});

void t.test('nothing known is skipped, nothing comparable is unknown', async (t) => {
  t.match(checkRecipient(hashed, undefined), { status: 'skipped' });
  t.match(checkRecipient(hashed, { identities: [] }), { status: 'skipped' });
  t.match(checkRecipient({ credentialSubject: { id: 'x' } }, email('a@b.c')), {
    status: 'unknown',
    code: 'recipient_not_comparable',
  });
  t.match(checkRecipient(holder({ hashed: false, identityType: 'name', identityHash: 'Ada' }), email('a@b.c')), {
    status: 'unknown',
  });
});
