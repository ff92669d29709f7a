// A badge of this moment, as strangers see it.
import { join } from 'node:path';
import t from 'tap';
import { issueSpecimen } from '../../../src/credentials/issue-specimen.ts';
import { closeService, openService } from '../../../src/platform/service.ts';
import { examineDeployment } from '../../../src/verification/doctor/examine.ts';
import { silent, testConfig } from '../../platform/test-template.ts';
import { changed, deployment, openDeployment } from './deployment.ts';

void t.test('a badge that was changed is found by every verifier', async (t) => {
  const { service, app } = await openDeployment(t);
  const { credential, jwt, keys } = await issueSpecimen(service);
  const [header, payload, signature] = jwt.split('.');
  const forged = `${header}.${payload}.${signature!.startsWith('A') ? 'B' : 'A'}${signature!.slice(1)}`;
  const findings = await examineDeployment(deployment(service, app), {
    credential: { ...credential, name: 'Another' },
    jwt: forged,
    keys,
  });
  const bad = findings.filter((one) => one.status === 'bad').map((one) => one.id);
  t.same(bad, ['specimen_json', 'specimen_jwt', 'others', 'jose']);
});

void t.test('a revocation list that cannot be had leaves the badge unverified', async (t) => {
  const { examine } = await openDeployment(t);
  const { bad } = await examine({ '/status/': () => ({ status: 503 }) });
  t.ok(bad.includes('specimen_json') && bad.includes('specimen_jwt'));
});

void t.test('keys of another deployment verify nothing', async (t) => {
  const { examine } = await openDeployment(t);
  const { examine: other, ...there } = await openDeployment(t);
  t.ok(other);
  const did = (await there.app.get('/.well-known/did.json')).json();
  const { bad } = await examine({ '/.well-known/did.json': changed(() => ({ ...did, id: 'did:web:other.example' })) });
  t.ok(bad.includes('specimen_json') && bad.includes('others'));
});

void t.test('without a test badge the rest is looked at all the same', async (t) => {
  const { service, app } = await openDeployment(t);
  const findings = await examineDeployment(deployment(service, app), { missing: 'No keys here.' });
  t.match(findings.at(-1), { id: 'specimen', status: 'skipped', sentence: 'No keys here.' });
});

void t.test(
  'a test badge of another service blames the settings here, never the service that is looked at',
  async (t) => {
    const { service, app } = await openDeployment(t);
    // A new service with keys of its own; those of a test's deployment are everybody's.
    const folder = t.testdir();
    const config = testConfig(join(folder, 'keys'), { dataDir: join(folder, 'data') });
    const other = await openService(config, silent);
    t.teardown(() => closeService(other));
    const findings = await examineDeployment(deployment(service, app), await issueSpecimen(other));
    t.same(
      findings.filter((one) => one.status === 'bad'),
      [],
    );
    t.match(
      findings.find((one) => one.id === 'settings'),
      { status: 'odd', sentence: /settings here/, remedy: /DATABASE_URL.*KEYS_DIR/ },
    );
    t.match(findings.at(-1), { id: 'specimen', status: 'skipped' });
  },
);
