// What the contract says of this room's routes besides their schemas. The documents were recorded from one service, so
// that the example credential verifies with the example keys.
import { objectWith, type RoomContract } from '../platform/contract.ts';
import { Problem } from '../platform/problem.ts';
import documents from './example-documents.json' with { type: 'json' };

const headers = { 'Cache-Control': 'Minutes: a new key is seen before it signs.' };
const text = { type: 'string' };
const uri = { type: 'string', format: 'uri' };
const jwk = objectWith({ kty: text, kid: uri }, { description: 'A JSON Web Key (RFC 7517), public members only.' });

const document = (type: string, schema: object, example: unknown) => ({
  200: { headers, content: { [type]: { schema, example } } },
});

export const issuerContract: RoomContract = {
  schemas: { JsonWebKey: jwk },
  operations: {
    'GET /.well-known/did.json': {
      operationId: 'readDidDocument',
      description: 'did:web of this service. Retired keys stay in it for ever; `assertionMethod` is a list of strings.',
      answers: document(
        'application/did+json',
        objectWith({
          '@context': { type: 'array', items: text },
          id: text,
          verificationMethod: { type: 'array', items: objectWith({ id: text, type: text, controller: text }) },
          assertionMethod: { type: 'array', items: text },
        }),
        documents.did,
      ),
    },
    'GET /.well-known/jwks.json': {
      operationId: 'readKeySet',
      answers: document(
        'application/jwk-set+json',
        objectWith({ keys: { type: 'array', items: { $ref: '#/components/schemas/JsonWebKey' } } }),
        documents.keySet,
      ),
    },
    'GET /keys/:kid': {
      operationId: 'readKey',
      description: 'The `kid` of our VC-JWTs is this address.',
      answers: document('application/jwk+json', { $ref: '#/components/schemas/JsonWebKey' }, documents.key),
      problems: [
        new Problem('key_unknown', 404, 'There is no key at this address.'),
        new Problem(
          'key_compromised',
          410,
          'This key was compromised. Do not trust what it signed; see /.well-known/key-history.json.',
        ),
      ],
    },
    'GET /.well-known/key-history.json': {
      operationId: 'readKeyHistory',
      description: 'Signed by the active key (`eddsa-jcs-2022`), so that a copy can be trusted when the host is gone.',
      answers: document(
        'application/json',
        objectWith({
          id: uri,
          issuer: text,
          generatedAt: { type: 'string', format: 'date-time' },
          keys: {
            type: 'array',
            items: objectWith({
              verificationMethod: text,
              algorithm: text,
              state: { enum: ['next', 'active', 'retired', 'compromised'] },
              publicKeyJwk: { $ref: '#/components/schemas/JsonWebKey' },
            }),
          },
        }),
        documents.keyHistory,
      ),
    },
    'GET /issuer': {
      operationId: 'readIssuer',
      answers: {
        200: {
          headers,
          content: {
            'application/ld+json': {
              schema: objectWith({ id: text, name: text, url: uri }),
              example: documents.profile,
            },
            'text/html': {
              schema: { type: 'string', description: 'A page, for browsers.' },
              example: '<!doctype html><title>Example Commons</title>',
            },
          },
        },
      },
    },
  },
};
