// What the contract says of this room's routes besides their schemas.
import type { RoomContract } from '../platform/contract.ts';
import { Problem } from '../platform/problem.ts';
import { COLUMNS } from './csv-columns.ts';
import { LISTED_MAX, type ImportAnswer } from './import.ts';
import { ROW_MAX } from './import-row.ts';
import { unknownImport } from './settle-import.ts';

const waiting: ImportAnswer = {
  id: '5b0f1f5c-3f0e-4a53-9a0e-6a4d3a1c2f10',
  client: 'c_4f1d9a',
  ...{ format: 'csv', dryRun: false, state: 'waiting', percent: 0, bytes: 1_204_112, rows: 10_000 },
  ...{ read: 0, recorded: 0, stale: 0, replayed: 0, parked: 0, dropped: 0, refused: 0, awarded: 0 },
  receivedAt: '2026-03-04T10:12:30.120Z',
};
const running: ImportAnswer = {
  ...waiting,
  ...{ state: 'running', percent: 40, read: 4000, recorded: 3985, replayed: 12, refused: 3, awarded: 610 },
  startedAt: '2026-03-04T10:12:30.410Z',
};
const cancelled: ImportAnswer = { ...running, state: 'cancelled', endedAt: '2026-03-04T10:12:33.020Z' };

const ndjson = `${JSON.stringify({
  id: 'r-1',
  source: 'https://moodle.example.edu',
  type: 'completed',
  learner: { identifiers: [{ type: 'account', homePage: 'https://moodle.example.edu', name: '17' }] },
  activity: { unit: 'copyright/basics' },
  occurredAt: '2026-03-04T10:11:12Z',
})}\n`;
const csv =
  'id,email,email_verified,name,unit,occurred_at\n' +
  'r-1,ada@example.edu,true,Ada Example,copyright/basics,2026-03-04T10:11:12Z\n';

const description = `The file may be of any length: it is stored as it comes and answered when its last row is there; then the connection is not needed any more. Rows are recorded as single posts are, a thousand at a time; one that is refused takes no other down. Sending the same file again changes nothing.

NDJSON has one record a line, as \`POST /v1/completions\` takes it. CSV (RFC 4180, with \`,\`, \`;\` or a tab between cells) names its columns in the first row; an empty cell is left out of the record:

${Object.entries(COLUMNS)
  .map(([name, meaning]) => `- \`${name}\`: ${meaning}`)
  .join('\n')}

\`unit\` or \`activity_id\`, \`email\` or \`account\`, and \`occurred_at\` are needed. The id that is made for a row without one is a keyed hash of source, type, learner, activity, \`occurred_at\` and \`sequence\`.

A row may have ${ROW_MAX} characters. With \`dryRun=true\` all rows are judged and nothing is kept; rows of one learner are judged together where they lie within some 25,000, and a thousand rows at a time; a badge whose last stones lie further apart is not counted, and neither is a repetition. Rows of one learner are told in their order, those of others in any.`;

export const importsContract: RoomContract = {
  operations: {
    'POST /v1/imports': {
      operationId: 'createImport',
      description,
      body: {
        content: {
          'text/csv': { schema: { type: 'string', description: 'UTF-8.' }, example: csv },
          'application/x-ndjson': { schema: { type: 'string', description: 'One record a line.' }, example: ndjson },
        },
      },
      answers: {
        202: {
          description: 'Every row is stored and will be worked on.',
          example: waiting,
          headers: { Location: 'Where to see how far it is: `/v1/imports/{id}`.' },
        },
      },
      problems: [
        new Problem('import_ended', 409, 'This import was cancelled while it came.'),
        new Problem('import_too_large', 413, 'An import may have 4294967296 bytes. Send it in several.'),
        new Problem('media_type', 415, 'Send text/csv or application/x-ndjson, in UTF-8 and not compressed.'),
        new Problem('not_utf8', 422, 'This file is not UTF-8. Save it as “CSV UTF-8”, or convert it with iconv.'),
        new Problem('columns_wrong', 422, 'The first row does not name the columns as it should. See errors.', {
          errors: [
            {
              pointer: '/e_mail',
              code: 'column_unknown',
              detail: `There is no such column. There are: ${Object.keys(COLUMNS).join(', ')}.`,
            },
          ],
        }),
        new Problem(
          'csv_unreadable',
          422,
          'Row 17 cannot be told from those after it. A quote that opens in it is never closed.',
        ),
        new Problem('too_many_imports', 429, '10 imports of this client are under way. Wait for one to end.'),
      ],
    },
    'GET /v1/imports': {
      operationId: 'listImports',
      description: 'Those of the client itself. Send `next` as `cursor` until there is none.',
      answers: { 200: { example: { imports: [running] } } },
      problems: [new Problem('cursor_invalid', 422, 'This cursor is not one of ours. Begin again without it.')],
    },
    'GET /v1/imports/:id': {
      operationId: 'readImport',
      description: 'Kept for 90 days after its end.',
      answers: { 200: { examples: { waiting, running } } },
      problems: [unknownImport()],
    },
    'GET /v1/imports/:id/errors': {
      operationId: 'listImportErrors',
      description: `In the order of the rows; while it runs more may come in between. At most ${LISTED_MAX} are listed; \`refused\` of the import counts all rows.`,
      answers: {
        200: {
          example: {
            errors: [
              {
                row: 17,
                recordId: 'r-16',
                status: 422,
                code: 'wrong_format',
                pointer: '/occurredAt',
                column: 'occurred_at',
                detail: 'Give a time with its zone, like 2026-03-04T10:11:12Z or 2026-03-04T11:11:12+01:00.',
              },
            ],
          },
        },
      },
      problems: [unknownImport()],
    },
    'DELETE /v1/imports/:id': {
      operationId: 'cancelImport',
      description: 'What is recorded stays; the rows that still wait are deleted.',
      answers: { 200: { example: cancelled } },
      problems: [
        unknownImport(),
        new Problem('import_ended', 409, 'This import is done; there is nothing left to cancel.'),
      ],
    },
  },
};
