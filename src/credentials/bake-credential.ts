// The picture of a badge with the badge in it (Open Badges 3.0 §5.3, baking).
// The JSON form goes in: whoever unbakes it holds the very bytes that were signed.
import { bakePng } from '../openbadges/baking/png.ts';
import { bakeSvg } from '../openbadges/baking/svg.ts';
import type { Workers } from '../platform/worker-pool.ts';
import { renderBadgeSvg } from '../tracks/badge-image.ts';
import { findAwardable } from '../tracks/catalogue.ts';
import type { StoredCredential } from './store.ts';

const PICTURE_SIZE_PX = 600;

/** The baked picture of a credential whose bytes are there. Throws when its achievement is not in the catalogue. */
export async function bakeCredential(
  workers: Workers,
  credential: Pick<StoredCredential, 'achievement'> & { json: string },
  form: 'png' | 'svg',
): Promise<Buffer> {
  const awardable = findAwardable(credential.achievement);
  if (!awardable) throw new Error(`no picture for ${credential.achievement}`);
  const svg = renderBadgeSvg(awardable);
  if (form === 'svg') return Buffer.from(bakeSvg(svg, credential.json));
  const png = await workers.run<Uint8Array>('badge-png', { svg, sizePx: PICTURE_SIZE_PX });
  return bakePng(Buffer.from(png), credential.json);
}
