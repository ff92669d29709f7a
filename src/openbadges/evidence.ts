// What was looked at before the badge was given.
//
// Open Badges 3.0 (1EdTech, April 2025), Evidence; VC Data Model 2.0 (W3C Recommendation, 15 May 2025) §5.6.

import { z } from 'zod';
import { classOf, textSchema, typeSchema, uriSchema } from './primitives.ts';

export const evidenceSchema = classOf(
  z.looseObject({
    id: uriSchema.optional(),
    type: typeSchema(['Evidence']),
    narrative: textSchema.optional(),
    name: textSchema.optional(),
    description: textSchema.optional(),
    genre: textSchema.optional(),
    audience: textSchema.optional(),
  }),
  'Evidence',
);
export type Evidence = z.infer<typeof evidenceSchema>;
