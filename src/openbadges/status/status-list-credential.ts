// The credential that carries a status list: ours to build, anybody's to read.
//
// The list is a credential of its own with its own proof, so that it can lie on any server. Who reads one must check
// that it is the list the badge meant: same purpose, current, long enough, the index inside.
//
// Bitstring Status List v1.0 (W3C Recommendation, 15 May 2025) §2.1 entry, §2.2 list, §3.2 "Validate Algorithm", §3.5
// errors; VC Data Model v2.0 (15 May 2025) §7.2 problem types.

import { OpenBadgesError, type OpenBadgesErrorCode } from '../errors.ts';
import { Findings, type Finding } from '../findings.ts';
import { asArray } from '../parse-json.ts';
import { dateTimeForm, isUri } from '../primitives.ts';
import { brandUnsigned, wholeSeconds, type UnsignedCredential } from '../unsigned.ts';
import { decodeBitstring, encodeBitstring, packBitstring, LEAST_LENGTH_BITS } from './bitstring.ts';

const CLAUSE = 'W3C Bitstring Status List 1.0 (15 May 2025)';

/** The problem types that the Recommendation asks to report (§3.5). */
export const STATUS_PROBLEM_TYPES: Partial<Record<OpenBadgesErrorCode, string>> = {
  ERR_OB_STATUS_VERIFICATION: 'https://www.w3.org/ns/credentials/status-list#STATUS_VERIFICATION_ERROR',
  ERR_OB_STATUS_LENGTH: 'https://www.w3.org/ns/credentials/status-list#STATUS_LIST_LENGTH_ERROR',
  ERR_OB_STATUS_MALFORMED: 'https://www.w3.org/TR/vc-data-model#MALFORMED_VALUE_ERROR',
  ERR_OB_STATUS_RANGE: 'https://www.w3.org/TR/vc-data-model#RANGE_ERROR',
};

/**
 * Builds the credential of a list, ready to be signed.
 * Takes its URL, the issuer's id as a string equal to the badges' issuer, the purpose, the indexes that are set (or
 * the bits themselves), its validity, how long a copy may be kept and its length; gives the unsigned credential. Throws ERR_OB_STATUS_LENGTH or
 * ERR_OB_STATUS_RANGE. (§2.2)
 */
export function buildStatusListCredential(parts: {
  id: string;
  issuer: string;
  statusPurpose: string;
  indexes: Iterable<number> | { bytes: Uint8Array };
  validFrom: Date;
  validUntil: Date;
  ttlMs: number;
  lengthBits?: number;
}): UnsignedCredential {
  return brandUnsigned({
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: parts.id,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: parts.issuer,
    validFrom: wholeSeconds(parts.validFrom),
    validUntil: wholeSeconds(parts.validUntil),
    credentialSubject: {
      id: `${parts.id}#list`,
      type: 'BitstringStatusList',
      statusPurpose: parts.statusPurpose,
      encodedList:
        'bytes' in parts.indexes
          ? packBitstring(parts.indexes.bytes)
          : encodeBitstring(parts.indexes, parts.lengthBits),
      ttl: parts.ttlMs,
    },
  });
}

/** An entry as a badge carries it, read. `sizeBits` is its `statusSize`. */
export interface StatusEntry {
  purpose: string;
  index: number;
  listUrl: string;
  sizeBits: number;
  messages: ReadonlyMap<number, string>;
}

