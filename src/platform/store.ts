// Every query of the platform.
import { and, asc, count, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { ADVISORY_LOCKS } from './advisory-locks.ts';
import type { Tx } from './database.ts';
import type { KeyState, RingKey } from './key-ring.ts';
import { clients, clientSecrets, keys, quotas, settings } from './table.ts';

export async function readSetting(tx: Tx, name: string): Promise<string | undefined> {
  const [found] = await tx.select({ value: settings.value }).from(settings).where(eq(settings.name, name));
  return found?.value;
}

/** Sets what is not set yet; another replica may have been faster, so read afterwards. */
export async function insertSetting(tx: Tx, name: string, value: string, setAt: Date): Promise<void> {
  await tx.insert(settings).values({ name, value, setAt }).onConflictDoNothing();
}

export async function replaceSetting(tx: Tx, name: string, value: string, setAt: Date): Promise<void> {
  await tx
    .insert(settings)
    .values({ name, value, setAt })
    .onConflictDoUpdate({ target: settings.name, set: { value, setAt } });
}

/** Keys are made, moved and marked by one process at a time, until the transaction ends. */
export async function lockKeys(tx: Tx): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${ADVISORY_LOCKS.keys})`);
}

export async function readKeys(tx: Tx): Promise<RingKey[]> {
  return await tx.select().from(keys).orderBy(asc(keys.createdAt), asc(keys.kid));
}

export async function insertKey(tx: Tx, key: RingKey): Promise<void> {
  await tx.insert(keys).values(key);
}

const stamps = { next: {}, active: 'activatedAt', retired: 'retiredAt', compromised: 'compromisedAt' } as const;

export async function moveKey(tx: Tx, kid: string, state: KeyState, at: Date): Promise<void> {
  const stamp = stamps[state];
  await tx
    .update(keys)
    .set({ state, ...(typeof stamp === 'string' ? { [stamp]: at } : {}) })
    .where(eq(keys.kid, kid));
}

export interface ClientRecord {
  id: string;
  name: string;
  sources: string[];
  scopes: string[];
  trustEmail: boolean;
  mayStateConsents: boolean;
  createdAt: Date;
  disabledAt: Date | null;
}

export async function insertClient(tx: Tx, client: ClientRecord): Promise<void> {
  await tx.insert(clients).values(client);
}

export async function readClients(tx: Tx): Promise<(ClientRecord & { secrets: number })[]> {
  const found = await tx
    .select({ client: clients, secrets: count(clientSecrets.hash) })
    .from(clients)
    .leftJoin(clientSecrets, eq(clientSecrets.clientId, clients.id))
    .groupBy(clients.id)
    .orderBy(asc(clients.createdAt), asc(clients.id));
  return found.map(({ client, secrets }) => ({ ...client, secrets }));
}

/** A client that may call: disabled ones are as if they were not there. */
export async function findClient(tx: Tx, id: string): Promise<ClientRecord | undefined> {
  const [found] = await tx
    .select()
    .from(clients)
    .where(and(eq(clients.id, id), isNull(clients.disabledAt)));
  return found;
}

/** Held until the transaction ends, so that two rotations at once do not leave three secrets. */
export async function lockClient(tx: Tx, id: string): Promise<ClientRecord | undefined> {
  const [found] = await tx.select().from(clients).where(eq(clients.id, id)).for('update');
  return found;
}

export async function disableClientRow(tx: Tx, id: string, at: Date): Promise<void> {
  await tx
    .update(clients)
    .set({ disabledAt: at })
    .where(and(eq(clients.id, id), isNull(clients.disabledAt)));
  await tx.delete(clientSecrets).where(eq(clientSecrets.clientId, id));
}

export async function insertSecret(tx: Tx, clientId: string, hash: string, createdAt: Date): Promise<void> {
  await tx.insert(clientSecrets).values({ clientId, hash, createdAt });
}

export async function readSecretHashes(tx: Tx, clientId: string): Promise<string[]> {
  const found = await tx
    .select({ hash: clientSecrets.hash })
    .from(clientSecrets)
    .where(eq(clientSecrets.clientId, clientId))
    .orderBy(desc(clientSecrets.createdAt));
  return found.map(({ hash }) => hash);
}

export async function deleteSecrets(tx: Tx, hashes: string[]): Promise<void> {
  if (hashes.length > 0) await tx.delete(clientSecrets).where(inArray(clientSecrets.hash, hashes));
}

/** Leases up to `wanted` of what is left of `limit` in this window; answers how many were had. */
export async function leaseQuota(tx: Tx, key: string, window: number, wanted: number, limit: number): Promise<number> {
  const [after] = await tx
    .insert(quotas)
    .values({ key, window, leased: wanted })
    .onConflictDoUpdate({
      target: [quotas.key, quotas.window],
      set: { leased: sql`${quotas.leased} + ${wanted}` },
      setWhere: sql`${quotas.leased} < ${limit}`,
    })
    .returning({ leased: quotas.leased });
  return after ? Math.max(0, wanted - Math.max(0, after.leased - limit)) : 0;
}

export async function deleteQuotasBefore(tx: Tx, window: number): Promise<void> {
  await tx.delete(quotas).where(sql`${quotas.window} < ${window}`);
}
