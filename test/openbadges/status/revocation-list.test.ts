import t from 'tap';
import {
  buildRevocationList,
  lookUpRevocation,
  parseRevocationList,
} from '../../../src/openbadges/status/revocation-list.ts';

const LIST = {
  id: 'https://badges.example.org/revoked',
  issuer: 'did:web:badges.example.org',
  revokedCredential: [
    { id: 'urn:uuid:1', revoked: true, revocationReason: 'Awarded by mistake.' },
    { id: 'urn:uuid:2' },
    { id: 'urn:uuid:3', revoked: false },
  ],
};

void t.test('revoked is true or left out; false is no revocation', async (t) => {
  const list = parseRevocationList(LIST);
  t.same(lookUpRevocation(list, 'urn:uuid:1'), { revoked: true, reason: 'Awarded by mistake.' });
  t.same(lookUpRevocation(list, 'urn:uuid:2'), { revoked: true });
  t.same(lookUpRevocation(list, 'urn:uuid:3'), { revoked: false });
  t.same(lookUpRevocation(list, 'urn:uuid:4'), { revoked: false });
});

void t.test('the other spelling and an issuer object are read too', async (t) => {
  const list = parseRevocationList({ issuer: { id: 'did:web:a.example' }, revokedCredentials: [{ id: 'urn:uuid:1' }] });
  t.equal(list.issuer, 'did:web:a.example');
  t.ok(lookUpRevocation(list, 'urn:uuid:1').revoked);
});

void t.test('what is no such list is never read as "nothing revoked"', async (t) => {
  for (const bad of [
    null,
    [],
    'x',
    {},
    { revokedCredential: {} },
    { revokedCredential: ['urn:uuid:1'] },
    { revokedCredential: [{}] },
  ])
    t.throws(() => parseRevocationList(bad), { code: 'ERR_OB_STATUS_MALFORMED' });
});

void t.test('what we build, we read', async (t) => {
  const built = buildRevocationList({
    id: LIST.id,
    issuer: LIST.issuer,
    revoked: [{ id: 'urn:uuid:1', reason: 'Lost.' }, { id: 'urn:uuid:2' }],
  });
  const list = parseRevocationList(JSON.parse(JSON.stringify(built)));
  t.same(lookUpRevocation(list, 'urn:uuid:1'), { revoked: true, reason: 'Lost.' });
  t.same(list.issuer, LIST.issuer);
});
