// The picture of a badge with the badge in it (Open Badges 3.0 §5.3, baking).
// The JSON form goes in: whoever unbakes it holds the very bytes that were signed.
import { bakePng } from '../openbadges/baking/png.ts';
import { bakeSvg } from '../openbadges/baking/svg.ts';
import { renderBadgePng } from '../tracks/badge-png.ts';
import { renderBadgeSvg } from '../tracks/badge-image.ts';
import { findAwardable } from '../tracks/catalogue.ts';
import type { StoredCredential } from './store.ts';

const PICTURE_SIZE_PX = 600;

/** The baked picture of a credential whose bytes are there. Throws when its achievement is not in the catalogue. */
export function bakeCredential(credential: StoredCredential & { json: string }, form: 'png' | 'svg'): Buffer {
  const awardable = findAwardable(credential.achievement);
  if (!awardable) throw new Error(`no picture for ${credential.achievement}`);
  const svg = renderBadgeSvg(awardable);
  if (form === 'svg') return Buffer.from(bakeSvg(svg, credential.json));
  return bakePng(renderBadgePng(svg, PICTURE_SIZE_PX), credential.json);
}
