// One process at a time in a data folder. PGlite takes no lock, and two processes in one folder lose acknowledged rows
// without an error (tried: 184 of them), so the lock is ours: a file made exclusively, naming who holds it. A holder is
// gone when its process is (pids are reused, so the start time must fit too) or, on another host of a shared volume,
// when its heartbeat has stopped.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

const heartbeatMs = 3_000;
const silenceMs = 20_000;

interface Holder {
  pid: number;
  host: string;
  /** Of the process, in ticks since boot, where /proc tells; '' elsewhere. */
  startedTicks: string;
  boot: string;
}

/** Another process is using the folder. */
export class FolderInUseError extends Error {
  readonly pid: number;
  constructor(folder: string, holder: Holder) {
    const where = holder.host === hostname() ? '' : ` on ${holder.host}`;
    super(
      `The data folder ${folder} is in use by another Cairn (process ${holder.pid}${where}). One process at a time can ` +
        `use it: stop that one, or give this one its own DATA_DIR, or set DATABASE_URL to share a PostgreSQL.`,
    );
    this.name = 'FolderInUseError';
    this.pid = holder.pid;
  }
}

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}

// proc(5): field 3 is the state, field 22 the start time; the second may hold spaces and brackets, so count from its
// end. A zombie answers signals although it has ended.
function readStat(pid: number): { ended: boolean; startedTicks: string } {
  const text = readOr(`/proc/${pid}/stat`, '');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { ended: fields[0] === 'Z' || fields[0] === 'X', startedTicks: fields[19] ?? '' };
}

const bootId = (): string => readOr('/proc/sys/kernel/random/boot_id', '').trim();

function isAlive(holder: Holder, path: string): boolean {
  // It may have been released since it was read.
  if (holder.host !== hostname())
    return Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < silenceMs;
  if (holder.boot !== bootId()) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
  }
  const { ended, startedTicks } = readStat(holder.pid);
  return !ended && holder.startedTicks === startedTicks;
}

function parseHolder(text: string): Holder | undefined {
  try {
    const { pid, host, startedTicks: ticks, boot } = JSON.parse(text) as Partial<Holder>;
    return typeof pid === 'number' && typeof host === 'string'
      ? { pid, host, startedTicks: ticks ?? '', boot: boot ?? '' }
      : undefined;
  } catch {
    return undefined;
  }
}

export interface FolderLock {
  release(): void;
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

/** Whether something whose making is exclusive was made by us, or was there. */
function madeByUs(make: () => void): boolean {
  try {
    make();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/**
 * Takes a dead holder's lock away, as one process alone: that needs the folder `lock.takeover`, whose making is
 * exclusive, and the lock is read again once it is ours.
 */
async function removeDead(path: string, found: string): Promise<void> {
  const takeover = `${path}.takeover`;
  if (!madeByUs(() => mkdirSync(takeover))) {
    const madeAt = statSync(takeover, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
    if (Date.now() - madeAt > silenceMs) rmSync(takeover, { recursive: true, force: true });
    return await pause();
  }
  try {
    if (readOr(path, '') === found) renameSync(path, join(takeover, 'dead'));
  } finally {
    rmSync(takeover, { recursive: true, force: true });
  }
}

function beat(path: string): NodeJS.Timeout {
  return setInterval(() => {
    const at = new Date();
    try {
      utimesSync(path, at, at);
    } catch {
      // A folder removed under a running service: the database says so louder than the lock could.
    }
  }, heartbeatMs).unref();
}

/**
 * Takes the folder, or says who has it. A dead holder's lock is taken over.
 *
 * @throws {FolderInUseError}
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  const path = join(folder, 'lock');
  const own: Holder = {
    pid: process.pid,
    host: hostname(),
    startedTicks: readStat(process.pid).startedTicks,
    boot: bootId(),
  };
  const text = JSON.stringify(own);
  for (let attempt = 0; !madeByUs(() => writeFileSync(path, text, { flag: 'wx', mode: 0o600 })); attempt++) {
    const found = readOr(path, '');
    const holder = parseHolder(found);
    if (holder && isAlive(holder, path)) throw new FolderInUseError(folder, holder);
    if (attempt > 50)
      throw new Error(`The lock ${path} cannot be read or taken over: remove it if no Cairn is running.`);
    // An empty file is a holder between making it and writing it: wait a little before calling it dead.
    if (!holder && attempt < 10) await pause();
    else await removeDead(path, found);
  }
  const beating = beat(path);
  return {
    release() {
      clearInterval(beating);
      if (readOr(path, '') === text) rmSync(path, { force: true });
    },
  };
}
