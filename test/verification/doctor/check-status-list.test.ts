// Would a revocation be seen?
import t from 'tap';
import { examineDeployment } from '../../../src/verification/doctor/examine.ts';
import { changed, deployment, findsFaults, openDeployment } from './deployment.ts';

const LIST = '/status/';

void t.test('what is wrong with the status list is found', (t) =>
  findsFaults(t, [
    ['it is gone', { [LIST]: () => ({ status: 500 }) }, 'status'],
    [
      'it was changed',
      { [LIST]: changed((list) => ({ ...list, validUntil: '2099-01-01T00:00:00Z' })) },
      'status_proof',
    ],
    [
      'it has ended',
      { [LIST]: changed((list) => ({ ...list, validUntil: '2026-03-01T00:00:00Z' })) },
      'status_validity',
    ],
    [
      'another issuer’s',
      { [LIST]: changed((list) => ({ ...list, issuer: 'did:web:other.example' })) },
      'status_issuer',
    ],
    [
      'another list',
      { [LIST]: changed((list) => ({ ...list, id: 'https://badges.example.org/status/x/1' })) },
      'status_id',
    ],
    ['a list of nothing', { [LIST]: changed((list) => ({ ...list, credentialSubject: {} })) }, 'status_content'],
    ['no list', { [LIST]: changed((list) => ({ ...list, type: ['VerifiableCredential'] })) }, 'status_content'],
  ]),
);

void t.test('before the first badge there is none, which is nothing wrong', async (t) => {
  const { service, app, examine } = await openDeployment(t);
  const findings = await examineDeployment(deployment(service, app), { missing: 'Not asked.' });
  t.match(
    findings.find((one) => one.id === 'status'),
    { status: 'skipped', sentence: /no status list/ },
  );
  t.ok((await examine({ [LIST]: () => ({ headers: { etag: undefined } }) })).odd.includes('status_etag'));
});
