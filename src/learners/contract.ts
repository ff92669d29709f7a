// What the contract says of this room's routes besides their schemas.
import type { RoomContract } from '../platform/contract.ts';
import { Problem } from '../platform/problem.ts';

const learner = {
  id: '6a305e40-198e-4e8e-8e47-b4018c95497c',
  name: 'Ada Example',
  identifiers: [
    { type: 'account', homePage: 'https://moodle.example.edu', name: '17' },
    { type: 'email', value: 'ada@example.edu' },
  ],
  consents: { name: true, listed: false, evidence: false },
  createdAt: '2026-03-04T10:12:30.120Z',
};

export const learnersContract: RoomContract = {
  operations: {
    'GET /v1/learners': {
      operationId: 'findLearners',
      description: 'One learner or none: only those whom the client’s own sources brought, unless it has `admin`.',
      answers: { 200: { examples: { found: { learners: [learner] }, unknown: { learners: [] } } } },
      problems: [
        new Problem('identifier_unreadable', 422, 'This identifier is none that we know.', {
          errors: [
            {
              pointer: '/identifier',
              code: 'identifier_unreadable',
              detail: 'Give an e-mail address, a DID, or account:<home page>|<name>.',
            },
          ],
        }),
      ],
    },
    'GET /v1/learners/:id': {
      operationId: 'readLearner',
      answers: { 200: { example: learner } },
      problems: [new Problem('learner_unknown', 404, 'There is no learner with this id.')],
    },
  },
};
