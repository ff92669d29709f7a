// What the contract says of the one form of a badge that this room draws: the certificate, which is in people's words.
import type { RoomContract } from '../platform/contract.ts';
import { Problem } from '../platform/problem.ts';
import { busy, endless } from '../platform/worker-pool.ts';

const url = 'https://badges.example.org/credentials/327c4734-2d75-46df-a95e-b328f76ed759.pdf';

export const pagesContract: RoomContract = {
  operations: {
    'GET /credentials/:id.pdf': {
      operationId: 'readBadgePdf',
      description: 'In the language of `lang`, or of `Accept-Language`. Drawn anew, with the state of the moment.',
      answers: {
        200: {
          headers: { 'Cache-Control': 'Whether and for how long it may be kept.' },
          content: {
            'application/pdf': {
              schema: { description: 'The certificate (PDF/A-3a) with the credential attached.' },
              exampleUrl: url,
            },
          },
        },
      },
      problems: [
        new Problem('credential_unknown', 404, 'There is no badge at this address, or it is not shared.'),
        new Problem('credential_erased', 410, 'This badge was erased at the wish of its earner.'),
        new Problem('preview_unknown', 404, 'There is no picture of this badge.'),
        busy(),
        endless(),
      ],
    },
  },
};
