// What the contract says of this room's routes besides their schemas.
import type { RoomContract } from '../platform/contract.ts';
import { Problem } from '../platform/problem.ts';

export const privacyContract: RoomContract = {
  operations: {
    'POST /v1/learners/:id/claim-links': {
      operationId: 'makeClaimLink',
      description:
        'For a learner whom the client’s own sources brought and who is signed in there: whoever follows the link is let in, once, within 15 minutes. Hand it to nobody else, and keep it nowhere.',
      answers: {
        201: {
          example: {
            url: 'https://badges.example.org/claim/7mJm0iTjvXo6lq2f0ZlT0wXyqf7CN2l1kJYpWm3c9uE',
            expiresAt: '2026-03-04T10:27:30.120Z',
          },
        },
      },
      problems: [new Problem('learner_unknown', 404, 'There is no learner with this id.')],
    },
  },
};
