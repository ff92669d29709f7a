// Each reason for which a start fails has a sentence that names the setting and the remedy.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { openKeyFiles } from '../../src/platform/key-files.ts';
import { explainStart } from '../../src/platform/start-faults.ts';
import { makeScratch } from './scratch.ts';

const folder = makeScratch();
const folders = { dataDir: join(folder, 'data'), keysDir: join(folder, 'keys') };

const fault = (code: string, more: object = {}): Error =>
  Object.assign(new Error(`${code}: as the system says`), { code, ...more });

await t.test('a folder that cannot be used is named by its setting', async (t) => {
  const data = explainStart(fault('EACCES', { path: join(folders.dataDir, 'lock') }), folders);
  t.match(data, `DATA_DIR (${folders.dataDir}) cannot be used: EACCES: as the system says. It must be a folder`);
  writeFileSync(folders.keysDir, 'a file');
  const keys = await openKeyFiles(folders.keysDir, undefined).catch((error: unknown) => error);
  t.match(explainStart(keys, folders), `KEYS_DIR (${folders.keysDir}) cannot be used: EEXIST`);
  mkdirSync(`${folders.dataDir}-other`);
  const elsewhere = explainStart(fault('EACCES', { path: `${folders.dataDir}-other` }), folders);
  t.notMatch(elsewhere, 'DATA_DIR', 'a folder whose name begins alike is another');
});

await t.test('a full disk, a port below 1024 and a role without rights each have a remedy', async (t) => {
  t.match(explainStart(fault('ENOSPC'), folders), /disk is full.*DATA_DIR.*KEYS_DIR.*make room/);
  t.match(explainStart(fault('EACCES', { port: 80 }), folders), 'Port 80 may not be used by this user: set PORT');
  t.match(explainStart(fault('42501'), folders), 'alter database NAME owner to ROLE');
});

await t.test('what nobody foresaw keeps its stack, and what has a cause its sentence', async (t) => {
  t.match(explainStart(new Error('never seen'), folders), /never seen\n\s+at /);
  t.equal(explainStart(new Error('said well', { cause: new Error('x') }), undefined), 'said well');
  t.equal(explainStart('no error', undefined), 'no error');
});
