// A credential is taken out of what it came in, and nothing is believed on the way.
import t from 'tap';
import { claimsOf, isCompactJws, openJson, openText } from '../../src/openbadges/open-credential.ts';

const V2 = 'https://www.w3.org/ns/credentials/v2';
const part = (json: unknown): string => Buffer.from(JSON.stringify(json)).toString('base64url');
const jws = (payload: unknown): string => `${part({ alg: 'RS256' })}.${part(payload)}.c2ln`;

void t.test('JSON, a JWS, an envelope of either', async (t) => {
  t.strictSame(openText(' {"id":"a"} '), { credential: { id: 'a' } });
  t.match(openText(jws({ id: 'a', iss: 'b', jti: 'a' })), { credential: { id: 'a', iss: undefined }, jwt: /^ey/ });
  const envelope = (id: unknown) => openJson({ '@context': V2, type: 'EnvelopedVerifiableCredential', id });
  t.match(envelope(`data:application/vc+jwt,${jws({ id: 'a' })}`), { credential: { id: 'a' } });
  t.match(envelope(`data:application/vc;base64,${Buffer.from('{"id":"a"}').toString('base64')}`), {
    credential: { id: 'a' },
  });
  t.match(envelope('data:application/vc,%7B%22id%22%3A%22a%22%7D'), { credential: { id: 'a' } });
  for (const id of ['https://x.example', 'data:text/html,x', 'data:nothing', 7])
    t.match(envelope(id), { fault: 'envelope' });
});

void t.test('an envelope in an envelope is not opened twice', async (t) => {
  const inner = JSON.stringify({ type: 'EnvelopedVerifiableCredential', id: 'data:application/vc,{}' });
  const id = `data:application/vc,${encodeURIComponent(inner)}`;
  t.match(openJson({ '@context': [V2], type: 'EnvelopedVerifiableCredential', id }), {
    credential: { type: 'EnvelopedVerifiableCredential' },
  });
  for (const context of [undefined, [], 'https://www.w3.org/ns/credentials/examples/v2'])
    t.match(openJson({ '@context': context, type: 'EnvelopedVerifiableCredential', id }), { fault: 'envelope' });
});

void t.test('the older form is completed from its claims, the newer is not', async (t) => {
  const vc = { '@context': ['https://www.w3.org/2018/credentials/v1'], credentialSubject: {} };
  t.match(openText(jws({ vc, jti: 'urn:1', iss: 'did:x', nbf: 0, sub: 'did:y' })), {
    credential: {
      id: 'urn:1',
      issuer: 'did:x',
      issuanceDate: '1970-01-01T00:00:00Z',
      credentialSubject: { id: 'did:y' },
    },
  });
  t.match(openText(jws({ vc: { '@context': ['https://www.w3.org/ns/credentials/v2'] }, jti: 'urn:1' })), {
    credential: { id: undefined },
  });
});

void t.test('what is none', async (t) => {
  t.match(openText('nonsense'), { fault: 'not_json' });
  t.match(openText('a.b.c'), { fault: 'jws_payload' });
  t.match(openJson([{}, {}]), { fault: 'several_credentials' });
  t.match(openJson(7), { fault: 'not_an_object' });
  t.match(openJson('x'), { fault: 'not_a_jws' });
  t.strictSame([isCompactJws('a.b.c'), isCompactJws('a.b'), claimsOf('a')], [true, false, undefined]);
});
