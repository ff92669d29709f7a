// Documents in place of the network, for tests of whatever resolves: what is not listed cannot be reached.
import { ResolveError, type Resolve } from '../../src/openbadges/resolve.ts';

export type Served = object | string | { status: number; contentType?: string; body?: string };

function isAnswer(served: Served): served is { status: number; contentType?: string; body?: string } {
  return typeof served === 'object' && typeof (served as { status?: unknown }).status === 'number';
}

/** A resolver over a fixed set of documents, with a list of what was asked. */
export function serve(documents: Record<string, Served>): Resolve & { asked: string[] } {
  const asked: string[] = [];
  const resolve: Resolve = async (url) => {
    asked.push(url);
    const served = documents[url];
    if (served === undefined) throw new ResolveError('unreachable', `${url} is unreachable in this test.`);
    const { status = 200, contentType = 'application/json', body } = isAnswer(served) ? served : {};
    const text = body ?? (typeof served === 'string' ? served : JSON.stringify(served));
    return { url, status, contentType, body: text, bytes: Buffer.from(text) };
  };
  return Object.assign(resolve, { asked });
}
