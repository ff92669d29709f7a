// Badges signed by code that is not ours, by suites that we only verify: @digitalbazaar/ed25519-signature-2020 5.4.0,
// @digitalbazaar/eddsa-2022-cryptosuite 1.0.0 and @digitalbazaar/ecdsa-sd-2023-cryptosuite 3.4.1, with the public keys of
// the vectors of the implementation guide and of W3C. Made once and kept, so that those packages need not be installed.

const achievement = {
  id: 'https://example.com/achievements/teamwork',
  type: ['Achievement'],
  name: 'Teamwork',
  description: 'Can work in a team, 协作.',
  criteria: { narrative: 'Was seen working in a team.' },
};

const issuer = { id: 'https://example.edu/issuers/565049', type: ['Profile'], name: 'Example Corp' };

const olderBadge = (context: string) => ({
  '@context': [
    'https://www.w3.org/2018/credentials/v1',
    'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json',
    context,
  ],
  id: 'urn:uuid:0b2c1a52-7d0c-4f55-9a63-6f6d6f0b8c11',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Teamwork Badge',
  issuer,
  issuanceDate: '2022-07-01T00:00:00Z',
  credentialSubject: { type: ['AchievementSubject'], id: 'did:example:ebfeb1f712ebc6f1c276e12ec21', achievement },
});

const ed25519Method = 'https://example.edu/issuers/565049#z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi';
const p256Method = 'https://example.edu/issuers/565049#zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP';

export const ed25519Signature2020Badge = {
  ...olderBadge('https://w3id.org/security/suites/ed25519-2020/v1'),
  proof: {
    type: 'Ed25519Signature2020',
    created: '2022-07-02T10:00:00Z',
    verificationMethod: ed25519Method,
    proofPurpose: 'assertionMethod',
    proofValue: 'z2FASEshcFtP3XpN7sV5B9fGAsYXfp5fR1ZAWpqNWyANWhb6wH4affjRDFKjs4cH2K2h7hLBmkggkSTV7oKxoW9H7',
  },
};

export const eddsa2022Badge = {
  ...olderBadge('https://w3id.org/security/data-integrity/v2'),
  proof: {
    type: 'DataIntegrityProof',
    created: '2022-07-02T10:00:00Z',
    verificationMethod: ed25519Method,
    cryptosuite: 'eddsa-2022',
    proofPurpose: 'assertionMethod',
    proofValue: 'z8cWojhi2FZXvqs4asFNqpAyPqDnjVQmfh93mXuKHX9BjY2E5HrQJDbkBzJwrUzcbzqPtDw9PREcyEqtVSbgMsbw',
  },
};

