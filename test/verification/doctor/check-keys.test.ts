// Can strangers find the keys?
import t from 'tap';
import { changed, findsFaults, openDeployment } from './deployment.ts';

const DID = '/.well-known/did.json';
const JWKS = '/.well-known/jwks.json';
const HISTORY = '/.well-known/key-history.json';

void t.test('what is wrong with the documents of the keys is found', (t) =>
  findsFaults(t, [
    ['the DID document is a page', { [DID]: () => ({ body: '<!doctype html>' }) }, 'did'],
    ['its type was changed', { [DID]: () => ({ headers: { 'content-type': 'text/plain' } }) }, 'did'],
    ['CORS was taken off', { [JWKS]: () => ({ headers: { 'access-control-allow-origin': undefined } }) }, 'jwks_cors'],
    ['kept for a month', { [DID]: () => ({ headers: { 'cache-control': 'max-age=2592000' } }) }, 'did_cache'],
    ['an old DID document', { [DID]: changed((did) => ({ ...did, assertionMethod: [] })) }, 'did_keys'],
    ['methods that nobody can read', { [DID]: changed((did) => ({ ...did, verificationMethod: [] })) }, 'did_keys'],
    ['an old key set', { [JWKS]: changed(() => ({ keys: [] })) }, 'jwks_keys'],
    ['a key set of something else', { [JWKS]: changed(() => ({ keys: [{ kty: 'oct', k: 'AA' }] })) }, 'jwks_keys'],
    ['a key under the name of another', { '/keys/': changed((jwk) => ({ ...jwk, kid: 'other' })) }, 'key_url'],
    ['a key that is gone', { '/keys/': () => ({ status: 404 }) }, 'key_url'],
    ['a history that was changed', { [HISTORY]: changed((one) => ({ ...one, keys: [] })) }, 'key_history_proof'],
    ['a history without a proof', { [HISTORY]: changed(({ proof: _, ...one }) => one) }, 'key_history_proof'],
  ]),
);

void t.test('an address that is not the PUBLIC_URL is found by the issuer it gives', async (t) => {
  const { examine } = await openDeployment(t);
  t.ok((await examine({}, 'https://elsewhere.example')).bad.includes('public_url'));
});
