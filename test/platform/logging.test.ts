// The log holds no personal data.
import { Writable } from 'node:stream';
import { DrizzleQueryError } from 'drizzle-orm';
import t from 'tap';
import { describeError, loggablePath, openLog } from '../../src/platform/logging.ts';

function capture(): { written: () => string; log: ReturnType<typeof openLog> } {
  let text = '';
  const sink = new Writable({ write: (chunk, _encoding, done) => ((text += String(chunk)), done()) });
  return { written: () => text, log: openLog({ logLevel: 'info' }, sink) };
}

await t.test('a failed query tells its SQLSTATE and constraint, and none of its values', async (t) => {
  const cause = Object.assign(new Error('duplicate key value'), {
    code: '23505',
    severity: 'ERROR',
    detail: 'Key (value)=(ada@example.edu) already exists.',
    constraint_name: 'learner_identifiers_pkey',
  });
  const { written, log } = capture();
  log.error({ err: new DrizzleQueryError('insert into x values ($1)', ['ada@example.edu'], cause) }, 'failed');
  t.notMatch(written(), /ada@example/);
  t.match(written(), /23505/);
  t.match(written(), /learner_identifiers_pkey/);
});

await t.test('what whoever runs the service can mend is named, on both databases', async (t) => {
  const full = { code: '53100', severity: 'ERROR' };
  const ofServer = Object.assign(new Error('could not extend file'), full);
  const ofPglite = Object.assign(new Error('could not extend file'), { ...full, query: 'insert …', params: ['ada'] });
  for (const cause of [ofServer, ofPglite])
    t.match(describeError(new DrizzleQueryError('insert …', ['ada'], cause)), {
      message: 'a query failed',
      cause: { message: 'the database says 53100 (disk_full)', code: '53100' },
    });
});

await t.test('secrets and addresses are left out wherever they are named', async (t) => {
  const { written, log } = capture();
  log.info(
    { client: { secret: 'S3CRET' }, learner: { email: 'ada@example.edu' }, headers: { authorization: 'Bearer xyz' } },
    'x',
  );
  t.notMatch(written(), /S3CRET|ada@|xyz/);
});

await t.test('a path is written without its query', async (t) => {
  t.equal(loggablePath('/v1/learners?identifier=email|ada@example.edu'), '/v1/learners');
  t.equal(loggablePath('/healthz'), '/healthz');
});

await t.test('anything thrown can be described', async (t) => {
  t.match(describeError('text'), { type: 'string' });
  t.match(describeError(new TypeError('x', { cause: new Error('why') })), {
    type: 'TypeError',
    message: 'x',
    cause: { message: 'why' },
  });
});
