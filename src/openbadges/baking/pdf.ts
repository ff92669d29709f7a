// The credential that is attached to a PDF, as certificates that are badges too carry it. Open Badges bakes into PNG and SVG
// alone; but a certificate is what people keep, and to say of one of ours that it holds no badge would be wrong.
// What is printed on the pages is nobody's to check: whoever reads the answer is told so.
//
// PDF 1.7 (ISO 32000-1:2008) §7.3.8 "Stream Objects", §7.11.4 "Embedded File Streams"; PDF/A-3 (ISO 19005-3:2012) §6.8.
import { inflateSync } from 'node:zlib';
import { bakedForm, MOST_TEXT_BYTES, refuseEmpty, refuseImage, type Baked } from './baked-text.ts';

const NAME = '/EmbeddedFile';
/** A dictionary is some hundred bytes; what is longer belongs to something else. */
const MOST_DICTIONARY_BYTES = 4000;
/** Nobody attaches more to a certificate; each may cost an unpacking. */
const MOST_ATTACHMENTS = 20;

const REMARK =
  'It is attached to a PDF. What is printed on the pages of the PDF was not checked: rely on what is shown here alone.';

/** Whether bytes are a PDF. (§7.5.2 "File Header") */
export function isPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, 5)).toString('latin1') === '%PDF-';
}

/** The bytes of the stream that a dictionary is followed by, unpacked; nothing for what cannot be read. */
function streamAfter(pdf: Buffer, at: number): Buffer | undefined {
  const keyword = pdf.indexOf('stream', at, 'latin1');
  const from = pdf.lastIndexOf('obj', at, 'latin1');
  if (keyword < 0 || from < 0 || keyword - from > MOST_DICTIONARY_BYTES) return undefined;
  const dictionary = pdf.toString('latin1', from + 3, keyword);
  if (dictionary.includes('endobj')) return undefined;
  const start = keyword + 'stream'.length + (pdf[keyword + 6] === 0x0d ? 2 : 1);
  const length = /\/Length\s+(\d{1,9})(?!\s+\d+\s+R)\b/.exec(dictionary)?.[1];
  const end = length === undefined ? pdf.indexOf('endstream', start, 'latin1') : start + Number(length);
  if (end < start || end > pdf.length) return undefined;
  const bytes = pdf.subarray(start, end);
  if (!dictionary.includes('/Filter')) return bytes.length <= MOST_TEXT_BYTES ? bytes : undefined;
  if (!/\/Filter\s*(\[\s*)?\/FlateDecode\s*(\]|\/|>|$)/.test(dictionary)) return undefined;
  try {
    return inflateSync(bytes, { maxOutputLength: MOST_TEXT_BYTES });
  } catch {
    return undefined;
  }
}

/** A text that may be a credential. */
function credentialText(bytes: Buffer): string | undefined {
  const text = bytes.toString('utf8').trim();
  try {
    return bakedForm(text) === 'jws' || text.includes('"@context"') ? text : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes the credential out of a PDF.
 * Takes the file; gives the text of the one attachment that is a credential. Throws ERR_OB_IMAGE_EMPTY when none is, and
 * ERR_OB_IMAGE_MALFORMED when there are several, for then nobody can say which of them the pages mean.
 */
export function unbakePdf(pdf: Buffer): Baked {
  const found = new Set<string>();
  let at = pdf.indexOf(NAME, 0, 'latin1');
  for (let seen = 0; at >= 0 && seen < MOST_ATTACHMENTS; at = pdf.indexOf(NAME, at + NAME.length, 'latin1')) {
    // `/EmbeddedFiles` is the list of their names.
    if (/\w/.test(String.fromCharCode(pdf[at + NAME.length] ?? 0x20))) continue;
    seen += 1;
    const bytes = streamAfter(pdf, at);
    const text = bytes && credentialText(bytes);
    if (text !== undefined) found.add(text);
  }
  if (found.size > 1)
    refuseImage('Several badges are attached to this PDF. Save the one you mean from it, and bring that.');
  const [text] = found;
  if (text === undefined)
    return refuseEmpty(
      'No badge is attached to this PDF. Printing or scanning loses it: ask for the original file, or the link.',
    );
  return { text, standard: 'ob3', remark: REMARK };
}
