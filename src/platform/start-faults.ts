// Why a start failed, in sentences for whoever runs the service: which setting it is and what would be right. Anything
// unforeseen keeps its stack, since somebody has to find it.
import { sep } from 'node:path';
import type { Config } from './config.ts';
import { ConfigError } from './config.ts';
import { FolderInUseError } from './data-folder-lock.ts';
import { sqlState } from './database.ts';
import { PublicUrlChangedError } from './fix-public-url.ts';
import { KeyFileError } from './key-files.ts';
import { MissingPrivateKeyError } from './open-key-ring.ts';

type Folders = Pick<Config, 'dataDir' | 'keysDir'>;

const told = [ConfigError, FolderInUseError, PublicUrlChangedError, MissingPrivateKeyError, KeyFileError];

const within = (path: string, folder: string): boolean => path === folder || path.startsWith(folder + sep);

function explainFolder(error: NodeJS.ErrnoException, { dataDir, keysDir }: Folders): string | undefined {
  if (error.code === 'ENOSPC')
    return `A disk is full, that of DATA_DIR (${dataDir}) or of KEYS_DIR (${keysDir}): make room.`;
  const setting = [
    { name: 'DATA_DIR', folder: dataDir },
    { name: 'KEYS_DIR', folder: keysDir },
  ].find(({ folder }) => error.path !== undefined && within(error.path, folder));
  if (!setting) return undefined;
  return `${setting.name} (${setting.folder}) cannot be used: ${error.message}. It must be a folder that this user may read and write.`;
}

/** Says why a start failed. Without the settings, since they were the fault, folders are not known. */
export function explainStart(error: unknown, folders: Folders | undefined): string {
  if (!(error instanceof Error)) return String(error);
  if (told.some((kind) => error instanceof kind)) return error.message;
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken: set PORT to another one.`;
  if (code === 'EACCES' && port !== undefined)
    return `Port ${port} may not be used by this user: set PORT to one above 1023.`;
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL')
    return `HOST is no address of this machine (${error.message}): set it to localhost, 0.0.0.0 or another.`;
  if (sqlState(error) === '42501')
    return (
      `The role of DATABASE_URL may not make what is needed (${error.message}): let it own its database, by ` +
      '"alter database NAME owner to ROLE".'
    );
  const folder = folders && explainFolder(error, folders);
  return folder ?? (error.cause instanceof Error ? error.message : (error.stack ?? error.message));
}
