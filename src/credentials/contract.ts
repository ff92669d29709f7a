// What the contract says of this room's routes besides their schemas. The documents were recorded from one service, so
// that the example credential verifies with the example keys.
import { objectWith, type AnswerText, type RoomContract } from '../platform/contract.ts';
import { Problem } from '../platform/problem.ts';
import documents from './example-documents.json' with { type: 'json' };

const P = 'https://badges.example.org';
const id = '327c4734-2d75-46df-a95e-b328f76ed759';

const live = {
  id,
  url: `${P}/credentials/${id}`,
  achievement: 'core/commons',
  learner: '6a305e40-198e-4e8e-8e47-b4018c95497c',
  status: 'live',
  awardedAt: '2026-03-04T10:12:30.000Z',
  validFrom: '2026-03-04T10:12:30.000Z',
  award: `${P}/awards/69157add-0c4e-4edc-9489-b2d9f5ab31dc`,
  visibility: 'link',
};
const revocation = { reason: 'issued_in_error', sentence: 'The badge went to the wrong person.' };
const revoked = { ...live, status: 'revoked', revocation: { at: '2026-03-05T08:00:00.000Z', ...revocation } };

const unknown = new Problem('credential_unknown', 404, 'There is no credential with this id.');
const shared = {
  unknown: new Problem('credential_unknown', 404, 'There is no badge at this address, or it is not shared.'),
  erased: new Problem('credential_erased', 410, 'This badge was erased at the wish of its earner.'),
};

const ref = (kind: 'schemas' | 'examples', name: string) => ({ $ref: `#/components/${kind}/${name}` });
const credential = { schema: ref('schemas', 'OpenBadgeCredential'), example: ref('examples', 'Credential') };
const jwt = {
  schema: { type: 'string', description: 'A VC-JWT: the credential without `proof`, as a compact JWS (RFC 7515).' },
  example: ref('examples', 'CredentialJwt'),
};
const png = {
  schema: { description: 'The badge image with the credential baked in (`iTXt`, `openbadgecredential`).' },
  exampleUrl: `${P}/credentials/${id}.png`,
};
const svg = {
  schema: { type: 'string', description: 'The badge image with the credential baked in (`openbadges:credential`).' },
  example:
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"><openbadges:credential><![CDATA[{"@context":["https://www.w3.org/ns/credentials/v2"]}]]></openbadges:credential></svg>',
};

const headers = { ETag: 'Of the bytes.', 'Cache-Control': 'Whether and for how long it may be kept.' };
const bytes = (content: AnswerText['content']) => ({
  200: { headers, content },
  304: { description: 'Not changed since the ETag in `If-None-Match`.' },
});
const form = (name: string, content: AnswerText['content']) => ({
  operationId: name,
  answers: bytes(content),
  problems: [shared.unknown, shared.erased],
});

const text = { type: 'string' };
const uri = { type: 'string', format: 'uri' };
const instant = { type: 'string', format: 'date-time' };
const texts = { type: 'array', items: text };
const statusList = { schema: ref('schemas', 'StatusListCredential'), example: ref('examples', 'StatusList') };

const lists = bytes({
  'application/json': statusList,
  'application/vc': statusList,
  'application/vc+ld+json': statusList,
  'application/ld+json': statusList,
});
const listProblems = [
  new Problem('status_list_unknown', 404, 'There is no such status list.'),
  new Problem('timestamp_not_usable', 400, 'What a list will say is not known: ask for a past instant.'),
];

