// What a credential says of its place in a status list. Without a database, so that a thread that signs has it too.
// Bitstring Status List 1.0 (W3C Recommendation, 15 May 2025) §2.1.
import { purposeOf } from './status-series.ts';
import type { StatusPlace } from './take-status-indexes.ts';

/** The URL of a list of a series. */
export function statusListUrl(publicUrl: string, series: string, n: number): string {
  return `${publicUrl}/status/${series}/${n}`;
}

/** The entry of a place, as it stands in `credentialStatus`. */
export function statusEntry(publicUrl: string, series: string, { list, index }: StatusPlace) {
  const url = statusListUrl(publicUrl, series, list);
  return {
    id: `${url}#${index}`,
    type: 'BitstringStatusListEntry',
    statusPurpose: purposeOf(series),
    statusListIndex: String(index),
    statusListCredential: url,
  };
}
