// What may be baked into a picture: one credential, as the JSON document or the compact JWS that its issuer signed.
//
// Open Badges 3.0 (1EdTech, April 2025) §5.3; older forms: Badge Baking for Open Badges 2.0 (2018), CLR 2.0.

import { OpenBadgesError } from '../errors.ts';

export type BakedStandard = 'ob3' | 'ob2' | 'clr2';

export interface Baked {
  text: string;
  standard: BakedStandard;
  /** A departure from the standard that still lets the text be read, as a sentence. */
  remark?: string;
}

/** No badge is longer; what is longer is meant to exhaust somebody. */
export const MOST_TEXT_BYTES = 2 * 1024 * 1024;

const COMPACT_JWS = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_-]+$/;

export function isCompactJws(text: string): boolean {
  return COMPACT_JWS.test(text);
}

/**
 * Says which form a text to be baked has.
 * Takes the text; gives 'json' or 'jws'. Throws ERR_OB_IMAGE_MALFORMED when it is neither, or too long.
 */
export function bakedForm(text: string): 'json' | 'jws' {
  if (text.length > MOST_TEXT_BYTES)
    throw new OpenBadgesError(
      'ERR_OB_IMAGE_MALFORMED',
      `The text to bake is longer than ${MOST_TEXT_BYTES} characters.`,
    );
  if (isCompactJws(text)) return 'jws';
  if (text.startsWith('{') && text.endsWith('}')) return 'json';
  throw new OpenBadgesError(
    'ERR_OB_IMAGE_MALFORMED',
    'Only a JSON document or a compact JWS can be baked, without blanks around it.',
  );
}

export function refuseImage(message: string): never {
  throw new OpenBadgesError('ERR_OB_IMAGE_MALFORMED', message);
}

export function refuseBaked(): never {
  throw new OpenBadgesError(
    'ERR_OB_IMAGE_BAKED',
    'There is a badge in this picture already; bake into the plain picture.',
  );
}

export function refuseEmpty(message: string): never {
  throw new OpenBadgesError('ERR_OB_IMAGE_EMPTY', message);
}
