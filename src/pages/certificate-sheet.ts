// The sheet of a certificate: which way it runs, and how what is drawn on it is told to readers (tagged PDF, ISO
// 32000-1:2008, 14.8). Everything is placed from the start of the page, which is its right edge in Arabic.
import { makePen, type Column, type Pen, type PdfDocument } from './certificate-pen.ts';
import type { CredentialView } from './credential-view.ts';
import type { Words } from './words.ts';

/** How broad the panel at the start of the page is, in points. */
export const PANEL = 286;
export const MARGIN = 46;
export const INK = '#1c2233';
export const QUIET = '#545b6d';
export const LINE = '#d9d2c3';

export type PdfElement = ReturnType<PdfDocument['struct']>;

/** The page that is being drawn, and where things stand on it. */
export interface Sheet {
  document: PdfDocument;
  pen: Pen;
  view: CredentialView;
  words: Words;
  width: number;
  height: number;
  /** A column that begins so far from the start of the page. */
  column(start: number, width: number, align?: 'start' | 'center'): Column;
  /** Adds an element to the structure of the page and draws it. */
  element(type: string, draw: (added: PdfElement) => void, alt?: string): void;
}

/** A sheet over the first page of a document; what is drawn by `element` becomes its structure. */
export function makeSheet(document: PdfDocument, view: CredentialView, words: Words): Sheet {
  const { width, height } = document.page;
  const rtl = words.direction === 'rtl';
  const root = document.struct('Document');
  document.addStructure(root);
  return {
    document,
    pen: makePen(document),
    view,
    words,
    width,
    height,
    column: (start, breadth, align = 'start') => ({
      x: rtl ? width - start - breadth : start,
      width: breadth,
      align: align === 'center' ? 'center' : rtl ? 'right' : 'left',
    }),
    element: (type, draw, alt) => {
      const added = document.struct(type as never, alt ? { alt } : {});
      added.add(() => draw(added));
      added.end();
      root.add(added);
    },
  };
}

/** What only pleases the eye; readers skip it. */
export function ornament({ document }: Sheet, draw: () => void): void {
  document.markContent('Artifact', { type: 'Layout' } as never);
  draw();
  document.endMarkedContent();
}
