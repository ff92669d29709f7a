// A credential as canonical N-Quads: two documents have the same text exactly when they say the same, and every word of
// a document is in it. This text is what gets hashed and signed.
//
// VC Data Integrity EdDSA Cryptosuites 1.0 (W3C Recommendation, 15 May 2025) §3.2.3 Transformation; RDF Dataset
// Canonicalization 1.0 (W3C Recommendation, 21 May 2024).

import { hash } from 'node:crypto';
import { refuseAliases } from './aliases.ts';
import { expand, toQuads } from './expand.ts';
import { inUtf8, type Quad } from './quads.ts';
import { canonicalizeQuads, type CanonicalDataset, type HashName } from './rdfc-1.0.ts';
import { fromLatest, fromRemembered, remember, type Filled } from './remembered-shapes.ts';
import { shapeOf, type Shape } from './shape.ts';
import { hashFilled } from './template.ts';

/** Takes a document, gives its canonical lines and labels. Throws as {@link canonicalize}. */
export async function canonicalizeDataset(document: object, hashName: HashName = 'sha256'): Promise<CanonicalDataset> {
  return canonicalizeQuads(await statements(document), hashName);
}

async function statements(document: object): Promise<readonly Quad[]> {
  const expanded = await expand(document);
  await refuseAliases(document, expanded);
  return toQuads(expanded);
}

/**
 * Takes a JSON-LD document, gives its canonical N-Quads. Throws ERR_OB_JSONLD naming the term that is undefined,
 * redefined, no IRI or read two ways; ERR_OB_CONTEXT_UNKNOWN; ERR_OB_TOO_COMPLEX.
 * A document of a shape that was seen before takes the short way, with the same text.
 */
export async function canonicalize(document: object, hashName: HashName = 'sha256'): Promise<string> {
  const { filled, shape } = shortWay(document, hashName);
  return (filled?.canonical ?? (await fullPath(document, shape, hashName))).toString();
}

/** Takes a JSON-LD document, gives the digest of its canonical N-Quads in UTF-8. Throws as {@link canonicalize}. */
export async function hashCanonical(document: object, hashName: HashName = 'sha256'): Promise<Buffer> {
  const { filled, shape } = shortWay(document, hashName);
  if (filled) return hashFilled(filled.template, filled.canonical);
  return hash(hashName, await fullPath(document, shape, hashName), 'buffer');
}

/** The same by the full path whatever was seen before: a second opinion on what the short way signed. */
export async function hashByFullPath(document: object, hashName: HashName = 'sha256'): Promise<Buffer> {
  return hash(hashName, await fullPath(document, undefined, hashName), 'buffer');
}

/** By the program of a shape; the shape alone when it has none. */
function shortWay(document: object, hashName: HashName): { filled?: Filled | undefined; shape?: Shape | undefined } {
  // The names of blank nodes depend on the hash (RDFC-1.0 §4.6); programs are kept for the usual one.
  if (hashName !== 'sha256') return {};
  const filled = fromLatest(document);
  if (filled) return { filled };
  const shape = shapeOf(document);
  return { shape, filled: shape && fromRemembered(shape) };
}

/** @param shape what the document is remembered by, if it has any. */
async function fullPath(document: object, shape: Shape | undefined, hashName: HashName): Promise<Buffer> {
  const canonical = inUtf8((await canonicalizeDataset(document, hashName)).lines);
  if (shape) await remember(document, shape, canonical, statements);
  return canonical;
}
