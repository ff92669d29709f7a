// What the contract says of endorsements besides their schemas.
import { objectWith, type RoomContract } from '../platform/contract.ts';
import { Problem } from '../platform/problem.ts';

const P = 'https://badges.example.org';
const id = '7d3c2a54-0f35-4f7c-9a58-1f2f0d8b6a11';
const url = `${P}/endorsements/${id}`;

const live = {
  id,
  url,
  subject: 'did:web:partner.example',
  status: 'live',
  issuedAt: '2026-03-04T12:00:00.000Z',
};
const text = { type: 'string' };
const document = {
  schema: objectWith({
    '@context': { type: 'array' },
    id: text,
    type: { type: 'array', contains: { const: 'EndorsementCredential' } },
    issuer: objectWith({ id: text, name: text }),
    credentialSubject: objectWith({ id: text, endorsementComment: text }),
    proof: { type: 'array' },
  }),
  example: {
    '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
    id: url,
    type: ['VerifiableCredential', 'EndorsementCredential'],
    name: 'Accredited delivery partner',
    issuer: { id: 'did:web:badges.example.org', type: ['Profile'], name: 'Cairn' },
    validFrom: '2026-03-04T12:00:00Z',
    credentialSubject: {
      id: 'did:web:partner.example',
      type: ['EndorsementSubject'],
      endorsementComment: 'Delivers the facilitated sessions.',
    },
    proof: [{ type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022' }],
  },
};
const jwt = {
  schema: { type: 'string', description: 'A VC-JWT (RFC 7515), for `endorsementJwt`.' },
  example: 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJkaWQ6d2ViOmJhZGdlcy5leGFtcGxlLm9yZyJ9.c2lnbmF0dXJl',
};
const headers = { ETag: 'Of the bytes.', 'Cache-Control': 'To be asked for again each time.' };
const unchanged = { description: 'Not changed since the ETag in `If-None-Match`.' };
const unknown = new Problem('endorsement_unknown', 404, 'There is no endorsement with this id.');
const form = (operationId: string, content: object) => ({
  operationId,
  answers: { 200: { headers, content: content as Record<string, object> }, 304: unchanged },
  problems: [unknown],
});

export const endorsementContract: RoomContract = {
  operations: {
    'POST /v1/endorsements': {
      operationId: 'issueEndorsement',
      description: 'Signed at once in both forms, to be put into what is endorsed.',
      body: {
        example: {
          subject: 'did:web:partner.example',
          name: 'Accredited delivery partner',
          comment: 'Delivers the facilitated sessions.',
        },
      },
      answers: { 201: { example: live, headers: { Location: 'The endorsement itself.' } } },
      problems: [
        new Problem('endorsement_malformed', 422, 'The text holds an HTML entity, which wallets would rewrite.'),
      ],
    },
    'POST /v1/endorsements/:id/revoke': {
      operationId: 'revokeEndorsement',
      description: 'For ever: the next status list that is served says so. Saying the same again changes nothing.',
      answers: { 200: { example: { ...live, status: 'revoked', revokedAt: '2026-04-01T08:00:00.000Z' } } },
      problems: [unknown],
    },
    'GET /endorsements/:id': form('readEndorsement', {
      'application/json': document,
      'application/vc': document,
      'application/vc+ld+json': document,
      'application/ld+json': document,
      'application/vc+jwt': jwt,
      'application/jwt': jwt,
      'text/plain': jwt,
    }),
    'GET /endorsements/:id.json': form('readEndorsementJson', { 'application/vc': document }),
    'GET /endorsements/:id.jwt': form('readEndorsementJwt', { 'application/vc+jwt': jwt }),
  },
};
