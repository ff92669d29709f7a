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
  return [pdf, ...streamsOf(pdf)].some((part) => part.includes(written) || part.includes(`(${text})`));
}
