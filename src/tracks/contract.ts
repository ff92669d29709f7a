// What the contract says of this room's routes besides their schemas. Drawn from the catalogue itself where it can be.
import { OB_V3, VC_V2 } from '../openbadges/contexts.ts';
import { achievementUrl, buildAchievement } from './achievement.ts';
import { renderBadgeSvg } from './badge-image.ts';
import { currentTrack, findAwardable } from './catalogue.ts';

const P = 'https://badges.example.org';
const commons = findAwardable('core/commons')!;
const core = currentTrack('core');

const listed = {
  id: core.id,
  version: core.version,
  versions: [core.version],
  title: core.title,
  description: core.description,
  digest: core.digest,
  url: `${P}/v1/catalogue/core`,
  achievements: [
    {
      key: commons.key,
      title: commons.title,
      url: achievementUrl(P, commons.key),
      image: `${achievementUrl(P, commons.key)}/image.svg`,
    },
  ],
};

const achievement = {
  '@context': [VC_V2, OB_V3],
  ...buildAchievement(commons, P, { id: 'did:web:badges.example.org', type: ['Profile'], name: 'Example Commons' }),
};

const headers = { ETag: 'Of the bytes.', 'Cache-Control': 'For how long it may be kept.' };
const unchanged = { 304: { description: 'Not changed since the ETag in `If-None-Match`.' } };

const ofAchievement = {
  200: {
    headers,
    content: {
      'application/ld+json': { example: achievement },
      'application/json': { example: achievement },
      'text/html': {
        schema: { type: 'string', description: 'A page, for browsers.' },
        example: '<!doctype html><title>Creative Commons CORE: The Commons</title>',
      },
    },
  },
  ...unchanged,
};

const svg = {
  200: {
    headers,
    content: { 'image/svg+xml': { schema: { type: 'string' }, example: renderBadgeSvg(commons) } },
  },
  ...unchanged,
};
const png = {
  200: {
    headers,
    content: { 'image/png': { schema: {}, exampleUrl: `${achievementUrl(P, commons.key)}/image.png` } },
  },
  ...unchanged,
};

const { id, version, title, description, digest, modules, units, steps } = core;
const requirement = { kind: 'allOf', id: 'core', title, of: [{ kind: 'module', module: 'commons', units: [] }] };
const shortened = {
  ...{ id, version, title, description, requirement, digest },
  ...{ modules: modules.slice(0, 1), units: units.slice(0, 1), steps: steps.slice(0, 1) },
};

export const tracksContract = {
  operations: {
    'GET /v1/catalogue': {
      operationId: 'listTracks',
      answers: { 200: { headers, example: { tracks: [listed] } }, ...unchanged },
    },
    'GET /v1/catalogue/:track': {
      operationId: 'readTrack',
      answers: { 200: { headers, example: shortened }, ...unchanged },
    },
    'GET /achievements/:track': { operationId: 'readCertificateAchievement', answers: ofAchievement },
    'GET /achievements/:track/:module': { operationId: 'readModuleAchievement', answers: ofAchievement },
    'GET /achievements/:track/image.svg': { operationId: 'readCertificateSvg', answers: svg },
    'GET /achievements/:track/image.png': { operationId: 'readCertificatePng', answers: png },
    'GET /achievements/:track/:module/image.svg': { operationId: 'readModuleSvg', answers: svg },
    'GET /achievements/:track/:module/image.png': { operationId: 'readModulePng', answers: png },
    'GET /issuer/image.svg': { operationId: 'readIssuerSvg', answers: svg },
    'GET /issuer/image.png': { operationId: 'readIssuerPng', answers: png },
  },
};
