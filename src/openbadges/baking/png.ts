// A badge inside a PNG: one text chunk, written before the pixels so that every reader comes upon it.
//
// Chunks are walked by their lengths, each of which a stranger chose: a length is believed only as far as the file
// reaches, a checksum is compared, and a compressed text unfolds to a bound. Java's reader, which 1EdTech's validator
// uses, stops at the pixels: hence the place right after the header.
//
// Open Badges 3.0 (1EdTech, April 2025) §5.3.1; PNG Third Edition (W3C Recommendation, 24 June 2025) §5.3, §11.3.3.

import { crc32, inflateSync } from 'node:zlib';
import {
  bakedForm,
  MOST_TEXT_BYTES,
  refuseBaked,
  refuseEmpty,
  refuseImage,
  type Baked,
  type BakedStandard,
} from './baked-text.ts';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const KEYWORDS: Readonly<Record<string, BakedStandard>> = {
  openbadgecredential: 'ob3',
  openbadges: 'ob2',
  clrcredential: 'clr2',
};
const TEXT_CHUNKS = new Set(['iTXt', 'zTXt', 'tEXt']);

interface Chunk {
  type: string;
  body: Buffer;
  /** Where the chunk's own bytes end, checksum included. */
  end: number;
}

/** Walks the chunks of a PNG. Throws ERR_OB_IMAGE_MALFORMED for a length beyond the file or a wrong checksum. */
function* chunksOf(png: Buffer): Generator<Chunk> {
  if (!png.subarray(0, 8).equals(SIGNATURE)) refuseImage('This is not a PNG.');
  let at = 8;
  while (at < png.length) {
    if (at + 12 > png.length) refuseImage('The PNG ends inside a chunk.');
    const length = png.readUInt32BE(at);
    const end = at + 12 + length;
    if (end > png.length) refuseImage('A chunk of the PNG is longer than the file.');
    const type = png.toString('latin1', at + 4, at + 8);
    if (at === 8 && (type !== 'IHDR' || length !== 13)) refuseImage('The PNG does not begin with its header.');
    if (crc32(png.subarray(at + 4, end - 4)) !== png.readUInt32BE(end - 4))
      refuseImage(`The checksum of the ${JSON.stringify(type)} chunk of the PNG is wrong.`);
    yield { type, body: png.subarray(at + 8, end - 4), end };
    if (type === 'IEND') return;
    at = end;
  }
}

function keywordOf(chunk: Chunk): string {
  // A keyword has 1 to 79 bytes; looking further would let one chunk be searched at length for nothing.
  const end = chunk.body.subarray(0, 80).indexOf(0);
  return end < 0 ? '' : chunk.body.toString('latin1', 0, end);
}

function unfold(bytes: Buffer): Buffer {
  try {
    return inflateSync(bytes, { maxOutputLength: MOST_TEXT_BYTES });
  } catch {
    return refuseImage(`The compressed text in the PNG is broken or longer than ${MOST_TEXT_BYTES} bytes.`);
  }
}

function utf8(bytes: Buffer): string {
  if (bytes.length > MOST_TEXT_BYTES) refuseImage(`The text in the PNG is longer than ${MOST_TEXT_BYTES} bytes.`);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuseImage('The text in the PNG is not UTF-8.');
  }
}

/** keyword 0 flag method language 0 translated 0 text (PNG §11.3.3.4). */
function readInternationalText(body: Buffer, start: number): { text: string; compressed: boolean } {
  const [flag, method] = [body[start], body[start + 1]];
  const language = body.indexOf(0, start + 2);
  const translated = language < 0 ? -1 : body.indexOf(0, language + 1);
  if (translated < 0 || flag === undefined || flag > 1 || method !== 0)
    refuseImage('The iTXt chunk of the PNG is malformed.');
  const bytes = body.subarray(translated + 1);
  return { text: utf8(flag === 1 ? unfold(bytes) : bytes), compressed: flag === 1 };
}

function readText(chunk: Chunk, standard: BakedStandard): Baked | undefined {
  const start = keywordOf(chunk).length + 1;
  if (chunk.type === 'iTXt') {
    const { text, compressed } = readInternationalText(chunk.body, start);
    const remark = compressed ? 'The text in the PNG is compressed, which the standard forbids.' : undefined;
    return { text: text.trim(), standard, ...(remark && { remark }) };
  }
  // Open Badges 1 and early 2 wrote the assertion's URL into plain text chunks; Open Badges 3 never did.
  if (standard !== 'ob2') return undefined;
  const bytes = chunk.body.subarray(start);
  const text = chunk.type === 'zTXt' ? unfold(bytes.subarray(1)).toString('latin1') : bytes.toString('latin1');
  return { text: text.trim(), standard };
}

/**
 * Takes the badge out of a PNG.
 * Takes the file; gives the text and the standard it is of: Open Badges 3 before CLR 2 before Open Badges 2, and of one
 * keyword the first chunk. Throws ERR_OB_IMAGE_MALFORMED, or ERR_OB_IMAGE_EMPTY when there is none. (§5.3.1.2)
 */
export function unbakePng(png: Buffer): Baked {
  const found = new Map<BakedStandard, Baked>();
  let misplaced = false;
  for (const chunk of chunksOf(png)) {
    const keyword = TEXT_CHUNKS.has(chunk.type) ? keywordOf(chunk) : '';
    const standard = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword]! : undefined;
    if (standard === undefined || found.has(standard)) continue;
    const baked = readText(chunk, standard);
    if (baked?.standard === 'ob3') return baked;
    if (baked) found.set(standard, baked);
    else misplaced = true;
  }
  return (
    found.get('clr2') ??
    found.get('ob2') ??
    refuseEmpty(
      misplaced
        ? 'The badge in this PNG is in a tEXt or zTXt chunk; it must be in an iTXt chunk.'
        : 'There is no badge in this PNG. Some apps strip it when they save a picture: ask for the original file.',
    )
  );
}

/**
 * Puts a badge into a PNG.
 * Takes the picture and the JSON document or compact JWS; gives the picture with one uncompressed iTXt chunk after its
 * header. Throws ERR_OB_IMAGE_BAKED when one is in it, ERR_OB_IMAGE_MALFORMED for what is no PNG or no badge. (§5.3.1.1)
 */
export function bakePng(png: Buffer, text: string): Buffer {
  bakedForm(text);
  let headerEnd = 0;
  let ended = false;
  for (const chunk of chunksOf(png)) {
    if (chunk.type === 'IHDR') headerEnd = chunk.end;
    if (TEXT_CHUNKS.has(chunk.type) && Object.hasOwn(KEYWORDS, keywordOf(chunk))) refuseBaked();
    ended = chunk.type === 'IEND';
  }
  if (!ended) refuseImage('The PNG has no end.');
  const body = Buffer.concat([Buffer.from('iTXtopenbadgecredential\0\0\0\0\0', 'latin1'), Buffer.from(text, 'utf8')]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length - 4);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([png.subarray(0, headerEnd), length, body, checksum, png.subarray(headerEnd)]);
}
