// Credentials as strangers read them, from memory as long as the database says that nothing changed. Each reading asks
// for the version of the row (PostgreSQL 15 manual, 5.5: `xmin` and `ctid` are others after every update), gathered with
// whatever else is read at that moment; the 5 KB of the badge and its digest are fetched and made once for each version.
// So a revocation, an erasure or a change of visibility is seen by the next reader on every replica.
import { Recent } from '../openbadges/recent.ts';
import type { Database } from '../platform/database.ts';
import { etagOf } from '../platform/entity-tag.ts';
import { gatherReads } from '../platform/gather-reads.ts';
import type { Service } from '../platform/service.ts';
import { isUuid } from '../platform/uuid.ts';
import { readVersioned, readVersions, type StoredCredential, type Versions } from './store.ts';

/** A credential with what is made of it once; `bytes` and `etag` are empty after an erasure. */
export interface FreshCredential {
  stored: StoredCredential;
  /** Another one after every change of the row. */
  version: string;
  /** The same of its earner's row, as it stands now. */
  learnerVersion: string;
  bytes: Buffer;
  etag: string;
}

const KEPT_BYTES = 32 * 1024 * 1024;

interface Memory {
  versions: (id: string) => Promise<Versions | undefined>;
  kept: Recent<Omit<FreshCredential, 'learnerVersion'>>;
}

const memories = new WeakMap<Database, Memory>();

function memoryOf(db: Database): Memory {
  let memory = memories.get(db);
  if (!memory) {
    memory = { versions: gatherReads((ids) => readVersions(db.read, ids)), kept: new Recent(KEPT_BYTES) };
    memories.set(db, memory);
  }
  return memory;
}

/** One credential as it stands now. @param id whatever a stranger wrote */
export async function readFresh({ db }: Pick<Service, 'db'>, id: string): Promise<FreshCredential | undefined> {
  if (!isUuid(id)) return undefined;
  const { versions, kept } = memoryOf(db);
  const now = await versions(id);
  const known = kept.get(id);
  if (known && known.version === now?.version) return { ...known, learnerVersion: now.learnerVersion };
  kept.delete(id);
  const read = now && (await db.reading((tx) => readVersioned(tx, id)));
  if (!read) return undefined;
  const { version, ...stored } = read;
  const bytes = Buffer.from(stored.json ?? '');
  const fresh = { stored, version, bytes, etag: etagOf(bytes) };
  kept.set(id, fresh, 2 * bytes.length + 1000);
  return { ...fresh, learnerVersion: now.learnerVersion };
}
