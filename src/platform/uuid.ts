// Ids of ours in addresses: what is not written as they are is unknown, and never reaches a query that would refuse it.
// RFC 9562 (May 2024) §4, in small letters: capitals would be a second address of one thing.
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is written as an id of ours. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}
