// The title page of the contract: what the service says of itself, and one line per room that has routes.
import { completionsContract } from './completions/contract.ts';
import { credentialsContract } from './credentials/contract.ts';
import { endorsementContract } from './credentials/endorsement-contract.ts';
import { vcApiContract } from './credentials/vc-api-contract.ts';
import { importsContract } from './imports/contract.ts';
import { issuerContract } from './issuer/contract.ts';
import { learnersContract } from './learners/contract.ts';
import { pagesContract } from './pages/contract.ts';
import type { ContractOptions } from './platform/contract.ts';
import { platformContract } from './platform/platform-contract.ts';
import { privacyContract } from './privacy/contract.ts';
import { tracksContract } from './tracks/contract.ts';
import { verificationContract } from './verification/contract.ts';

const description = `Completions in, signed Open Badges 3.0 out.

Platforms post completions and read progress; registrars map, resolve, revoke and lift; anybody reads a credential, checks one, or fetches the keys and status lists behind it.

Every problem is \`application/problem+json\` (RFC 9457) with a stable \`code\` to program against; where a request is at fault, \`errors\` names each field by JSON pointer with its remedy. Beyond what is listed with each operation, any request can meet 400 (an address that cannot be read), 404, 405 with \`Allow\`, 422 (a text that no database stores, such as one with NUL), 500, and 503 with \`Retry-After\` while the database is out of reach.

Answers may gain members; ignore those you do not know. Requests are closed: an unknown field is an error, since a misspelt one would silently not count.`;

/** What the contract says of the service at this address. */
export function contractOf(publicUrl: string): ContractOptions {
  return {
    publicUrl,
    title: 'Cairn',
    version: '1.0',
    description,
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    tags: [
      { name: 'access', description: 'Access tokens for clients (OAuth 2.0 client credentials).' },
      { name: 'catalogue', description: 'What can be earned: tracks, modules, units, steps, requirements.' },
      {
        name: 'completions',
        description: 'What platforms tell us, the answers they got, and what waits for a decision.',
      },
      { name: 'imports', description: 'Files of completions, of any length.' },
      { name: 'learners', description: 'Who somebody is to the platforms that brought them, and how far they are.' },
      { name: 'credentials', description: 'The badges that were issued, for those who answer for them.' },
      { name: 'public', description: 'What strangers read: badges, award records, status lists, keys, achievements.' },
      { name: 'verification', description: 'Is this badge good? Anybody’s badge, in any form it travels in.' },
      { name: 'vc-api', description: 'The W3C VC API, for the ecosystem’s tools.' },
      { name: 'operation', description: 'How the service fares.' },
    ],
    scopes: {
      'completions:write': 'Post completions and map activities.',
      'completions:read': 'Read completions, learners, progress and what is parked.',
      'reviews:write': 'Say that evidence was approved and a fee settled.',
      'credentials:read': 'Read credentials.',
      'credentials:revoke': 'Revoke, correct, keep and lift.',
      'vc:issue': 'Issue arbitrary credentials by the VC API, where that is switched on.',
      admin: 'Everything, for every source.',
    },
    rooms: [
      platformContract,
      tracksContract,
      learnersContract,
      issuerContract,
      credentialsContract,
      vcApiContract,
      endorsementContract,
      completionsContract,
      importsContract,
      privacyContract,
      verificationContract,
      pagesContract,
    ],
  };
}
