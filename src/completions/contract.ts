// What the contract says of this room's routes besides their schemas.
import type { RoomContract } from '../platform/contract.ts';
import { Problem, problemBody, type Fault } from '../platform/problem.ts';
import {
  awarded,
  awarding,
  dropped,
  learner,
  mastery,
  moved,
  next,
  ofQuiz,
  parkedAs,
  placed,
  progress,
  quiz,
  record,
  recorded,
  replayed,
  source,
  stored,
} from './examples.ts';

const fault = (pointer: string, code: string, detail: string): { errors: Fault[] } => ({
  errors: [{ pointer, code, detail }],
});
const problems = {
  unknownCompletion: new Problem('completion_unknown', 404, 'There is no completion with this id.'),
  unknownLearner: new Problem('learner_unknown', 404, 'There is no learner with this id.'),
  invalid: new Problem(
    'record_invalid',
    422,
    'This record is not as it should be; each fault is named below.',
    fault(
      '/occurredAt',
      'wrong_format',
      'Give a time with its zone, like 2026-03-04T10:11:12Z or 2026-03-04T11:11:12+01:00.',
    ),
  ),
  taken: new Problem(
    'record_id_taken',
    409,
    'Another record was received under this id from this source. Send a correction under an id of its own.',
    fault('/id', 'record_id_taken', 'Give the changed record a new id.'),
  ),
  foreign: new Problem(
    'source_not_yours',
    403,
    'This client may not speak for that source.',
    fault('/source', 'source_not_yours', `Register this source for your client, or send as one of: ${source}.`),
  ),
  review: new Problem(
    'scope_missing',
    403,
    'Saying step/core/fee needs the scope reviews:write: a certificate rests on reviewed work.',
    fault('/activity/unit', 'scope_missing', 'Ask for the scope reviews:write.'),
  ),
  cursor: new Problem(
    'cursor_invalid',
    422,
    'This cursor is not one of ours. Begin again without it.',
    fault('/cursor', 'cursor_invalid', 'Give `next` of the page before.'),
  ),
  busy: new Problem('busy', 503, 'Too many records are waiting. Send this one again in a few seconds.'),
  notRecorded: new Problem(
    'not_recorded',
    503,
    'This record could not be stored. Nothing of it was kept; send it again.',
  ),
};

const unit = (key: string, title: string, satisfied: boolean) => ({
  id: key,
  kind: 'unit',
  title,
  complete: satisfied,
  done: satisfied ? 1 : 0,
  required: 1,
  ...(satisfied
    ? { satisfiedBy: [{ completion: recorded.completion, source, occurredAt: record.occurredAt, type: 'completed' }] }
    : { missing: [key] }),
});

