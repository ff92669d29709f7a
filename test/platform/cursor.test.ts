// Cursors: what we wrote is read back, and whatever else comes is refused before a database sees it.
import fc from 'fast-check';
import t from 'tap';
import { readCursor, writeCursor } from '../../src/platform/cursor.ts';
import { Problem } from '../../src/platform/problem.ts';

const instants = fc.date({ min: new Date(0), max: new Date('9999-12-31T23:59:59.999Z'), noInvalidDate: true });

function forged(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function refusal(cursor: string): Problem | undefined {
  try {
    readCursor(cursor);
    return undefined;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}

await t.test('every position that is written is read back, and fits into a URL as it is', async (t) => {
  fc.assert(
    fc.property(instants, fc.uuid(), (at, id) => {
      const cursor = writeCursor(at.toISOString(), id);
      const back = readCursor(cursor);
      return back.at === at.toISOString() && back.id === id && encodeURIComponent(cursor) === cursor;
    }),
  );
  t.pass();
});

await t.test('any other text is a 422 that names the cursor, and never an exception of another kind', async (t) => {
  fc.assert(fc.property(fc.string(), (text) => refusal(text)?.status === 422));
  const refused = refusal('nonsense');
  t.equal(refused?.code, 'cursor_invalid');
  t.equal(refused?.errors[0]?.pointer, '/cursor');
});

await t.test('a forged position that no database could read is refused', async (t) => {
  const id = '11111111-1111-4111-8111-111111111111';
  for (const at of ['0000-01-01T00:00:00Z', '2026-02-30T00:00:00.000Z', '+010000-01-01T00:00:00.000Z', 'now', 7])
    t.equal(refusal(forged([at, id]))?.code, 'cursor_invalid', String(at));
  for (const other of ['x', "' or true", null]) {
    t.equal(refusal(forged(['2026-03-04T12:00:00.000Z', other]))?.code, 'cursor_invalid', String(other));
  }
  t.equal(refusal(forged({ at: 1 }))?.code, 'cursor_invalid');
});
