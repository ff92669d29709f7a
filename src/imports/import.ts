// An import as it is kept and as it is shown: how far it is, and what came of its rows.
import { z } from 'zod';

export const FORMATS = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;
export type Format = keyof typeof FORMATS;

export const STATES = ['receiving', 'waiting', 'running', 'done', 'failed', 'cancelled'] as const;
export type State = (typeof STATES)[number];

/** How many errors of one import are listed; a file that is wrong throughout needs no million of them. */
export const LISTED_MAX = 10_000;

/** What came of the rows so far. */
export interface Counts {
  read: number;
  recorded: number;
  stale: number;
  replayed: number;
  parked: number;
  dropped: number;
  refused: number;
  awarded: number;
}

export const NO_COUNTS: Counts = {
  ...{ read: 0, recorded: 0, stale: 0, replayed: 0 },
  ...{ parked: 0, dropped: 0, refused: 0, awarded: 0 },
};

/** An import as it is kept. */
export interface StoredImport {
  id: string;
  clientId: string;
  scopes: string[];
  format: Format;
  dryRun: boolean;
  state: State;
  failure: string | null;
  bytesExpected: number | null;
  bytes: number;
  rows: number;
  counts: Counts;
  listed: number;
  receivedAt: string;
  startedAt: string | null;
  endedAt: string | null;
}

export const importSchema = z.object({
  id: z.uuid(),
  client: z.string(),
  format: z.enum(['csv', 'ndjson']),
  dryRun: z.boolean().describe('Judged, and nothing kept.'),
  state: z.enum(STATES),
  failure: z
    .string()
    .optional()
    .describe(
      'Why it failed: `upload_interrupted`, `client_disabled`, `stalled`, or the code of the problem that was answered.',
    ),
  percent: z.number().min(0).max(100).optional().describe('Of what was sent while receiving, of the rows afterwards.'),
  bytes: z.int().describe('Received.'),
  rows: z.int().describe('Received.'),
  read: z.int().describe('Rows looked at so far; the counts below are of these.'),
  recorded: z.int().describe('New, those that changed nothing (`stale`) included.'),
  stale: z.int().describe('Recorded, and older than what was known.'),
  replayed: z.int().describe('Told before, to the letter.'),
  parked: z.int().describe('Kept aside until somebody places them.'),
  dropped: z.int().describe('Of somebody who was erased.'),
  refused: z.int().describe('Listed with their errors; everything else stands.'),
  awarded: z.int().describe('Badges.'),
  receivedAt: z.string(),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
});

export type ImportAnswer = z.infer<typeof importSchema>;

/** An import as it is shown. */
export function describeImport(stored: StoredImport): ImportAnswer {
  const { id, clientId, format, dryRun, state, failure, bytes, rows, counts } = stored;
  const percent = percentOf(stored);
  return {
    ...{ id, client: clientId, format, dryRun, state },
    ...(failure !== null && { failure }),
    ...(percent !== undefined && { percent }),
    ...{ bytes, rows, ...counts },
    receivedAt: stored.receivedAt,
    ...(stored.startedAt !== null && { startedAt: stored.startedAt }),
    ...(stored.endedAt !== null && { endedAt: stored.endedAt }),
  };
}

function percentOf({ state, bytes, bytesExpected, rows, counts }: StoredImport): number | undefined {
  if (state === 'done') return 100;
  const [part, whole] = state === 'receiving' ? [bytes, bytesExpected ?? 0] : [counts.read, rows];
  if (whole === 0) return undefined;
  // Of bytes that came encoded more may be there than was announced.
  return Math.min(100, Math.floor((part / whole) * 1000) / 10);
}