function digits(value: unknown): number | undefined {
  const text = typeof value === 'number' ? String(value) : value;
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

function readMessages(value: unknown, sizeBits: number, pointer: string, findings: Findings): Map<number, string> {
  const messages = new Map<number, string>();
  if (value === undefined) {
    if (sizeBits > 1)
      findings.fail(
        pointer,
        'status_message_missing',
        'statusMessage must be given when statusSize is more than 1.',
        `${CLAUSE} §2.1`,
      );
    return messages;
  }
  const list: unknown[] = Array.isArray(value) ? value : [value];
  for (const entry of list.slice(0, 2 ** 16)) {
    const { status, message } = (entry ?? {}) as Record<string, unknown>;
    if (typeof status !== 'string' || !/^0x[0-9a-fA-F]{1,8}$/.test(status) || typeof message !== 'string')
      findings.fail(
        pointer,
        'status_message_malformed',
        'Each statusMessage must have a status such as "0x1" and a message.',
        `${CLAUSE} §2.1`,
      );
    else messages.set(Number(status), message);
  }
  if (list.length !== 2 ** sizeBits)
    findings.fail(
      pointer,
      'status_message_count',
      `statusMessage must have ${2 ** sizeBits} entries, one for each status.`,
      `${CLAUSE} §2.1`,
    );
  return messages;
}

/**
 * Reads one `credentialStatus` of type BitstringStatusListEntry.
 * Takes the object as it stands and where it stands; gives the entry, or undefined with findings that fail. An index
 * written as a number is read with a warning (one issuer writes them so; the Recommendation asks for a text). (§2.1)
 */
export function readStatusEntry(
  status: Record<string, unknown>,
  pointer: string,
  findings: Findings,
): StatusEntry | undefined {
  const { statusPurpose, statusListIndex, statusListCredential, statusSize } = status;
  const before = findings.list.length;
  const fail = (member: string, code: string, sentence: string): void =>
    findings.fail(`${pointer}/${member}`, code, sentence, `${CLAUSE} §2.1`);
  if (typeof statusPurpose !== 'string' || statusPurpose === '')
    fail('statusPurpose', 'status_purpose_malformed', 'statusPurpose must be a text such as "revocation".');
  const index = digits(statusListIndex);
  if (index === undefined)
    fail(
      'statusListIndex',
      'status_index_malformed',
      'statusListIndex must be a whole number, 0 or more, written as a text.',
    );
  if (!isUri(statusListCredential))
    fail('statusListCredential', 'status_list_url_malformed', 'statusListCredential must be the URL of the list.');
  const sizeBits = statusSize === undefined ? 1 : statusSize;
  if (typeof sizeBits !== 'number' || !Number.isInteger(sizeBits) || sizeBits < 1 || sizeBits > 16)
    fail('statusSize', 'status_size_malformed', 'statusSize must be a whole number from 1 to 16.');
  if (status.type !== undefined && status.type !== 'BitstringStatusListEntry')
    fail('type', 'status_type_malformed', 'type must be exactly "BitstringStatusListEntry".');
  if (status.id !== undefined && status.id === statusListCredential)
    fail('id', 'status_id_is_list', 'id must not be the URL of the list; add the index as a fragment.');
  if (asArray(status.statusReference).some((reference) => !isUri(reference)))
    fail('statusReference', 'status_reference_malformed', 'statusReference must be a URL or a list of URLs.');
  const messages = readMessages(
    status.statusMessage,
    typeof sizeBits === 'number' ? Math.min(sizeBits, 16) : 1,
    `${pointer}/statusMessage`,
    findings,
  );
  if (findings.list.slice(before).some((finding) => finding.severity === 'fail')) return undefined;
  if (typeof statusListIndex === 'number')
    findings.warn(
      `${pointer}/statusListIndex`,
      'status_index_number',
      'statusListIndex should be written as a text, such as "23".',
      `${CLAUSE} §2.1`,
    );
  return {
    purpose: statusPurpose as string,
    index: index!,
    listUrl: statusListCredential as string,
    sizeBits: sizeBits as number,
    messages,
  };
}

/** What a list says of one entry. `set` is any status but 0; `message` is the list's own text for it. */
export interface StatusReading {
  purpose: string;
  status: number;
  set: boolean;
  message?: string;
  /** How long this copy may be used, from its `ttl` or its end of validity, whichever is shorter. */
  usableUntil?: Date;
}

function refuse(code: OpenBadgesErrorCode, message: string, pointer = ''): never {
  throw new OpenBadgesError(code, message, { pointer });
}

function instant(list: Record<string, unknown>, ...names: string[]): Date | undefined {
  const name = names.find((one) => list[one] !== undefined);
  if (name === undefined) return undefined;
  if (dateTimeForm(list[name]) !== 'zoned')
    refuse('ERR_OB_STATUS_VERIFICATION', `${name} of the status list is no date and time with a zone.`, `/${name}`);
  return new Date(list[name] as string);
}

function one(value: unknown, name: string): Record<string, unknown> {
  const single = Array.isArray(value) && value.length === 1 ? value[0] : value;
  if (typeof single !== 'object' || single === null || Array.isArray(single))
    refuse('ERR_OB_STATUS_VERIFICATION', `${name} of the status list must be one object.`, `/${name}`);
  return single as Record<string, unknown>;
}

function names(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

/**
 * Looks an entry up in a list whose proof has been checked by the caller.
 * Takes the list credential (unchecked JSON), the entry and the present instant; gives the status. Throws
 * ERR_OB_STATUS_VERIFICATION (not a list, another purpose, out of date), _MALFORMED, _LENGTH or _RANGE, each with its
 * problem type in STATUS_PROBLEM_TYPES. (§3.2 steps 4 to 13)
 */
export function readStatus(
  list: unknown,
  entry: StatusEntry,
  { now, leastEntries = LEAST_LENGTH_BITS, maxBytes }: { now: Date; leastEntries?: number; maxBytes?: number },
): StatusReading {
  const credential = one(list, 'the document');
  if (!names(credential.type).includes('BitstringStatusListCredential'))
    refuse('ERR_OB_STATUS_VERIFICATION', 'The status list is not of type BitstringStatusListCredential.', '/type');
  const from = instant(credential, 'validFrom', 'issuanceDate');
  const until = instant(credential, 'validUntil', 'expirationDate');
  if (from && now < from) refuse('ERR_OB_STATUS_VERIFICATION', 'The status list is not valid yet.', '/validFrom');
  if (until && now > until) refuse('ERR_OB_STATUS_VERIFICATION', 'The status list is out of date.', '/validUntil');
  const subject = one(credential.credentialSubject, 'credentialSubject');
  if (!names(subject.type).includes('BitstringStatusList'))
    refuse(
      'ERR_OB_STATUS_VERIFICATION',
      'The subject of the status list is not a BitstringStatusList.',
      '/credentialSubject/type',
    );
  if (!names(subject.statusPurpose).includes(entry.purpose))
    refuse(
      'ERR_OB_STATUS_VERIFICATION',
      `The status list is not for "${entry.purpose}".`,
      '/credentialSubject/statusPurpose',
    );
  const bits = decodeBitstring(subject.encodedList, { maxBytes });
  if (bits.lengthBits / entry.sizeBits < leastEntries)
    refuse(
      'ERR_OB_STATUS_LENGTH',
      `The status list has ${bits.lengthBits / entry.sizeBits} entries; at least ${leastEntries} are required.`,
      '/credentialSubject/encodedList',
    );
  const status = bits.get(entry.index, entry.sizeBits);
  const message = entry.messages.get(status);
  const ttlMs = subject.ttl ?? credential.ttl;
  const ends = [
    until,
    typeof ttlMs === 'number' && ttlMs >= 0 ? new Date(now.getTime() + Math.min(ttlMs, 1e12)) : undefined,
  ];
  const usableUntil = ends.filter((end) => end !== undefined).toSorted((a, b) => a.getTime() - b.getTime())[0];
  return {
    purpose: entry.purpose,
    status,
    set: status !== 0,
    ...(message !== undefined && { message }),
    ...(usableUntil && { usableUntil }),
  };
}

/** The findings of a status entry, for who checks the shape of a badge and not its status. */
export function checkStatusEntry(status: Record<string, unknown>, pointer: string): Finding[] {
  const findings = new Findings();
  readStatusEntry(status, pointer, findings);
  return findings.list;
}
