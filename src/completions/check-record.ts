// May this client say this? What the schema cannot know: the client's sources, our clock.
import type { Caller } from '../platform/callers.ts';
import { faultsOf } from '../platform/faults.ts';
import { Problem, type Fault } from '../platform/problem.ts';
import type { Service } from '../platform/service.ts';
import { textFaults } from '../platform/text-guard.ts';
import { CLOCK_SKEW_MS, completionRecord, type CompletionRecord } from './completion.ts';
import type { Submission } from './submission.ts';

/**
 * Checks a record that is still unknown, as a line of a batch is, and makes it a submission of its client.
 * @throws Problem record_invalid (422) naming every fault, source_not_yours (403).
 */
export function submissionOf(service: Pick<Service, 'now'>, caller: Caller, record: unknown): Submission {
  refuse(textFaults(record));
  const parsed = completionRecord.safeParse(record);
  if (!parsed.success) throw invalid(faultsOf(parsed.error, record));
  return submissionOfRecord(service, caller, parsed.data);
}

/**
 * Makes a record, parsed and with texts that can be stored, a submission of its client.
 * @throws Problem record_invalid (422) for a time to come, source_not_yours (403).
 */
export function submissionOfRecord(
  service: Pick<Service, 'now'>,
  caller: Caller,
  record: CompletionRecord,
): Submission {
  refuse(clockFaults(record, service.now()));
  const foreign = foreignSources(record, caller);
  if (foreign.length > 0)
    throw new Problem('source_not_yours', 403, 'This client may not speak for that source.', { errors: foreign });
  return {
    record,
    clientId: caller.clientId,
    trustEmail: caller.trustEmail,
    mayStateConsents: caller.mayStateConsents,
    mayReview: caller.has('reviews:write'),
  };
}

function invalid(errors: Fault[]): Problem {
  return new Problem('record_invalid', 422, 'This record is not as it should be; each fault is named below.', {
    errors,
  });
}

function refuse(faults: Fault[]): void {
  if (faults.length > 0) throw invalid(faults);
}

function clockFaults(record: CompletionRecord, now: Date): Fault[] {
  const aheadMs = new Date(record.occurredAt).getTime() - now.getTime();
  if (aheadMs <= CLOCK_SKEW_MS) return [];
  return [
    {
      pointer: '/occurredAt',
      code: 'in_the_future',
      detail: 'This time lies more than five minutes ahead of our clock. Check the clock of your platform.',
    },
  ];
}

function foreignSources(record: CompletionRecord, caller: Caller): Fault[] {
  const faults: Fault[] = [];
  const refuse = (pointer: string, detail: string) => faults.push({ pointer, code: 'source_not_yours', detail });
  if (!caller.sources.includes(record.source))
    refuse('/source', `Register this source for your client, or send as one of: ${caller.sources.join(', ')}.`);
  for (const [n, one] of record.learner.identifiers.entries())
    if (one.type === 'account' && !caller.sources.includes(one.homePage))
      refuse(`/learner/identifiers/${n}/homePage`, 'The home page of an account must be a source of your client.');
  return faults;
}