export const credentialsContract: RoomContract = {
  examples: {
    Credential: documents.credential,
    CredentialJwt: documents.jwt,
    StatusList: documents.statusList,
  },
  schemas: {
    OpenBadgeCredential: objectWith(
      {
        '@context': texts,
        id: uri,
        type: { type: 'array', contains: { const: 'OpenBadgeCredential' } },
        issuer: objectWith({ id: text, name: text }),
        validFrom: instant,
        credentialSubject: objectWith({ id: uri, achievement: objectWith({ id: uri, name: text }) }),
        proof: { type: 'array' },
      },
      {
        description:
          'An OpenBadgeCredential (Open Badges 3.0) with an embedded proof (Data Integrity, `eddsa-rdfc-2022`).',
      },
    ),
    StatusListCredential: objectWith(
      {
        '@context': texts,
        id: uri,
        type: { type: 'array', contains: { const: 'BitstringStatusListCredential' } },
        issuer: text,
        validFrom: instant,
        credentialSubject: objectWith({ statusPurpose: text, encodedList: text, ttl: { type: 'integer' } }),
        proof: { type: 'array' },
      },
      { description: 'A BitstringStatusListCredential (Bitstring Status List v1.0).' },
    ),
  },
  operations: {
    'GET /v1/credentials': {
      operationId: 'listCredentials',
      description: 'Page by page: send `next` as `cursor` until there is none.',
      answers: { 200: { example: { credentials: [live], next: 'WyIyMDI2LTAzLTA0VDEwOjEyOjMwLjAwMFoiXQ' } } },
    },
    'GET /v1/credentials/:id': {
      operationId: 'readCredential',
      answers: { 200: { examples: { live, revoked } } },
      problems: [unknown],
    },
    'POST /v1/credentials/:id/revoke': {
      operationId: 'revokeCredential',
      description: 'For ever: the next status list that is served says so. Saying the same again changes nothing.',
      body: { example: revocation },
      answers: { 200: { example: revoked } },
      problems: [
        unknown,
        new Problem(
          'already_revoked',
          409,
          'This credential was revoked on 2026-03-05T08:00:00.000Z (issued_in_error); a revocation is final.',
        ),
      ],
    },
    'POST /v1/credentials/:id/correct': {
      operationId: 'correctCredential',
      description: 'Same id, newer `validFrom`; `awardedDate` stays.',
      body: { example: { name: 'Ada Lovelace' } },
      answers: { 200: { example: { ...live, validFrom: '2026-03-06T09:00:00.000Z' } } },
      problems: [
        unknown,
        new Problem('credential_revoked', 409, 'A revoked credential is not corrected; award it again instead.'),
        new Problem('credential_erased', 410, 'What this credential said was erased at the wish of its earner.'),
      ],
    },
    'POST /v1/credentials/:id/keep': {
      operationId: 'keepCredential',
      answers: { 200: { example: live } },
      problems: [unknown, new Problem('not_in_review', 409, 'Nobody asked for a review of this credential.')],
    },
    'GET /credentials/:id': {
      operationId: 'readBadge',
      description:
        'The JSON bytes are the same under every JSON type: exactly what was signed. Browsers, and the crawlers that make link previews, get the page. A private badge answers as one that never was.',
      answers: bytes({
        'application/json': credential,
        'application/vc': credential,
        'application/vc+ld+json': credential,
        'application/ld+json': credential,
        'application/vc+jwt': jwt,
        'application/jwt': jwt,
        'text/plain': jwt,
        'image/png': png,
        'image/svg+xml': svg,
        'text/html': {
          schema: { type: 'string', description: 'A page, for browsers.' },
          example: '<!doctype html><title>Creative Commons CORE: The Commons</title>',
        },
      }),
      problems: [
        shared.unknown,
        new Problem(
          'not_acceptable',
          406,
          'This badge is there as JSON, JWT, PNG, SVG and HTML. Ask for one of these.',
        ),
        shared.erased,
      ],
    },
    'GET /credentials/:id.json': form('readBadgeJson', { 'application/vc': credential }),
    'GET /credentials/:id.jwt': form('readBadgeJwt', { 'application/vc+jwt': jwt }),
    'GET /credentials/:id.png': form('readBadgePng', { 'image/png': png }),
    'GET /credentials/:id.svg': form('readBadgeSvg', { 'image/svg+xml': svg }),
    'GET /awards/:id': {
      operationId: 'readAward',
      description: 'What was completed, when and where. Bound into the badge by `relatedResource` with a digest.',
      answers: bytes({
        'application/json': {
          schema: objectWith({
            id: uri,
            type: { const: 'AwardRecord' },
            credential: uri,
            achievement: uri,
            track: objectWith({ id: text, version: text, digest: text }),
            awardedAt: instant,
            verdict: objectWith({ complete: { type: 'boolean' }, root: { type: 'object' } }),
          }),
          example: documents.award,
        },
      }),
      problems: [
        new Problem('award_unknown', 404, 'There is no award record at this address, or it is not shared.'),
        new Problem('award_erased', 410, 'This award record was erased at the wish of the earner.'),
      ],
    },
    'GET /status/:purpose/:n': {
      operationId: 'readStatusList',
      answers: lists,
      problems: listProblems,
    },
    'GET /status/:purpose/:kid/:n': {
      operationId: 'readIssuerStatusList',
      description: 'The lists that a did:key issuer of the VC API signs.',
      answers: lists,
      problems: listProblems,
    },
    'GET /status/1edtech/:n': {
      operationId: 'readRevocationList',
      description: 'A 1EdTechRevocationList (Open Badges 3.0), unsigned; where REVOCATION_LIST_1EDTECH is on.',
      answers: bytes({
        'application/json': {
          schema: objectWith({ id: uri, issuer: text, revokedCredential: { type: 'array' } }),
          example: {
            id: `${P}/status/1edtech/0`,
            issuer: 'did:web:badges.example.org',
            revokedCredential: [{ id: live.url, revoked: true, revocationReason: revocation.sentence }],
          },
        },
      }),
      problems: listProblems.slice(0, 1),
    },
  },
};