export const completionsContract: RoomContract = {
  operations: {
    'GET /v1/completions': {
      operationId: 'listCompletions',
      description:
        'Those of the client’s own sources. Send `next` as `cursor` until there is none. To follow what comes later, ask again with `receivedSince` a minute before the last `receivedAt` you know, and tell records apart by `id`: one that was being stored while you read may stand before the last that you were given.',
      answers: { 200: { example: { completions: [stored], next } } },
      problems: [problems.cursor],
    },
    'GET /v1/completions/:id': {
      operationId: 'readCompletion',
      answers: { 200: { example: stored } },
      problems: [problems.unknownCompletion],
    },
    'POST /v1/completions': {
      operationId: 'recordCompletion',
      body: { examples: { unit: record, mastery, activity: ofQuiz } },
      answers: {
        200: { examples: { replayed, dropped } },
        201: {
          examples: { recorded, awarding },
          headers: { Location: 'Where the record is read: `/v1/completions/{completion}`.' },
        },
        202: {
          examples: {
            unknown_unit: parkedAs('unknown_unit'),
            identity_conflict: parkedAs('identity_conflict'),
            unverified_email: parkedAs('unverified_email'),
          },
        },
      },
      problems: [
        problems.foreign,
        problems.review,
        problems.taken,
        problems.invalid,
        problems.busy,
        problems.notRecorded,
      ],
    },
    'POST /v1/completions/batch': {
      operationId: 'recordCompletions',
      body: {
        content: {
          'application/json': { example: { records: [mastery, record, ofQuiz, moved] } },
          'application/x-ndjson': {
            schema: { type: 'string', description: 'One record a line.' },
            example: `${JSON.stringify(record)}\n${JSON.stringify(mastery)}\n`,
          },
        },
      },
      answers: {
        207: {
          description: 'One result a record, in order. `retryable` says whether the same record may do better later.',
          example: {
            summary: { created: 1, replayed: 1, stale: 0, parked: 1, dropped: 0, failed: 1 },
            results: [
              { index: 0, ...awarding, status: 201, recorded: 'recorded' },
              { index: 1, ...replayed, status: 200, recorded: 'recorded' },
              { index: 2, ...parkedAs('unknown_unit'), status: 202, recorded: 'parked' },
              {
                index: 3,
                id: moved.id,
                status: 422,
                problem: problemBody(problems.invalid, { id: '0d4c8a52-7f3b-4c1e-9a6d-2b8e5f7a9c10' }),
                retryable: false,
              },
            ],
          },
        },
      },
      problems: [new Problem('batch_too_long', 422, 'Send at most 1000 records at a time.'), problems.busy],
    },
    'GET /v1/learners/:id/progress': {
      operationId: 'readProgress',
      answers: {
        200: {
          example: {
            learner,
            tracks: [
              {
                ...progress(1, 0)[0],
                done: ['commons/significance'],
                missing: ['commons/physical-digital'],
                requirement: {
                  id: 'core',
                  kind: 'allOf',
                  title: 'Creative Commons CORE Certificate',
                  complete: false,
                  done: 0,
                  required: 10,
                  children: [
                    unit('commons/significance', 'Significance of the Commons', true),
                    unit('commons/physical-digital', 'Physical and Digital Commons', false),
                  ],
                },
              },
            ],
            awarded: [{ ...awarded[0], awardedAt: '2026-03-04T10:12:30.000Z', status: 'live' }],
          },
        },
      },
      problems: [problems.unknownLearner],
    },
    'PUT /v1/learners/:id/enrolments/:track': {
      operationId: 'moveEnrolment',
      description: 'Awards at once what that version makes due.',
      body: { example: { version: '1.0' } },
      answers: { 200: { example: { track: 'core', version: '1.0', awarded: [] } } },
      problems: [
        problems.unknownLearner,
        new Problem(
          'version_unknown',
          422,
          'There is no version 9.9 of the track core.',
          fault('/version', 'version_unknown', 'See /v1/catalogue for the versions.'),
        ),
      ],
    },
    'GET /v1/mappings': {
      operationId: 'listMappings',
      answers: { 200: { example: { mappings: [{ source, activity: quiz, unit: 'licenses/overview' }] } } },
    },
    'POST /v1/mappings': {
      operationId: 'mapActivity',
      body: { example: { source, activity: quiz, unit: 'licenses/overview' } },
      answers: {
        200: { example: { source, activity: quiz, unit: 'licenses/overview', replayed: [placed], waiting: 0 } },
      },
      problems: [
        problems.foreign,
        new Problem(
          'unit_unknown',
          422,
          'There is no such unit.',
          fault('/unit', 'unit_unknown', 'Give a key of /v1/catalogue.'),
        ),
      ],
    },
    'GET /v1/parked': {
      operationId: 'listParked',
      answers: {
        200: {
          example: {
            parked: [
              {
                id: parkedAs('').parked,
                source,
                recordId: ofQuiz.id,
                reason: 'unknown_unit',
                activity: quiz,
                candidates: [],
                parkedAt: '2026-03-04T10:12:30.120Z',
                record: ofQuiz,
              },
            ],
          },
        },
      },
      problems: [problems.cursor],
    },
    'POST /v1/parked/:id/resolve': {
      operationId: 'resolveParked',
      body: { examples: { learner: { learner }, verified: { verified: true } } },
      answers: {
        200: { description: 'Placed: as if the record had just come.', example: placed },
        202: { description: 'It waits on, for another reason.', example: parkedAs('unknown_unit') },
      },
      problems: [
        problems.review,
        new Problem('parked_unknown', 404, 'Nothing is parked under this id; it may be resolved already.'),
        new Problem(
          'learner_unknown',
          422,
          'There is no learner with this id.',
          fault('/learner', 'learner_unknown', 'Give the id of a learner.'),
        ),
      ],
    },
    'POST /v1/credentials/:id/lift': {
      operationId: 'liftRevocation',
      body: { examples: { now: { award: 'now' }, later: { award: 'next_record' } } },
      answers: { 200: { example: { lifted: true, awarded } } },
      problems: [
        new Problem('credential_unknown', 404, 'There is no credential with this id.'),
        new Problem('not_revoked', 409, 'This credential is not revoked; there is nothing to lift.'),
      ],
    },
  },
};
