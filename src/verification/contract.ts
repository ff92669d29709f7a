// What the contract says of this room's routes besides their schemas.
import type { RoomContract } from '../platform/contract.ts';
import { Problem } from '../platform/problem.ts';
import { busy, endless } from '../platform/worker-pool.ts';
import { REPORT_EXAMPLE } from './report-schema.ts';

const credential = { $ref: '#/components/examples/Credential' };
const picture = 'https://badges.example.org/credentials/327c4734-2d75-46df-a95e-b328f76ed759.png';

const notVerified = (what: string) =>
  new Problem('not_verified', 400, `The ${what} does not verify.`, {
    errors: [
      { pointer: '/verifiableCredential', code: 'revocation.revoked', detail: 'The issuer has revoked the badge.' },
    ],
  });
const malformed = (member: string, what: string) =>
  new Problem(`malformed_${what}`, 400, `${member} must be a JSON object.`, {
    errors: [{ pointer: `/${member}`, code: 'malformed', detail: `${member} must be a JSON object.` }],
  });

export const verificationContract: RoomContract = {
  operations: {
    'POST /v1/verify': {
      operationId: 'verifyBadge',
      body: {
        content: {
          'application/json': {
            example: {
              input: 'https://badges.example.org/credentials/327c4734-2d75-46df-a95e-b328f76ed759',
              recipient: { email: 'ada@example.edu' },
            },
          },
          'application/vc': { schema: { $ref: '#/components/schemas/OpenBadgeCredential' }, example: credential },
          'application/vc+jwt': {
            schema: { type: 'string' },
            example: { $ref: '#/components/examples/CredentialJwt' },
          },
          'image/svg+xml': {
            schema: { type: 'string' },
            example: '<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="https://purl.imsglobal.org/ob/v3p0"/>',
          },
          'image/png': { schema: {}, exampleUrl: picture },
          'application/pdf': { schema: {}, exampleUrl: picture.replace(/png$/, 'pdf') },
        },
      },
      answers: { 200: { description: 'The report, whatever it says.', example: REPORT_EXAMPLE } },
      problems: [busy(), endless()],
    },
    'POST /credentials/verify': {
      operationId: 'verifyCredential',
      description:
        '200 only for what verifies entirely: every proof good and nothing open. Otherwise 400 with the faults.',
      body: {
        example: {
          verifiableCredential: {
            '@context': ['https://www.w3.org/ns/credentials/v2'],
            type: ['VerifiableCredential'],
          },
          options: {},
        },
      },
      answers: {
        200: { example: { verified: true, outcome: REPORT_EXAMPLE.outcome, checks: REPORT_EXAMPLE.checks } },
      },
      problems: [notVerified('credential'), malformed('verifiableCredential', 'credential'), busy(), endless()],
    },
    'POST /presentations/verify': {
      operationId: 'verifyPresentation',
      description: '200 only when the presentation and every credential in it verify entirely.',
      body: {
        example: {
          verifiablePresentation: {
            '@context': ['https://www.w3.org/ns/credentials/v2'],
            type: ['VerifiablePresentation'],
          },
          options: { challenge: 'c0ffee', domain: 'example.org' },
        },
      },
      answers: {
        200: {
          example: {
            verified: true,
            results: {
              presentation: { verified: true, holder: 'did:key:z6MkqhauDcAJkrePsrbepoS3E1oqpVdZdyECw7KMceuECNwg' },
            },
          },
        },
      },
      problems: [notVerified('presentation'), malformed('verifiablePresentation', 'presentation'), busy(), endless()],
    },
  },
};
