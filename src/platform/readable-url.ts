// Addresses that cannot be read: an escape that is no UTF-8, a segment longer than any of ours. The router would answer
// them by itself, in another shape than all else and without the headers of the house, before any hook of ours runs.
// They name nothing, so they are given an address that nothing has (RFC 3986 §2.1; RFC 9110 §15.5.5, June 2022).

/** The longest segment of a path that a route takes; find-my-way counts it before decoding. */
export const SEGMENT_LENGTH_MAX = 500;

const NOWHERE = '/nowhere';
const TOO_LONG = new RegExp(`[^/]{${SEGMENT_LENGTH_MAX + 1}}`);

/** The address of a request as the router may see it. */
export function readableUrl(url: string): string {
  const end = url.search(/[?#]/);
  const path = end === -1 ? url : url.slice(0, end);
  if (path.length > SEGMENT_LENGTH_MAX && TOO_LONG.test(path)) return NOWHERE;
  if (!path.includes('%')) return url;
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return NOWHERE;
  }
}
