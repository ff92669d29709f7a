// The private parts, one file each in KEYS_DIR (0700, files 0600). With KEYS_PASSPHRASE they are encrypted by
// AES-256-GCM under a key from scrypt (RFC 7914, August 2016), because OpenSSL's own encrypted PEM stretches the
// passphrase by PBKDF2 with 2,048 rounds only. Files are synced before the database says that the key exists.
import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, randomBytes, scrypt } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

// 32 MiB and some 220 ms for each guess at the passphrase (OWASP's second choice of parameters, 2023).
const cost = { N: 2 ** 15, r: 8, p: 3 };
const derive = promisify<string, Buffer, number, object, Buffer>(scrypt);

interface Sealed {
  kdf: 'scrypt';
  N: number;
  r: number;
  p: number;
  salt: string;
  cipher: 'aes-256-gcm';
  iv: string;
  tag: string;
  text: string;
}

const maxmem = 256 * 1024 * 1024;

async function seal(pem: string, name: string, passphrase: string): Promise<string> {
  const [salt, iv] = [randomBytes(16), randomBytes(12)];
  const cipher = createCipheriv('aes-256-gcm', await derive(passphrase, salt, 32, { ...cost, maxmem }), iv);
  cipher.setAAD(Buffer.from(name));
  const text = Buffer.concat([cipher.update(pem, 'utf8'), cipher.final()]).toString('base64');
  const sealed: Sealed = {
    kdf: 'scrypt',
    ...cost,
    salt: salt.toString('base64'),
    cipher: 'aes-256-gcm',
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    text,
  };
  return JSON.stringify(sealed, null, 2) + '\n';
}

async function unseal(content: string, name: string, passphrase: string): Promise<string> {
  const { N, r, p, salt, iv, tag, text } = JSON.parse(content) as Sealed;
  const key = await derive(passphrase, Buffer.from(salt, 'base64'), 32, { N, r, p, maxmem });
  const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(name));
  decipher.setAuthTag(Buffer.from(tag, 'base64'));
  return Buffer.concat([decipher.update(Buffer.from(text, 'base64')), decipher.final()]).toString('utf8');
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function writeSynced(folder: string, file: string, content: string): Promise<void> {
  const path = join(folder, file);
  // A name of its own: replicas that share the folder may write, and seal, at the same time.
  const draftPath = `${path}.${randomBytes(8).toString('hex')}.new`;
  const draft = await open(draftPath, 'wx', 0o600);
  try {
    await draft.writeFile(content);
    await draft.sync();
  } finally {
    await draft.close();
  }
  await rename(draftPath, path);
  const parent = await open(folder, 'r');
  await parent.sync().finally(() => parent.close());
}

/** A key file that cannot be opened as the settings are. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
}

/** The folder of private keys. `name` is a key's file name without its ending. */
export interface KeyFiles {
  folder: string;
  write(name: string, privateKey: KeyObject): Promise<void>;
  /** Undefined when the file is not there. @throws {KeyFileError} when it cannot be opened with this passphrase */
  read(name: string): Promise<KeyObject | undefined>;
  /** Encrypts a file that still lies there plain, where there is a passphrase. */
  seal(name: string): Promise<void>;
}

// A folder that is mounted read-only, such as a Secret of Kubernetes, has the mode that its volume gives it.
async function narrow(folder: string): Promise<void> {
  try {
    await chmod(folder, 0o700);
  } catch (error) {
    if (!['EROFS', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

/** Opens (and makes) the folder. A plain file is encrypted the first time a passphrase is given. */
export async function openKeyFiles(folder: string, passphrase: string | undefined): Promise<KeyFiles> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await narrow(folder);

  async function write(name: string, privateKey: KeyObject): Promise<void> {
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }) as string;
    if (passphrase === undefined) return await writeSynced(folder, `${name}.pem`, pem);
    await writeSynced(folder, `${name}.sealed`, await seal(pem, name, passphrase));
    await rm(join(folder, `${name}.pem`), { force: true });
  }

  async function readSealed(name: string, content: string): Promise<KeyObject> {
    const file = join(folder, `${name}.sealed`);
    if (passphrase === undefined) throw new KeyFileError(`The key ${file} is encrypted: set KEYS_PASSPHRASE.`);
    try {
      return createPrivateKey(await unseal(content, name, passphrase));
    } catch (error) {
      throw new KeyFileError(
        `The key ${file} cannot be opened: KEYS_PASSPHRASE is another one, or the file was changed.`,
        { cause: error },
      );
    }
  }

  function readPlain(name: string, pem: string): KeyObject {
    try {
      return createPrivateKey(pem);
    } catch (error) {
      const file = join(folder, `${name}.pem`);
      throw new KeyFileError(`${file} is no private key (PEM, not encrypted): restore it from your backup.`, {
        cause: error,
      });
    }
  }

  return {
    folder,
    write,
    async read(name) {
      const sealed = await readIfThere(join(folder, `${name}.sealed`));
      if (sealed !== undefined) return await readSealed(name, sealed);
      const pem = await readIfThere(join(folder, `${name}.pem`));
      if (pem === undefined) {
        // Another replica may have sealed it between the two looks.
        const since = await readIfThere(join(folder, `${name}.sealed`));
        return since === undefined ? undefined : await readSealed(name, since);
      }
      const key = readPlain(name, pem);
      if (passphrase !== undefined) await write(name, key);
      return key;
    },
    async seal(name) {
      const pem = passphrase === undefined ? undefined : await readIfThere(join(folder, `${name}.pem`));
      if (pem !== undefined) await write(name, readPlain(name, pem));
    },
  };
}

/** Whether a private key is the other half of a public JWK. */
export function belongsTo(privateKey: KeyObject, publicJwk: object): boolean {
  const own = createPublicKey(privateKey).export({ format: 'jwk' }) as Record<string, unknown>;
  const other = publicJwk as Record<string, unknown>;
  return ['kty', 'crv', 'x', 'y', 'n', 'e'].every((member) => own[member] === other[member]);
}
