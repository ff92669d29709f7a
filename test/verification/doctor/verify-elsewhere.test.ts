// Code that is not ours says what it thinks.
import t from 'tap';
import { issueSpecimen } from '../../../src/credentials/issue-specimen.ts';
import { verifyElsewhere } from '../../../src/verification/doctor/verify-elsewhere.ts';
import { openDeployment } from './deployment.ts';

void t.test('good, bad with a reason, and nothing fetched that is not bundled', async (t) => {
  const { service, app } = await openDeployment(t);
  const { credential } = await issueSpecimen(service);
  const did = (await app.get('/.well-known/did.json')).json();
  const now = service.now();
  t.equal(await verifyElsewhere(credential, did, now), null);
  t.match(await verifyElsewhere({ ...credential, name: 'Another' }, did, now), /./);
  t.match(await verifyElsewhere(credential, { ...did, verificationMethod: [] }, now), /./);
  const contexts = [...(credential['@context'] as string[]), 'https://elsewhere.example/context.json'];
  t.match(await verifyElsewhere({ ...credential, '@context': contexts }, did, now), /elsewhere\.example/);
});
