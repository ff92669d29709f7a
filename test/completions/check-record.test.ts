// May this client say this? Its sources, its scopes, our clock.
import t from 'tap';
import { submissionOf } from '../../src/completions/check-record.ts';
import type { Caller } from '../../src/platform/callers.ts';
import { Problem } from '../../src/platform/problem.ts';
import { MOODLE, record } from './submissions.ts';

const NOW = new Date('2026-03-04T12:00:00Z');
const service = { now: () => NOW };

function caller(scopes: string[] = [], more: Partial<Caller> = {}): Caller {
  return {
    clientId: 'client-a',
    scopes,
    sources: [MOODLE],
    trustEmail: false,
    mayStateConsents: false,
    has: (scope) => scopes.includes(scope),
    ...more,
  };
}

function refusal(one: unknown, by = caller()): Problem {
  try {
    submissionOf(service, by, one);
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
  throw new Error('it was taken');
}

await t.test('a record carries what its client may say, and nothing that the record claims for itself', async (t) => {
  const one = record('copyright/basics', 'ada');
  t.same(submissionOf(service, caller(), one), {
    record: one,
    clientId: 'client-a',
    trustEmail: false,
    mayStateConsents: false,
    mayReview: false,
  });
  const trusted = caller(['reviews:write'], { trustEmail: true, mayStateConsents: true });
  t.match(submissionOf(service, trusted, one), { trustEmail: true, mayStateConsents: true, mayReview: true });
});

await t.test('what is no record is a 422 that names every fault by its pointer', async (t) => {
  const { code, status, errors } = refusal({ ...record('a/b', 'ada'), type: 'x', sequence: 'y' });
  t.same([code, status], ['record_invalid', 422]);
  t.same(errors.map((one) => one.pointer).sort(), ['/sequence', '/type']);
  for (const nothing of [null, 7, 'x', []]) t.equal(refusal(nothing).status, 422);
  const lacking = refusal({}).errors;
  t.ok(lacking.length >= 5, 'what a lone post is told of what is missing, a record of a batch is told too');
  for (const fault of lacking) t.match(fault, { code: 'missing', detail: /^This is required/ });
});

await t.test('a clock may be five minutes ahead and no more', async (t) => {
  const at = (occurredAt: string) => record('a/b', 'ada', { occurredAt });
  t.ok(submissionOf(service, caller(), at('2026-03-04T12:05:00.000Z')));
  t.ok(submissionOf(service, caller(), at('2026-03-04T17:35:00.000+05:30')));
  const late = refusal(at('2026-03-04T12:05:00.001Z'));
  t.match(late, { status: 422, errors: [{ pointer: '/occurredAt', code: 'in_the_future' }] });
});

await t.test('a client speaks for its own sources alone, in accounts too, and each fault is named', async (t) => {
  const other = 'https://canvas.example.org';
  const foreign = record('a/b', 'ada', {
    source: other,
    learner: {
      identifiers: [
        { type: 'account', homePage: MOODLE, name: '1' },
        { type: 'account', homePage: other, name: '2' },
      ],
    },
  });
  t.match(refusal(foreign), {
    code: 'source_not_yours',
    status: 403,
    errors: [{ pointer: '/source' }, { pointer: '/learner/identifiers/1/homePage' }],
  });
  t.equal(refusal(record('a/b', 'ada', { source: `${MOODLE}.evil.org` })).status, 403);
  t.equal(refusal(record('a/b', 'ada'), caller(['admin'], { sources: [] })).status, 403, 'not even an administrator');
});

await t.test('texts that no database stores are refused with their place, in a line of a batch too', async (t) => {
  for (const bad of ['a\0', '\ud800'])
    t.match(refusal(record('a/b', bad)), {
      status: 422,
      errors: [{ pointer: '/learner/identifiers/0/name', code: 'text_not_storable' }],
    });
});
