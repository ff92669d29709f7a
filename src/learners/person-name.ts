// The name of a person as it may one day be signed.
// `&` alone is fine; `&amp;` in a signed name breaks the signature in wallets that decode it before they verify, so it
// is refused where it comes in, and not when the badge is built: a name must never stand in the way of an award.
import { z } from 'zod';
import { htmlEntityIn } from '../openbadges/credential.ts';

export const personName = z
  .string()
  .min(1)
  .max(200)
  // Letters, digits or signs: controls, spaces of any width and lone marks show nothing.
  .refine((name) => /[^\p{Cc}\p{Cf}\p{Z}\p{M}]/u.test(name), { message: 'Give a name that can be seen.' })
  .refine((name) => htmlEntityIn(name) === undefined, {
    message: 'Send the name as plain text, without HTML entities such as &amp;.',
  });
