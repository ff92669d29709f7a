// The report as the API documents it: outcome, checks in their fixed order, the credential and its issuer.

import { z } from 'zod';
import { CHECK_IDS } from '../openbadges/report.ts';

const checkSchema = z.object({
  id: z.enum(CHECK_IDS),
  status: z.enum(['pass', 'warn', 'fail', 'unknown', 'skipped']),
  code: z.string().describe('Stable: program against this'),
  message: z.string().describe('For people; may be reworded'),
  details: z.record(z.string(), z.unknown()).optional(),
});

export const REPORT_EXAMPLE = {
  outcome: 'valid' as const,
  checks: [
    {
      id: 'format' as const,
      status: 'pass' as const,
      code: 'json',
      message: 'This is an Open Badges 3.0 credential, written as JSON.',
    },
    {
      id: 'signature' as const,
      status: 'pass' as const,
      code: 'signature_valid',
      message: 'The signature is valid: nothing was changed since it was made.',
    },
  ],
  issuer: { id: 'did:web:badges.example.org', name: 'Example Commons' },
  checkedAt: '2026-03-04T10:11:12.000Z',
};

export const reportSchema = z
  .object({
    outcome: z.enum(['valid', 'valid_with_warnings', 'invalid', 'indeterminate']),
    checks: z.array(checkSchema),
    credential: z.record(z.string(), z.unknown()).optional(),
    issuer: z.object({ id: z.string(), name: z.string().optional() }).optional(),
    checkedAt: z.string().describe('The instant that was judged at'),
  })
  .meta({ id: 'VerificationReport', examples: [REPORT_EXAMPLE] });
