// What the contract says of the VC API's issuing half besides its schemas.
import type { RoomContract } from '../platform/contract.ts';
import { Problem } from '../platform/problem.ts';
import documents from './example-documents.json' with { type: 'json' };
import { malformed } from './posted-credential.ts';
import { unknownPosted } from './change-posted-status.ts';

const off = new Problem('vc_api_off', 404, 'Issuing through the VC API is switched off: the operator sets VC_API=on.');
const notOurs = 'The issuer must be one of ours: see "cairn issuers list".';
const credential = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential'],
  issuer: 'did:web:badges.example.org',
  credentialSubject: { id: 'did:example:ada' },
};
const entry = { type: 'BitstringStatusListEntry', statusPurpose: 'suspension' };
const name = 'urn:uuid:0fc754bc-fc32-46a0-aec1-a5ef385e7ea0';

export const vcApiContract: RoomContract = {
  operations: {
    'POST /credentials/issue': {
      operationId: 'issueCredential',
      description: 'What is posted is signed as it stands, or refused with every reason at once.',
      body: {
        examples: {
          plain: { credential, options: {} },
          withStatus: { credential, options: { credentialStatus: [entry] } },
          jwt: { credential, options: { format: 'jwt' } },
        },
      },
      answers: { 201: { example: { verifiableCredential: documents.credential } } },
      problems: [
        malformed('The credential is not one by the data model.', [
          { pointer: '/credential/type', code: 'member_missing', detail: 'type is missing from the credential.' },
        ]),
        new Problem('issuer_not_ours', 400, notOurs, {
          errors: [{ pointer: '/credential/issuer', code: 'issuer_not_ours', detail: notOurs }],
        }),
        new Problem('malformed_options', 400, 'options.credentialStatus names one purpose twice.'),
        off,
        new Problem('key_not_here', 503, 'The private part of the key is on another replica.'),
      ],
    },
    'POST /credentials/status': {
      operationId: 'changeCredentialStatus',
      description: 'Revokes, suspends or reinstates what the VC API issued; the next list that is served says so.',
      body: {
        examples: {
          suspend: { credentialId: name, credentialStatus: entry, status: true },
          reinstate: { credentialId: name, credentialStatus: [{ ...entry, status: '0' }] },
        },
      },
      answers: { 200: { example: { updated: true } } },
      problems: [
        new Problem('malformed_status', 400, 'Give the credentialId, or statusListCredential and statusListIndex.'),
        new Problem(
          'status_entry_unknown',
          400,
          'This credential was issued without a status entry for suspension: ask for one when issuing.',
        ),
        off,
        unknownPosted(),
        new Problem('revocation_is_final', 409, 'A revoked credential stays revoked: issue another.'),
        new Problem(
          'issuer_lost',
          409,
          'The key of this issuer is gone, or was compromised: its lists stay as they are.',
        ),
      ],
    },
  },
};
