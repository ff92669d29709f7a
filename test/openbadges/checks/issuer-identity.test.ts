// An issuer in no registry is a remark; only this service is known.
import t from 'tap';
import { checkIssuerIdentity } from '../../../src/openbadges/checks/issuer-identity.ts';

void t.test('ours, somebody’s, nobody’s', async (t) => {
  const credential = { issuer: { id: 'did:web:a.example', name: 'A' } };
  t.match(checkIssuerIdentity(credential, 'did:web:a.example', ['did:web:a.example']), {
    status: 'pass',
    code: 'issuer_is_this_service',
  });
  t.match(checkIssuerIdentity(credential, 'did:web:a.example'), {
    status: 'skipped',
    code: 'issuer_not_registered',
    details: { claimedName: 'A' },
  });
  t.match(checkIssuerIdentity({}, undefined), { status: 'skipped', code: 'issuer_missing' });
});
