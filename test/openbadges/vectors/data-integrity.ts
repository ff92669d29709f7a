// Signed documents that the World Wide Web Consortium prints, with the key each was made by.
//
// Data Integrity EdDSA Cryptosuites 1.0 and ECDSA Cryptosuites 1.0 (W3C Recommendations, 15 May 2025), appendices
// "Test Vectors". The keys are public: never use them.

const contexts = ['https://www.w3.org/ns/credentials/v2', 'https://www.w3.org/ns/credentials/examples/v2'];

const alumni = {
  '@context': contexts,
  id: 'urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33',
  type: ['VerifiableCredential', 'AlumniCredential'],
  name: 'Alumni Credential',
  description: 'A minimum viable example of an Alumni Credential.',
  issuer: 'https://vc.example/issuers/5678',
  validFrom: '2023-01-01T00:00:00Z',
  credentialSubject: { id: 'did:example:abcdefgh', alumniOf: 'The School of Examples' },
};

const ed25519 = 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2';
const p256 = 'zDnaepBuvsQ8cpsWrVKw8fbpGpvPeNSjVPTWoq6cRqaYzBKVP';
const p384 = 'z82LkuBieyGShVBhvtE2zoiD6Kma4tJGFtkAhxR5pfkp5QPw4LutoYWhvQCnGjdVn14kujQ';

const proof = (cryptosuite: string, verificationMethod: string, proofValue: string, more: object = {}) => ({
  type: 'DataIntegrityProof',
  cryptosuite,
  created: '2023-02-24T23:36:38Z',
  verificationMethod,
  proofPurpose: 'assertionMethod',
  ...more,
  proofValue,
});

/** The Ed25519 key of the EdDSA vectors: multikey `z3u2…`, its 32 bytes of seed. */
export const alumniSeedHex = 'c96ef9ea10c5e414c471723aff9de72c35fa5b70fae97e8832ecac7d2e2b8ed6';
export const alumniUnsigned = alumni;

const issuer = 'https://vc.example/issuers/5678';

/** One signed document for each suite, as printed. */
export const signedAlumni: Record<string, Record<string, unknown>> = {
  'eddsa-rdfc-2022': {
    ...alumni,
    proof: proof(
      'eddsa-rdfc-2022',
      `${issuer}#${ed25519}`,
      'z21EVs3eXERqTn4acNHT9viboqgzUaQ3kTmhPT3eA8qrVPE7CrQq78WkzctnMX5W4CrzcKnHw8V6dvy5pgWYCU5e9',
    ),
  },
  'eddsa-jcs-2022': {
    ...alumni,
    proof: proof(
      'eddsa-jcs-2022',
      `${issuer}#${ed25519}`,
      'z63t83Y53KfzJ5ZosfKTnqfMcKB2dmTrfjSaQjeNNjAD5srBowQfmWqeRb8rRjmeEuCBEsddF9LsVogtuTsijJKh4',
      { '@context': contexts },
    ),
  },
  'ecdsa-rdfc-2019 P-256': {
    ...alumni,
    proof: proof(
      'ecdsa-rdfc-2019',
      `did:key:${p256}#${p256}`,
      'zaHXrr7AQdydBk3ahpCDpWbxfLokDqmCToYm2dyWvpcFVyWooC2he63w1f7UNQoAMKdhaRtcnaE2KTo5o5vTCcfw',
    ),
  },
  'ecdsa-rdfc-2019 P-384': {
    ...alumni,
    proof: proof(
      'ecdsa-rdfc-2019',
      `did:key:${p384}#${p384}`,
      'z967Mvv5bxtmLNqTzPZ8KmJjFmFXaAKeQNzq7GWnQkMcLtaGSSmuozE5WtJ8PipMe178B1tE28K1vsJur9bGVJhz6jgSJsRHFSQeqgH8hhjcg8gZDFJC1b9FsR5ggNmDBqHv',
    ),
  },
  'ecdsa-jcs-2019 P-256': {
    ...alumni,
    proof: proof(
      'ecdsa-jcs-2019',
      `did:key:${p256}#${p256}`,
      'zq6PrUMCtqY5obCSsrQxuFJdGffCDxvFuopdZiBPUBRTFEs1VVsBZi8YiEwVWgHYrXxoV93gBHqGDBtQLPFxpZxz',
    ),
  },
};

/** Two proofs side by side, a third over both, a fourth over the third. */
export const signedChain = {
  ...alumni,
  proof: [
    proof(
      'eddsa-rdfc-2022',
      'https://vc.example/issuers/56781#z6MktgKTsu1QhX6QPbyqG6geXdw6FQCZBPq7uQpieWbiQiG7',
      'z5KTX5yikM4eUukZW9qh66LGT3KZEUCACGpWcT2t4Yd54NMoFRchGmH4778omyNFAD3weSt6sNk5fuaMQmhhzNmEC',
      { id: 'urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544' },
    ),
    proof(
      'eddsa-rdfc-2022',
      'https://vc.example/issuers/56782#z6MkhWqdDBPojHA7cprTGTt5yHv5yUi1B8cnXn8ReLumkw6E',
      'z5KXNyXDcm822dHS37tmS6Xc7FFNo8c73AfeqmfHoywPxnXWNjWKYK3VQzt3CMUoK9uAqsboVHKJXxuYwbdnfxZeA',
      { id: 'urn:uuid:8cc9022b-6b14-4cf3-8571-74972c5feb54' },
    ),
    proof(
      'eddsa-rdfc-2022',
      'https://vc.example/issuers/56783#z6MkmEq87wkHCYnWnNZkigeDMGTN7oUw1upkhzd77KuXERS1',
      'z2hcFbMaj3BJufikuLZQ36gAXVT9J3ZiwB9rqN3j7VdqyT1GaQPbMTaF1Q2gn7h75ZcJ6JpV9pvNoDumvcjtmSRAV',
      {
        id: 'urn:uuid:d94f792a-c546-4d06-b38a-da070ab56c23',
        created: '2023-02-26T22:06:38Z',
        previousProof: [
          'urn:uuid:26329423-bec9-4b2e-88cb-a7c7d9dc4544',
          'urn:uuid:8cc9022b-6b14-4cf3-8571-74972c5feb54',
        ],
      },
    ),
    proof(
      'eddsa-rdfc-2022',
      'https://vc.example/issuers/56784#z6MkmEq87wkHCYnWnNZkigeDMGTN7oUw1upkhzd77KuXERS1',
      'z6f4Lx4xiwWq8sucv6pg2vVvD5R4bxr58q2TagpwDXCxPVVS28S1iFwhor4ikhG6u4RKrNx7uSkYrCHdiiw5Js3d',
      { created: '2023-02-26T22:16:38Z', previousProof: 'urn:uuid:d94f792a-c546-4d06-b38a-da070ab56c23' },
    ),
  ],
};
