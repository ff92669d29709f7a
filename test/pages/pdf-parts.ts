// Looks into a PDF, for the tests of certificates: its streams unpacked, its texts as readers are told them.
import { inflateSync } from 'node:zlib';

/** The streams of a PDF, inflated where they are deflated. */
export function streamsOf(pdf: Buffer): Buffer[] {
  const streams: Buffer[] = [];
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at)) {
    const end = pdf.indexOf('\nendstream', at);
    const bytes = pdf.subarray(at + 7, end);
    const dictionary = pdf.subarray(pdf.lastIndexOf(' obj', at), at).toString('latin1');
    streams.push(dictionary.includes('FlateDecode') ? inflateSync(bytes) : bytes);
    at = end + 10;
  }
  return streams;
}

/** Whether a PDF says a text outside its glyphs: as ActualText, as a title, as an alternative. */
export function says(pdf: Buffer, text: string): boolean {
  const written = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
  // Within a string of a PDF these bytes are escaped, whatever letter they are half of (ISO 32000-2 §7.3.4.2).
  const escapes: Record<number, string> = { 8: 'b', 9: 't', 10: 'n', 12: 'f', 13: 'r', 40: '(', 41: ')', 92: '\\' };
  const escaped = Buffer.from(
    [...written].flatMap((byte) => (escapes[byte] === undefined ? [byte] : [92, escapes[byte].charCodeAt(0)])),
  );
  return [pdf, ...streamsOf(pdf)].some(
    (part) => part.includes(written) || part.includes(escaped) || part.includes(`(${text})`),
  );
}
