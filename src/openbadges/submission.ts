// What did somebody hand us? Told from the bytes, never from a file name or a media type.
//
// A badge arrives as JSON, as a compact JWS, as a picture or PDF with either inside, or as the address of one. Files are
// told by their first bytes; the rest is text, and text is UTF-8 or it is refused. Who brings something else is told what
// it is and what to bring in its place.
//
// Open Badges 3.0 (1EdTech, April 2025) §5 "Document formats"; PNG (W3C Recommendation, 24 June 2025) §5.2.

import { addressIn } from './address-in-text.ts';
import type { Baked } from './baking/baked-text.ts';
import { isPdf, unbakePdf } from './baking/pdf.ts';
import { unbakePng } from './baking/png.ts';
import { unbakeSvg } from './baking/svg.ts';
import { OpenBadgesError } from './errors.ts';

export type Carrier = 'json' | 'jws' | 'png' | 'svg' | 'pdf' | 'url';

export type Submission =
  | { carrier: Exclude<Carrier, 'url'>; text: string; remark?: string }
  | { carrier: 'url'; url: string }
  | { carrier: undefined; fault: string; sentence: string };

/** Pictures of badges reach some megabytes; a credential as text does not. */
export const MOST_SUBMISSION_BYTES = 16 * 1024 * 1024;

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Files that people take for badges, by their first bytes. */
const OTHER_FILES: [start: RegExp, fault: string, sentence: string][] = [
  [
    /^PK\x03\x04/,
    'archive',
    'This is an archive (ZIP, or a document of an office program). Unpack it, and bring one badge out of it.',
  ],
  [
    /^(?:\xff\xd8\xff|GIF8|RIFF....WEBP|....ftyp(?:heic|mif1|avif))/s,
    'picture_of_other_kind',
    'This is a picture, but neither PNG nor SVG, which alone carry badges. A photo or a screenshot holds none: ask for the original file, or the link.',
  ],
];

const refuse = (fault: string, sentence: string): Submission => ({ carrier: undefined, fault, sentence });

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function unbake(carrier: 'png' | 'svg' | 'pdf', read: () => Baked): Submission {
  try {
    const { text, remark } = read();
    return remark === undefined ? { carrier, text } : { carrier, text, remark };
  } catch (error) {
    if (!(error instanceof OpenBadgesError)) throw error;
    const code = carrier === 'pdf' ? 'pdf_without_badge' : 'picture_without_badge';
    return refuse(code, carrier === 'pdf' ? error.message : `There is no badge in this picture: ${error.message}`);
  }
}

/** What a text is that is no badge itself: the address of one, or words. */
function sniffAddress(text: string): Submission {
  const found = addressIn(text);
  if (found === undefined)
    return refuse(
      'not_recognised',
      'This is neither JSON, nor a JWS, nor a PNG or SVG picture, nor a URL. Paste the link of the badge, or its whole text.',
    );
  if ('url' in found) return { carrier: 'url', url: found.url };
  if ('several' in found)
    return refuse(
      'several_addresses',
      `There are ${found.several} links in this text. Paste the one of the badge alone.`,
    );
  return refuse(
    'page_source',
    'This is the source of a web page, not a badge. Paste the link of the page, or the file that the page offers.',
  );
}

/** The JSON in a text that says more: words before and behind it, or the marks of a code block. */
function jsonWithin(text: string): string | undefined {
  const [from, to] = [text.indexOf('{'), text.lastIndexOf('}')];
  const inside = from < 0 || to < from ? '' : text.slice(from, to + 1);
  return inside.includes('"@context"') ? inside : undefined;
}

/** A text that was written as a JSON string once more. */
function unquoted(text: string): string {
  try {
    const inside: unknown = JSON.parse(text);
    return typeof inside === 'string' ? inside.trim() : text;
  } catch {
    return text;
  }
}

const JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]*$/;

/** Tells text apart: SVG, JSON, JWS or a URL. */
export function sniffText(text: string): Submission {
  const given = text.trim();
  const trimmed = given[0] === '"' ? unquoted(given) : given;
  const first = trimmed[0];
  if (first === '<' && !/^<(?:https?:\/\/|!doctype html|html)/i.test(trimmed))
    return unbake('svg', () => unbakeSvg(trimmed));
  if (first === '{' || first === '[' || first === '"') return { carrier: 'json', text: trimmed };
  if (JWS.test(trimmed)) return { carrier: 'jws', text: trimmed };
  // A mail program breaks long lines. What was signed has no white space, so that taking it away can change nothing.
  if (trimmed.startsWith('eyJ')) {
    const joined = trimmed.replaceAll(/\s+/g, '');
    if (JWS.test(joined)) return { carrier: 'jws', text: joined };
  }
  const json = first === '<' ? undefined : jsonWithin(trimmed);
  return json === undefined ? sniffAddress(trimmed) : { carrier: 'json', text: json };
}

/** A picture or PDF written as a data: URL, for those who can only send text (RFC 2397). */
function readDataUrl(text: string): Submission {
  const parts = /^data:(?:image\/(?:png|svg\+xml)|application\/(?:pdf|octet-stream))(?:;[\w=-]+)*?(;base64)?,/.exec(
    text.slice(0, 200),
  );
  if (!parts)
    return refuse('not_recognised', 'A data: URL of a badge must be of image/png, image/svg+xml or application/pdf.');
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
  if (typeof input === 'string')
    return /^data:(?:image|application)\//.test(input) ? readDataUrl(input) : sniffText(input);
  if (Buffer.from(input.subarray(0, 8)).equals(PNG_SIGNATURE))
    return unbake('png', () => unbakePng(Buffer.from(input)));
  if (isPdf(input)) return unbake('pdf', () => unbakePdf(Buffer.from(input)));
  const start = Buffer.from(input.subarray(0, 16)).toString('latin1');
  const other = OTHER_FILES.find(([form]) => form.test(start));
  if (other) return refuse(other[1], other[2]);
  const text = decodeUtf8(input);
  if (text === undefined)
    return refuse(
      'not_utf8',
      'The file is neither a PNG picture nor UTF-8 text, so it cannot hold a badge that we know.',
    );
  return sniffText(text);
}
