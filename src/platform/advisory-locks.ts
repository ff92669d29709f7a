// The advisory locks there are, in one place since they must differ (PostgreSQL 17 manual, 13.3.5). The numbers mean
// nothing; the first is "cairn" on a telephone's keys. Status lists have locks by their names (`lockList`).
export const ADVISORY_LOCKS = {
  migration: 22476,
  keys: 22477,
  erasure: 22478,
  mapping: 22479,
  /** With a client's hash beside it. */
  openingImport: 22480,
  /** With an address's hash beside it. */
  mailing: 22481,
};
