// A hosted assertion is what its issuer serves, where its issuer hosts.
import t from 'tap';
import { summary } from '../signed-badges.ts';
import { assertion, issuer, verifyOb2 } from './ob2-badges.ts';

const id = 'https://badges.example/assertions/1';
const ISSUER = 'https://badges.example/issuer';

void t.test('served, not served, revoked and gone', async (t) => {
  t.equal(summary(await verifyOb2(assertion(), { [id]: assertion() })), 'valid');
  t.match(
    summary(await verifyOb2(assertion())),
    /^indeterminate signature=unknown\/hosted_unreachable .*revocation=unknown/,
  );
  t.match(
    summary(await verifyOb2(assertion(), { [id]: { ...assertion(), revoked: true, revocationReason: 'x' } })),
    /^invalid revocation=fail\/revoked/,
  );
  t.match(
    summary(await verifyOb2(assertion(), { [id]: { status: 410, body: '{"revoked":true}' } })),
    /^invalid .*revocation=fail\/revoked/,
  );
});

void t.test('a copy that says another thing than its host', async (t) => {
  t.match(
    summary(await verifyOb2(assertion({ issuedOn: '2010-01-01T00:00:00Z' }), { [id]: assertion() })),
    /^invalid signature=fail\/hosted_differs/,
  );
  t.match(
    summary(
      await verifyOb2(assertion({ recipient: { type: 'email', hashed: false, identity: 'eve@x.example' } }), {
        [id]: assertion(),
      }),
    ),
    /hosted_differs/,
  );
  t.match(
    summary(await verifyOb2(assertion(), { [id]: assertion({ id: 'https://badges.example/assertions/2' }) })),
    /hosted_id_mismatch/,
  );
  t.match(summary(await verifyOb2(assertion(), { [id]: 'nonsense' })), /hosted_unreadable/);
  t.match(summary(await verifyOb2(assertion({ id: 'urn:uuid:1' }))), /hosted_without_url/);
});

void t.test('an assertion hosted where its issuer hosts none', async (t) => {
  const elsewhere = 'https://evil.example/assertions/1';
  const forged = assertion({ id: elsewhere });
  t.match(summary(await verifyOb2(forged, { [elsewhere]: forged })), /^invalid issuer_key=fail\/hosted_out_of_scope/);
  const allowed = { [ISSUER]: issuer({ verification: { allowedOrigins: ['evil.example', 'badges.example'] } }) };
  t.equal(summary(await verifyOb2(forged, { [elsewhere]: forged, ...allowed })), 'valid');
  const scoped = { [ISSUER]: issuer({ verification: { startsWith: ['https://badges.example/good/'] } }) };
  t.match(summary(await verifyOb2(assertion(), { [id]: assertion(), ...scoped })), /hosted_out_of_scope/);
  const fitting = {
    [ISSUER]: issuer({ verification: { startsWith: ['https://x.example/', 'https://badges.example/assertions/'] } }),
  };
  t.equal(summary(await verifyOb2(assertion(), { [id]: assertion(), ...fitting })), 'valid');
});
