// What we vouch for is written as the standard has it.
import t from 'tap';
import { buildEndorsement } from '../../src/openbadges/build-endorsement.ts';
import { checkCredential } from '../../src/openbadges/check-credential.ts';

const content = {
  id: 'https://badges.example.org/endorsements/1',
  name: 'Accredited partner',
  issuer: { id: 'did:web:badges.example.org', type: ['Profile'], name: 'Ours' },
  subjectId: 'did:web:partner.example',
  comment: 'Delivers the facilitated sessions.',
  validFrom: new Date('2026-03-04T12:00:00.700Z'),
  credentialStatus: {
    id: 'https://badges.example.org/status/revocation/0#5',
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '5',
    statusListCredential: 'https://badges.example.org/status/revocation/0',
  },
};

void t.test('an endorsement without any departure, in whole seconds', async (t) => {
  const built = buildEndorsement({ ...content, validUntil: new Date('2027-03-04T12:00:00Z') });
  t.same(checkCredential(built), { findings: [], version: '2.0', kind: 'endorsement' });
  t.match(built, {
    type: ['VerifiableCredential', 'EndorsementCredential'],
    validFrom: '2026-03-04T12:00:00Z',
    validUntil: '2027-03-04T12:00:00Z',
    credentialSubject: { id: 'did:web:partner.example', endorsementComment: content.comment },
  });
  t.notOk(Object.hasOwn(buildEndorsement(content), 'validUntil'));
});

void t.test('what breaks the data model, or would be rewritten by a wallet, is not built', async (t) => {
  t.throws(() => buildEndorsement({ ...content, subjectId: 'partner' }), { code: 'ERR_OB_CREDENTIAL_INVALID' });
  t.throws(() => buildEndorsement({ ...content, comment: 'R&amp;D' }), { code: 'ERR_OB_HTML_ENTITY' });
});
