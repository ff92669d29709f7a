// What did somebody hand us? Told from the bytes, never from a file name or a media type.
//
// A badge arrives as JSON, as a compact JWS, as a picture with either inside, or as the address of one. The picture is
// told by its first bytes; the rest is text, and text is UTF-8 or it is refused.
//
// Open Badges 3.0 (1EdTech, April 2025) §5 "Document formats"; PNG (W3C Recommendation, 24 June 2025) §5.2.

import type { Baked } from './baking/baked-text.ts';
import { unbakePng } from './baking/png.ts';
import { unbakeSvg } from './baking/svg.ts';
import { OpenBadgesError } from './errors.ts';

export type Carrier = 'json' | 'jws' | 'png' | 'svg' | 'url';

export type Submission =
  | { carrier: 'json' | 'jws' | 'png' | 'svg'; text: string; remark?: string }
  | { carrier: 'url'; url: string }
  | { carrier: undefined; fault: string; sentence: string };

/** Pictures of badges reach some megabytes; a credential as text does not. */
export const MOST_SUBMISSION_BYTES = 16 * 1024 * 1024;

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const LONGEST_URL = 4096;

const refuse = (fault: string, sentence: string): Submission => ({ carrier: undefined, fault, sentence });

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function unbake(carrier: 'png' | 'svg', read: () => Baked): Submission {
  try {
    const { text, remark } = read();
    return remark === undefined ? { carrier, text } : { carrier, text, remark };
  } catch (error) {
    if (!(error instanceof OpenBadgesError)) throw error;
    return refuse('picture_without_badge', `There is no badge in this picture: ${error.message}`);
  }
}

/** Tells text apart: SVG, JSON, JWS or a URL. */
export function sniffText(text: string): Submission {
  const trimmed = text.trim();
  const first = trimmed[0];
  if (first === '<') return unbake('svg', () => unbakeSvg(trimmed));
  if (first === '{' || first === '[' || first === '"') return { carrier: 'json', text: trimmed };
  if (trimmed.length <= LONGEST_URL && /^https?:\/\/\S+$/i.test(trimmed)) return { carrier: 'url', url: trimmed };
  if (/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*$/.test(trimmed)) return { carrier: 'jws', text: trimmed };
  return refuse('not_recognised', 'This is neither JSON, nor a JWS, nor a PNG or SVG picture, nor a URL.');
}

/** A picture written as a data: URL, for those who can only send text (RFC 2397). */
function readDataUrl(text: string): Submission {
  const parts = /^data:image\/(?:png|svg\+xml)(?:;[\w=-]+)*?(;base64)?,/.exec(text.slice(0, 200));
  if (!parts) return refuse('not_recognised', 'A data: URL of a badge must be of image/png or image/svg+xml.');
  const content = text.slice(parts[0].length);
  if (parts[1] !== undefined) return readSubmission(Buffer.from(content, 'base64'));
  try {
    return sniffText(decodeURIComponent(content));
  } catch {
    return refuse('not_recognised', 'The data: URL cannot be decoded.');
  }
}

/**
 * Sniffs a submission.
 * Takes the bytes of a file or of a request, or a text; gives what carries the badge and the text inside it. Never
 * throws for what a stranger sent.
 */
export function readSubmission(input: Uint8Array | string): Submission {
  if (input.length > MOST_SUBMISSION_BYTES)
    return refuse('too_large', `A submission has at most ${MOST_SUBMISSION_BYTES} bytes.`);
  if (typeof input === 'string') return input.startsWith('data:image/') ? readDataUrl(input) : sniffText(input);
  if (Buffer.from(input.subarray(0, 8)).equals(PNG_SIGNATURE))
    return unbake('png', () => unbakePng(Buffer.from(input)));
  const text = decodeUtf8(input);
  if (text === undefined) return refuse('not_utf8', 'The file is neither a PNG picture nor UTF-8 text.');
  return sniffText(text);
}
