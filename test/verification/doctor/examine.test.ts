// The doctor finds nothing wrong with what is right; each fault is planted in the tests beside.
import t from 'tap';
import { openDeployment } from './deployment.ts';

void t.test('a sound deployment: everything is looked at and nothing is wrong', async (t) => {
  const { examine } = await openDeployment(t);
  const { bad, odd, good } = await examine();
  t.same(bad, []);
  t.same(odd, []);
  for (const id of ['tls', 'clock', 'public_url', 'key_url', 'key_history_proof', 'status_proof', 'others', 'jose'])
    t.ok(good.includes(id), id);
  t.ok(good.includes('specimen_json') && good.includes('specimen_jwt'));
});

void t.test('what rests on something that is missing is not looked at', async (t) => {
  const { examine } = await openDeployment(t);
  const { findings } = await examine({ '/.well-known/did.json': () => ({ status: 404 }) });
  t.ok(findings.some((one) => one.id === 'jwks'));
  t.notOk(findings.some((one) => one.id.startsWith('specimen') || one.id.startsWith('status')));
});
