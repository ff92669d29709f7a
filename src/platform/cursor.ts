// Cursors of paged lists: opaque to clients, and a position rather than an offset, so that a list that grows while it
// is read neither repeats nor leaves out.
import { z } from 'zod';
import { Problem } from './problem.ts';

// Our instants have milliseconds and lie after 1970. A forged year 0 would be a failed query: PostgreSQL has none.
const instant = z.iso.datetime({ precision: 3 }).refine((at) => Date.parse(at) >= 0);
const position = z.tuple([instant, z.uuid()]);

/** Where a page ended: an instant and an id. */
export function writeCursor(at: string, id: string): string {
  return Buffer.from(JSON.stringify([at, id])).toString('base64url');
}

/** Reads a cursor back. Throws Problem `cursor_invalid` (422). */
export function readCursor(cursor: string): { at: string; id: string } {
  try {
    const [at, id] = position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
    return { at, id };
  } catch {
    throw new Problem('cursor_invalid', 422, 'This cursor is not one of ours. Begin again without it.', {
      errors: [{ pointer: '/cursor', code: 'cursor_invalid', detail: 'Give `next` of the page before.' }],
    });
  }
}