/** As the issuer hands it to the holder: issuer, validFrom and achievement must always be shown. */
export const sdBaseBadge = {
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: 'urn:uuid:0b2c1a52-7d0c-4f55-9a63-6f6d6f0b8c11',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  name: 'Teamwork Badge',
  issuer,
  credentialSubject: {
    type: ['AchievementSubject'],
    identifier: [
      { type: 'IdentityObject', hashed: false, identityHash: 'Ada', identityType: 'name' },
      { type: 'IdentityObject', hashed: false, identityHash: 'ada@example.org', identityType: 'emailAddress' },
    ],
    achievement,
  },
  validFrom: '2024-07-01T00:00:00Z',
  proof: {
    type: 'DataIntegrityProof',
    created: '2024-07-02T10:00:00Z',
    verificationMethod: p256Method,
    cryptosuite: 'ecdsa-sd-2023',
    proofPurpose: 'assertionMethod',
    proofValue:
      'u2V0AhVhAnr7XbBu1e0hon4wgF6mQAfCpqGfSnHp5zHHa4sjHWgBQCkQwBJEHgIMjpoT6s6NI3gLtkNf9G9mBNnQQF8CHRlgjgCQDz0cWD6SauP3wIMwemqYIfCjLnz6mgBw-vq2j2vnxhVVYIEIiCjs1BKPOaKhabazuP_aI2L0aFCoCFQstJ3ZpDTK3i1hAYVT3FHEvd12hVGw3LLqCvRVPiANBsD1uyErWMNDrOrC3kMJaAKSZp8b0Ofr_R7TngduI6PuQA3YXfCfxZuasPlhAl991iS4m9PaATAf67pFPoRWHO2uPpPM8bDZEq0nU_l2jF2WyJRYfml4xm6k8PYAu0YhdS5xkmwklXWpUNuqvRFhAgHBDVVGeUHQi1kWO-EieH08nj6_yMGpRsQ5xzr7W7imsUzwZ5tS3EabXiRfr9LJVZKfSnqyAayPIE_mPBB6cQlhAVGY4EoN0gEz3FeiZ9Y-giApkI1wwFJxNjMZaMdz1nOdwXs_BHEGGM1mtvugf4QVA6LIc8AeAz99SzZVX9KWcHlhA2V1MViGXzcugTtioi0vTJImE0QXtHuXA6dCnqRgbbpJIb-pn-2KSJeCv_GNw5hDmxT1597dS92dTs9EAg7rrj1hAOJJNEUl5jfx7nv7n7mO8TkqusJMV7c7DrmqPStHk7Lw7BJpF1qkzMUVWLXsFA6tusgAJ6ACREgEBDl2bmaotM1hAPnPy5HugQ5O2EdqCsSjGnmabT5805vJABVM0Dj-PwiXiz9TYjZIJl2Yv__PcOfLfrCPkb0x0LJblfpq0ETMzHFhApSCV2zfTTnkD-wEFwSfG6nuHyvFNRI79sTzsr0J7GAsb0xiOqKjiPFSGT6Z5WUw5oKcQPbkJg682Bm2OGPtOJ1hAJ5s3xbTpHXL3C2ggVVsvfEuK2GIMb_QdpV7gVf6fmlo3Y-Yy6SdmLfIYOGelF57CRSo-JmiJilIDNPH2Zu-prlhAPsXGaEwUB0YIydADvmtyh9G2J1ZTRLmOfrRyPlbZqoyKXWq7ravN3r4BYwnXMSzkaAPTFD60xtFw_2-5oARakVhAMttFHEMfv-KFjut-aKtBx3pZrudF7gVPnJxr_28OIcHZ8zsUChV4hzrm_ql_u0B4Z9cRQU64Dj-oHQ-5AEkBvoNnL2lzc3VlcmovdmFsaWRGcm9teB4vY3JlZGVudGlhbFN1YmplY3QvYWNoaWV2ZW1lbnQ',
  },
};

/** As the holder shows it: with the name, without the e-mail. */
export const sdDerivedBadge = {
  '@context': ['https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'],
  id: 'urn:uuid:0b2c1a52-7d0c-4f55-9a63-6f6d6f0b8c11',
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  issuer,
  validFrom: '2024-07-01T00:00:00Z',
  credentialSubject: {
    type: ['AchievementSubject'],
    achievement,
    identifier: [{ type: 'IdentityObject', hashed: false, identityHash: 'Ada', identityType: 'name' }],
  },
  proof: {
    type: 'DataIntegrityProof',
    created: '2024-07-02T10:00:00Z',
    verificationMethod: p256Method,
    cryptosuite: 'ecdsa-sd-2023',
    proofPurpose: 'assertionMethod',
    proofValue:
      'u2V0BhVhAnr7XbBu1e0hon4wgF6mQAfCpqGfSnHp5zHHa4sjHWgBQCkQwBJEHgIMjpoT6s6NI3gLtkNf9G9mBNnQQF8CHRlgjgCQDz0cWD6SauP3wIMwemqYIfCjLnz6mgBw-vq2j2vnxhVWFWEA-c_Lke6BDk7YR2oKxKMaeZptPnzTm8kAFUzQOP4_CJeLP1NiNkgmXZi__89w58t-sI-RvTHQsluV-mrQRMzMcWEClIJXbN9NOeQP7AQXBJ8bqe4fK8U1Ejv2xPOyvQnsYCxvTGI6oqOI8VIZPpnlZTDmgpxA9uQmDrzYGbY4Y-04nWEAnmzfFtOkdcvcLaCBVWy98S4rYYgxv9B2lXuBV_p-aWjdj5jLpJ2Yt8hg4Z6UXnsJFKj4maImKUgM08fZm76muWEA-xcZoTBQHRgjJ0AO-a3KH0bYnVlNEuY5-tHI-VtmqjIpdarutq83evgFjCdcxLORoA9MUPrTG0XD_b7mgBFqRWEAy20UcQx-_4oWO635oq0HHelmu50XuBU-cnGv_bw4hwdnzOxQKFXiHOub-qX-7QHhn1xFBTrgOP6gdD7kASQG-owBYIGqpelJZjAYffofYYF9mxNldFHrZGCLkQRYYB2oKcfEuAVggNHWP_sL_9jhWcaLOY66erhDGDTvj5pzQ2fTFicEed90CWCD3DssgvU26FvgNcgsr6qtqEBRGwPo3Q2h_DvmMvc2y2o4AAQIDBAUGBwgJCgsMDg',
  },
};

