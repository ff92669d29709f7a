// Many records in one request: JSON or NDJSON in, one answer a record out.
import { z } from 'zod';
import { Problem } from '../platform/problem.ts';

export const NDJSON = 'application/x-ndjson';
export const BATCH_MAX = 1000;

/** The envelope; the records themselves are checked one by one, so that one fault takes no other record down. */
export const batchBody = z.union([
  z.strictObject({ records: z.array(z.unknown()).max(BATCH_MAX, `Send at most ${BATCH_MAX} records at a time.`) }),
  z.string().describe('NDJSON, one record a line.'),
]);

/**
 * The records of a batch; a line that is no JSON is a Problem in its place.
 * @throws Problem batch_too_long (422).
 */
export function readRecords(body: z.infer<typeof batchBody>): unknown[] {
  if (typeof body !== 'string') return body.records;
  const lines = body.split('\n').filter((line) => line.trim() !== '');
  if (lines.length > BATCH_MAX)
    throw new Problem('batch_too_long', 422, `Send at most ${BATCH_MAX} records at a time.`);
  return lines.map((line) => {
    try {
      return JSON.parse(line);
    } catch {
      return new Problem('line_not_json', 400, 'This line is not JSON. Send one record a line.');
    }
  });
}

/** How many of each kind. */
export function summarize(results: { status: number; effect?: string }[]) {
  const count = (which: (one: { status: number; effect?: string }) => boolean) => results.filter(which).length;
  return {
    created: count((one) => one.status === 201),
    replayed: count((one) => one.status === 200 && one.effect !== 'dropped'),
    stale: count((one) => one.status === 201 && one.effect === 'stale'),
    parked: count((one) => one.status === 202),
    dropped: count((one) => one.effect === 'dropped'),
    failed: count((one) => one.status >= 400),
  };
}
