// A credential as canonical N-Quads: two documents have the same text exactly when they say the same, and every word of
// a document is in it. This text is what gets hashed and signed.
//
// VC Data Integrity EdDSA Cryptosuites 1.0 (W3C Recommendation, 15 May 2025) §3.2.3 Transformation; RDF Dataset
// Canonicalization 1.0 (W3C Recommendation, 21 May 2024).

import { hash } from 'node:crypto';
import { refuseAliases } from './aliases.ts';
import { expand, toQuads } from './expand.ts';
import type { Quad } from './quads.ts';
import { canonicalizeQuads, type CanonicalDataset, type HashName } from './rdfc-1.0.ts';
import { fromLatest, fromRemembered, remember, type Filled } from './remembered-shapes.ts';
import { shapeOf } from './shape.ts';
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
  const filled = hashName === 'sha256' ? shortWay(document) : undefined;
  return filled ? filled.canonical.toString() : fullPath(document, hashName);
}

/** Takes a JSON-LD document, gives the digest of its canonical N-Quads in UTF-8. Throws as {@link canonicalize}. */
export async function hashCanonical(document: object, hashName: HashName = 'sha256'): Promise<Buffer> {
  const filled = hashName === 'sha256' ? shortWay(document) : undefined;
  return filled
    ? hashFilled(filled.template, filled.canonical)
    : hash(hashName, await fullPath(document, hashName), 'buffer');
}

/** The same by the full path whatever was seen before: a second opinion on what the short way signed. */
export async function hashByFullPath(document: object, hashName: HashName = 'sha256'): Promise<Buffer> {
  return hash(hashName, (await canonicalizeDataset(document, hashName)).lines.join(''), 'buffer');
}

/** By the program of a shape; nothing when there is none. */
function shortWay(document: object): Filled | undefined {
  const latest = fromLatest(document);
  if (latest) return latest;
  const shape = shapeOf(document);
  return shape && fromRemembered(shape);
}

async function fullPath(document: object, hashName: HashName): Promise<string> {
  const text = (await canonicalizeDataset(document, hashName)).lines.join('');
  // The names of blank nodes depend on the hash (RDFC-1.0 §4.6); programs are kept for the usual one.
  const shape = hashName === 'sha256' ? shapeOf(document) : undefined;
  if (shape) await remember(document, shape, text, statements);
  return text;
}