/** W3C's own derived proof: Data Integrity ECDSA Cryptosuites 1.0, appendix "Test Vectors", ecdsa-sd-2023. */
export const sdWindsurf = {
  '@context': [
    'https://www.w3.org/ns/credentials/v2',
    { '@vocab': 'https://windsurf.grotto-networking.com/selective#' },
  ],
  type: ['VerifiableCredential'],
  issuer: 'https://vc.example/windsurf/racecommittee',
  credentialSubject: {
    sailNumber: 'Earth101',
    sails: [
      { size: 6.1, sailName: 'Lahaina', year: 2023 },
      { size: 7, sailName: 'Lahaina', year: 2020 },
    ],
    boards: [
      { year: 2022, boardName: 'CompFoil170', brand: 'Wailea' },
      { boardName: 'Kanaha Custom', brand: 'Wailea', year: 2019 },
    ],
  },
  proof: {
    type: 'DataIntegrityProof',
    cryptosuite: 'ecdsa-sd-2023',
    created: '2023-08-15T23:36:38Z',
    verificationMethod:
      'did:key:zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP#zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP',
    proofPurpose: 'assertionMethod',
    proofValue:
      'u2V0BhVhAkWKMO8zpRmfcUMksHUMtZM7cJt8PmNLsljKTYhSi8gZ7wAWnK4BrOZkrH3dZvxKWlnxGG_0xlFXmU5sa5-j71VgjgCQCKnLOGbY_FuM-ASpSkkOxsIR2E8n7Ml2q1UQ6tEwzi5OGWEBtAwxySlwwASjXlYLoLwyjdsIRYUa05OQzE0P4skx1-QJKi8HtGcJHtJfOTn7RhWKC0nkXODvUAChvnKDVY02TWEClAeVhEaVRWS_5ZfU6MlgnX07DuKm9XBS-b3RKfciM1Eu7L2mvkMebfBWVUw9WkuqNL4Tz-MkN4lXmljRt8r8DWEBqzbDH1twSPRKHu3zD0KP7YWlx4al1GFotnFizVkQbz6htSNvQIc7IfxLu7AO2fuhJbagJbZKlm-Vf7aNbXuuaWEA78ePS_Gy4lnOlUa2CgworZmUYq-Etff-9QK90v4xOWzNWvaILdcmkJs5zwH9b86f5yxos_NRK-VIO015zVlWTWEB2bYe3iy_95zezUdGp66X77IQbHhKunDI1BF0trlkrIkOCqviH4S1U3Nz4n5WWW8qsc3zAEq1Spquojg2mevHtWEA5EwtdjPeXn07NztIOTZ6PtyWt6v0Gfp5oFRAbvvcCpDnptz6gZd56Z6TBkI0eMUs4RI2g2rup607wVFuIUdvgpgBYIOGCDmZ9TBxEtWeCI9oVmRt0eHRGAaoOXx08gxL2IQt_AVggVkUuBrlOaELGVQWJD4M_qW5bcKEHWGNbOrPA_qAOKKwCWCBD6o5lQOWjNGwaTjq7H2Cn1-NPbwXLeDedy2YyiqL9TQNYIJEdvfdRibsv05I3pv8e6S1aUuAuBpGQHLhrYj4QX0knBFggk0AeXgJ4e6m1XsV5-xFud0L_1mUjZ9Mffhg5aZGTyDkFWCDYgT4e07o_IdCwae6qE7WZfpXtGRFESEXR3SxZmXE05o4AAQIFBggJCg4PEBESEw',
  },
};
