// Bytes of an upload as text: counted, bounded, and UTF-8 or nothing. A file in another encoding is refused whole, since
// every name in it that is not ASCII would be stored wrong, and signed.
import { Problem } from '../platform/problem.ts';

/** How much has come. */
export interface Received {
  bytes: number;
}

/**
 * Decodes a stream, leaving out a byte order mark.
 * @param received counts along.
 * @throws Problem import_too_large (413), not_utf8 (422).
 */
export async function* readText(
  bytes: AsyncIterable<Uint8Array>,
  maxBytes: number,
  received: Received,
): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of bytes) {
    received.bytes += chunk.length;
    if (received.bytes > maxBytes) throw tooLarge(maxBytes);
    yield decode(() => decoder.decode(chunk, { stream: true }));
  }
  yield decode(() => decoder.decode());
}

/** The problem of a file over the limit. The connection ends with it, or the rest would still be sent. */
export function tooLarge(maxBytes: number): Problem {
  return new Problem('import_too_large', 413, `An import may have ${maxBytes} bytes. Send it in several.`, {
    headers: { connection: 'close' },
  });
}

function decode(work: () => string): string {
  try {
    return work();
  } catch {
    throw new Problem('not_utf8', 422, 'This file is not UTF-8. Save it as “CSV UTF-8”, or convert it with iconv.', {
      headers: { connection: 'close' },
    });
  }
}
