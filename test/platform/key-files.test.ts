// Private keys on disk.
import { generateKeyPairSync } from 'node:crypto';
import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { belongsTo, openKeyFiles } from '../../src/platform/key-files.ts';

const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const passphrase = 'correct horse battery';
const mode = (path: string): number => statSync(path).mode & 0o777;

await t.test('a key comes back, and nobody else may read its file', async (t) => {
  const folder = join(t.testdir(), 'keys');
  const files = await openKeyFiles(folder, undefined);
  await files.write('a', privateKey);
  t.ok((await files.read('a'))?.equals(privateKey));
  t.equal(await files.read('b'), undefined);
  t.equal(mode(folder), 0o700);
  t.equal(mode(join(folder, 'a.pem')), 0o600);
});

await t.test('a folder that others may read is closed to them', async (t) => {
  const folder = t.testdir({});
  chmodSync(folder, 0o755);
  await openKeyFiles(folder, undefined);
  t.equal(mode(folder), 0o700);
});

await t.test('with a passphrase nothing readable lies on disk', async (t) => {
  const folder = t.testdir({});
  const files = await openKeyFiles(folder, passphrase);
  await files.write('a', privateKey);
  t.same(readdirSync(folder), ['a.sealed']);
  t.equal(mode(join(folder, 'a.sealed')), 0o600);
  t.notMatch(readFileSync(join(folder, 'a.sealed'), 'utf8'), /PRIVATE/);
  t.ok((await files.read('a'))?.equals(privateKey));
  await t.rejects((await openKeyFiles(folder, 'another passphrase')).read('a'), /KEYS_PASSPHRASE is another one/);
  await t.rejects((await openKeyFiles(folder, undefined)).read('a'), /set KEYS_PASSPHRASE/);
});

await t.test('a sealed file under another name, or changed, does not open', async (t) => {
  const folder = t.testdir({});
  const files = await openKeyFiles(folder, passphrase);
  await files.write('a', privateKey);
  const text = readFileSync(join(folder, 'a.sealed'), 'utf8');
  writeFileSync(join(folder, 'b.sealed'), text);
  await t.rejects(files.read('b'), /changed/);
  const sealed = JSON.parse(text) as { text: string };
  writeFileSync(
    join(folder, 'a.sealed'),
    JSON.stringify({ ...sealed, text: sealed.text.replace(/^./, (c) => (c === 'A' ? 'B' : 'A')) }),
  );
  await t.rejects(files.read('a'), /changed/);
});

await t.test('a plain file is sealed the first time there is a passphrase', async (t) => {
  const folder = t.testdir({});
  await (await openKeyFiles(folder, undefined)).write('a', privateKey);
  t.ok((await (await openKeyFiles(folder, passphrase)).read('a'))?.equals(privateKey));
  t.same(readdirSync(folder), ['a.sealed']);
});

await t.test('of all who seal a file at once each gets the key, and one file is left', async (t) => {
  const folder = t.testdir({});
  await (await openKeyFiles(folder, undefined)).write('a', privateKey);
  const replicas = await Promise.all(Array.from({ length: 4 }, () => openKeyFiles(folder, passphrase)));
  const read = await Promise.all(replicas.map((files) => files.read('a')));
  t.ok(read.every((key) => key?.equals(privateKey)));
  t.same(readdirSync(folder), ['a.sealed']);
});

await t.test('halves of one pair are told from halves of two', async (t) => {
  t.ok(belongsTo(privateKey, publicKey.export({ format: 'jwk' })));
  t.notOk(belongsTo(privateKey, generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' })));
});

await t.test(
  'a folder whose mode cannot be changed is read as it is',
  { skip: process.platform !== 'linux' && 'no /proc' },
  async (t) => {
    const files = await openKeyFiles('/proc/self/fdinfo', undefined);
    t.equal(await files.read('no-such-key'), undefined);
  },
);

await t.test('what is not read any more is sealed too, where there is a passphrase', async (t) => {
  const folder = t.testdir({});
  const plain = await openKeyFiles(folder, undefined);
  await plain.write('old', privateKey);
  await plain.seal('old');
  t.same(readdirSync(folder), ['old.pem'], 'without a passphrase it stays');
  const files = await openKeyFiles(folder, passphrase);
  await files.seal('old');
  await files.seal('nowhere');
  t.same(readdirSync(folder), ['old.sealed']);
  t.ok((await files.read('old'))?.equals(privateKey));
});

await t.test('a file that holds no key is named, with the remedy', async (t) => {
  const folder = t.testdir({ 'a.pem': 'what a disk left of it' });
  for (const secret of [undefined, passphrase]) {
    const files = await openKeyFiles(folder, secret);
    const said = { name: 'KeyFileError', message: `${join(folder, 'a.pem')} is no private key` };
    await t.rejects(files.read('a'), said);
    if (secret) await t.rejects(files.seal('a'), said);
  }
});
