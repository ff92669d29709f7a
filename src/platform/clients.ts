// What a client may be given, checked before it is stored: learning platforms, registrars and tools that call the API.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { SCOPES } from './callers.ts';
import { faultsOf } from './faults.ts';
import { Problem } from './problem.ts';
import type { ClientRecord } from './store.ts';

/** An origin or a longer absolute URL without query: what an `account` identifier's homePage is compared with. */
const source = z
  .string()
  .refine(
    (text) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && !/[?#]/.test(text),
    'Give an absolute http(s) URL without query, such as https://moodle.example.edu.',
  )
  .transform((text) => text.replace(/\/+$/, ''));

const newClient = z.strictObject({
  name: z.string().trim().min(1).max(200),
  sources: z.array(source).max(100),
  scopes: z.array(z.enum(SCOPES)).min(1),
  trustEmail: z.boolean().default(false),
  mayStateConsents: z.boolean().default(false),
});

export type NewClient = z.output<typeof newClient>;

/** @throws {Problem} naming every fault with its remedy */
export function parseNewClient(given: unknown): NewClient {
  const parsed = newClient.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new Problem('client_invalid', 422, 'This client cannot be made as it is described.', {
    errors: faultsOf(parsed.error),
  });
}

/** How a secret is kept. It has 256 random bits, so a plain hash cannot be searched backwards. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** A client as the operator sees it. */
export function describeClient(client: ClientRecord & { secrets?: number }): object {
  const { id, name, sources, scopes, trustEmail, mayStateConsents, createdAt, disabledAt, secrets } = client;
  return {
    ...{ id, name, sources, scopes, trustEmail, mayStateConsents },
    createdAt: createdAt.toISOString(),
    disabledAt: disabledAt?.toISOString() ?? null,
    ...(secrets === undefined ? {} : { secrets }),
  };
}
