// Ids of ours in addresses: what is not written as they are is unknown, and never reaches a query that would refuse it.
// RFC 9562 (May 2024) §4, in small letters: capitals would be a second address of one thing.
import { randomUUID } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a text is written as an id of ours. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/**
 * A new id that sorts behind those made before it (RFC 9562 §5.7, version 7: milliseconds, then 74 random bits). For rows of
 * which there are millions and whose moment is no secret: a row with a random id goes to a random page of its index,
 * and with ten million rows each such page is written for one row.
 *
 * @param at from 1970 to the year 10889
 */
export function timeOrderedUuid(at: Date): string {
  const time = at.getTime().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`;
}
