// What is answered where a request cannot even be read: no route has it, so it is written to the socket as it is. The same
// problem document as everywhere (RFC 9457, July 2023), and the connection ends: nobody knows where the next request begins.
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { Problem, problemBody } from './problem.ts';

/** How Node calls what went wrong, and what is answered to it. */
const KNOWN: Record<string, [status: number, sentence: string]> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not come in time. Send it again.'],
  HPE_HEADER_OVERFLOW: [431, 'The headers are too large. Send fewer or shorter ones, such as cookies.'],
};

/** Answers a request that is no HTTP, and ends its connection. @param error of Node's `clientError` event */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed) return;
  if (socket.writable) {
    const [status, sentence] = KNOWN[error.code ?? ''] ?? [400, 'This is no HTTP request that can be read.'];
    const problem = problemBody(new Problem('malformed', status, sentence), { id: randomUUID() });
    const body = JSON.stringify(problem);
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(body)}`,
      'cache-control: no-store',
      'connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroy(error);
}
