// Whose lists a series holds.
import t from 'tap';
import { purposeOf, seriesOf, signerOf } from '../../src/credentials/status-series.ts';
import { createDidKeyIssuer } from '../../src/issuer/create-issuer.ts';
import { ownIssuer } from '../../src/issuer/issuers.ts';
import { compromiseKey } from '../../src/platform/compromise-key.ts';
import { openTestService } from '../platform/test-service.ts';

void t.test('each issuer has series of its own, which it signs until its key is compromised', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const [own, other] = [ownIssuer(service), await createDidKeyIssuer(service)];
  t.equal(seriesOf('suspension', own), 'suspension');
  const series = seriesOf('revocation', other);
  t.equal(series, `revocation/${other.key.kid}`);
  t.equal(purposeOf(series), 'revocation');
  t.equal(signerOf(service, 'suspension')?.id, own.id);
  t.equal(signerOf(service, series)?.id, other.id);
  t.equal(signerOf(service, `revocation/${own.key.kid}`), undefined, 'a key of ours that is no issuer');
  await compromiseKey(service, other.key.kid);
  t.equal(signerOf(service, series), undefined);
});
