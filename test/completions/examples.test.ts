// The examples that integrators copy are records that the service takes.
import t from 'tap';
import { submissionOf } from '../../src/completions/check-record.ts';
import { mastery, moved, ofQuiz, record } from '../../src/completions/examples.ts';
import type { Caller } from '../../src/platform/callers.ts';
import { isKnownUnit } from '../../src/tracks/catalogue.ts';

const caller: Caller = {
  clientId: 'a-client',
  scopes: ['completions:write'],
  sources: [record.source],
  trustEmail: true,
  mayStateConsents: false,
  has: (scope) => scope === 'completions:write',
};
const service = { now: () => new Date('2026-03-04T12:00:00.000Z') };

await t.test('what is shown as a good record is one, of units that there are', async (t) => {
  for (const one of [record, mastery, ofQuiz]) t.same(submissionOf(service, caller, one).record, one);
  t.ok(isKnownUnit(record.activity.unit) && isKnownUnit(mastery.activity.unit));
});

await t.test('what is shown as a bad record is refused for the time without its zone', async (t) => {
  t.throws(() => submissionOf(service, caller, moved), { status: 422, errors: [{ pointer: '/occurredAt' }] });
});
