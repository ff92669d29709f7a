// The files that pages need: one stylesheet, one small script, the icon. Their address holds the digest of their
// content, so that browsers may keep them for a year and never show an old one.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface Asset {
  path: string;
  type: string;
  bytes: Buffer;
  etag: string;
}

function readAsset(name: string, type: string): Asset {
  const bytes = readFileSync(new URL(`./assets/${name}`, import.meta.url));
  const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 12);
  const [stem, extension] = name.split('.');
  return { path: `/assets/${stem}.${digest}.${extension}`, type, bytes, etag: `"${digest}"` };
}

export const STYLESHEET = readAsset('cairn.css', 'text/css; charset=utf-8');
export const SCRIPT = readAsset('cairn.js', 'text/javascript; charset=utf-8');
export const ICON = readAsset('icon.svg', 'image/svg+xml');

const byPath = new Map([STYLESHEET, SCRIPT, ICON].map((asset) => [asset.path, asset]));
// Addresses that people and browsers type or guess; they are kept for minutes only.
const plain = new Map([
  ['/assets/cairn.css', STYLESHEET],
  ['/assets/cairn.js', SCRIPT],
  ['/assets/icon.svg', ICON],
]);

/** The file at a path, and for how long it may be kept. */
export function findAsset(path: string): { asset: Asset; maxAgeS: number } | undefined {
  const lasting = byPath.get(path);
  if (lasting) return { asset: lasting, maxAgeS: 31_536_000 };
  const asset = plain.get(path);
  return asset && { asset, maxAgeS: 300 };
}
