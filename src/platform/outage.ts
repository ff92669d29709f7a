// Whether a failure is the database's being away: nobody's request is to blame, and the same request is right later.

const OUTAGE = /^(08|53|58)\w{3}$|^57P\d\d$|^25006$|^(CONNECT|ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)/;

/**
 * Whether the database is out of reach, out of room or read-only, so that no record is to blame: SQLSTATE classes 08,
 * 53, 57P and 58, 25006 (PostgreSQL 17, appendix A), and what the driver and the network call it.
 */
export function isOutage(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { code, syscall } = at as { code?: unknown; syscall?: unknown };
    if (typeof code === 'string' && OUTAGE.test(code)) return true;
    // A server that is reached by a socket in a folder takes the socket away when it ends.
    if (code === 'ENOENT' && syscall === 'connect') return true;
  }
  return false;
}

/** Whether a statement failed since its connection went away, and took its transaction with it. */
export function isConnectionLost(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const { code } = at as { code?: unknown };
    if (typeof code === 'string' && /^(CONNECTION_|ECONNRESET|EPIPE)/.test(code)) return true;
  }
  return false;
}
