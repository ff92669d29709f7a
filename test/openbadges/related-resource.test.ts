// A digest is compared in every way it is written, and a wrong one of the base context is found without fetching.
import { createHash } from 'node:crypto';
import t from 'tap';
import { compareDigests, digestsOf, publishedDigests } from '../../src/openbadges/related-resource.ts';
import { checkCredential } from '../../src/openbadges/check-credential.ts';

const V2 = 'https://www.w3.org/ns/credentials/v2';
const bytes = Buffer.from('Flour, water, salt.');
const sri = (name: string): string => `${name}-${createHash(name).update(bytes).digest('base64')}`;
const sha256 = createHash('sha256').update(bytes).digest();
const multihash = `u${Buffer.concat([Buffer.of(0x12, 0x20), sha256]).toString('base64url')}`;
const compare = (resource: object): string => compareDigests({ id: 'urn:x:1', ...resource }, digestsOf(bytes));

void t.test('one digest or several, multihash or bare', async (t) => {
  for (const digestSRI of [sri('sha256'), sri('sha512'), [sri('sha256'), sri('sha384')], `${sri('sha384')}?ct=x`])
    t.equal(compare({ digestSRI }), 'matches', JSON.stringify(digestSRI));
  t.equal(compare({ digestMultibase: multihash }), 'matches');
  t.equal(compare({ digestMultibase: `u${sha256.toString('base64url')}` }), 'matches', 'the bare digest');
  t.equal(compare({ digestSRI: 'md5-AAAA' }), 'unsupported');
  t.equal(compare({ digestMultibase: ['uAAAA', 'z0', 'q'] }), 'unsupported');
});

void t.test('the strongest algorithm of one text decides; any digest that differs is a difference', async (t) => {
  const wrong = `sha512-${Buffer.alloc(64).toString('base64')}`;
  t.equal(compare({ digestSRI: `${sri('sha256')} ${wrong}` }), 'differs');
  t.equal(compare({ digestSRI: `${sri('sha512')} sha256-AAAA` }), 'matches');
  t.equal(compare({ digestSRI: [sri('sha256'), wrong] }), 'differs');
  t.equal(
    compare({ digestSRI: sri('sha256'), digestMultibase: `u${Buffer.alloc(32).toString('base64url')}` }),
    'differs',
  );
});

void t.test('the base context has the digests of the Recommendation, and no others', async (t) => {
  const codes = (resource: object): string[] =>
    checkCredential({
      '@context': [V2],
      type: ['VerifiableCredential'],
      issuer: 'did:example:i',
      credentialSubject: { id: 'did:example:s' },
      relatedResource: [{ id: V2, ...resource }],
    }).findings.map(({ pointer, code }) => `${pointer} ${code}`);
  const published = {
    digestSRI: 'sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU',
    digestMultibase: 'uWZVc7WaX1h4D8rJVb-vlMIqxaEKEb1tYbX8fet7JJzQ',
  };
  t.same(codes(published), []);
  t.same(codes({ ...published, digestSRI: published.digestSRI.replace('l/H', 'l/h') }), [
    '/relatedResource/0 digest_differs',
  ]);
  t.equal(publishedDigests(V2)('sha512'), undefined);
  t.equal(publishedDigests('https://a.example/')('sha256'), undefined);
});
