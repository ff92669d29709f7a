// What a platform says of who somebody is, and what of it may be used to match.
// Trust is the client's, not the record's: an account counts when its home page is one of the client's sources, an
// e-mail when it is said to be verified by a client that is trusted to say so, a DID only once its holder proved it.
import { z } from 'zod';

const emailIdentifier = z.strictObject({
  type: z.literal('email'),
  value: z.string().max(254).pipe(z.email('Give one e-mail address, like ada@example.edu.')),
  verified: z.boolean().optional(),
});

const accountIdentifier = z.strictObject({
  type: z.literal('account'),
  homePage: z.url('Give the address of the platform that keeps the account.').max(512),
  name: z.string().min(1).max(255),
});

const didIdentifier = z.strictObject({
  type: z.literal('did'),
  value: z
    .string()
    .max(512)
    .regex(/^did:[a-z0-9]+:[A-Za-z0-9._:%-]+$/, 'Give a DID, like did:key:z6Mk….'),
});

export const identifier = z.discriminatedUnion('type', [emailIdentifier, accountIdentifier, didIdentifier]);
export type Identifier = z.infer<typeof identifier>;

/** An identifier in the form it is stored and matched by. */
export interface IdentifierKey {
  kind: 'account' | 'email' | 'did';
  authority: string;
  value: string;
}

/** One string for a key, for maps and for a stable order of locks. */
export function keyText(key: IdentifierKey): string {
  return `${key.kind}\n${key.authority}\n${key.value}`;
}

/** An identifier of a record with what is asked of it again and again. */
export interface Name {
  key: IdentifierKey;
  /** As `keyText` gives it. */
  text: string;
  /** Whether it may match a learner. */
  believed: boolean;
}

/** An e-mail as it is matched and hashed: the whole address in lower case. */
export function normalEmail(address: string): string {
  return address.trim().toLowerCase();
}

/** An identifier in the form it is matched by, whether or not it may be believed. */
export function keyOf(one: Identifier): IdentifierKey {
  if (one.type === 'account') return { kind: 'account', authority: one.homePage, value: one.name };
  return { kind: one.type, authority: '', value: one.type === 'email' ? normalEmail(one.value) : one.value };
}

/**
 * The identifiers of a record: those that may match a learner in the order in which they are believed (accounts, then
 * verified e-mails), then the others.
 * @param trustEmail whether this client's word counts on who holds an e-mail.
 */
export function namesOf(identifiers: Identifier[], trustEmail: boolean): Name[] {
  const accounts: Name[] = [];
  const emails: Name[] = [];
  const others: Name[] = [];
  for (const one of identifiers) {
    const key = keyOf(one);
    const text = keyText(key);
    if (one.type === 'account') accounts.push({ key, text, believed: true });
    else if (one.type === 'email' && one.verified && trustEmail) emails.push({ key, text, believed: true });
    else others.push({ key, text, believed: false });
  }
  return [...accounts, ...emails, ...others];
}

/**
 * Reads the `identifier` of a query: `email:ada@example.edu` (or the bare address), `did:…`, or
 * `account:<home page>|<name>`. The first bar divides: names such as `auth0|5f7c8ec7` have bars of their own.
 * @returns undefined when it is none of these.
 */
export function parseIdentifierQuery(text: string): IdentifierKey | undefined {
  if (text.startsWith('did:')) return { kind: 'did', authority: '', value: text };
  if (text.startsWith('account:')) {
    const at = text.indexOf('|');
    if (at < 0) return undefined;
    return { kind: 'account', authority: text.slice('account:'.length, at), value: text.slice(at + 1) };
  }
  const address = text.replace(/^(email|mailto):/, '');
  return address.includes('@') ? { kind: 'email', authority: '', value: normalEmail(address) } : undefined;
}
