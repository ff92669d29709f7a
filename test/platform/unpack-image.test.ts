// A new PostgreSQL's folder.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { entriesOf, unpackImage } from '../../src/platform/unpack-image.ts';

function header(name: string, sizeBytes: number, type: string): Buffer {
  const block = Buffer.alloc(512);
  block.write(name, 0);
  block.write(sizeBytes.toString(8).padStart(11, '0'), 124);
  block.write(type, 156);
  return block;
}

await t.test('entries come with their content, up to the first empty block', async (t) => {
  const body = Buffer.alloc(1024, 'x');
  const archive = Buffer.concat([
    header('/d/', 0, '5'),
    header('/d/f', 700, '0'),
    body,
    Buffer.alloc(512),
    header('late', 0, '0'),
  ]);
  const found = [...entriesOf(archive)].map(({ name, folder, content }) => [name, folder, content.length]);
  t.same(found, [
    ['d/', true, 0],
    ['d/f', false, 700],
  ]);
});

await t.test('a name that leads out is refused', async (t) => {
  t.throws(() => [...entriesOf(header('/a/../../b', 0, '0'))], /outside its folder/);
});

await t.test('the image is of the PostgreSQL that PGlite is, and nobody else may read it', async (t) => {
  const folder = join(t.testdir(), 'pg');
  await unpackImage(folder);
  t.equal(readFileSync(join(folder, 'PG_VERSION'), 'utf8').trim(), '18');
  t.equal(statSync(folder).mode & 0o777, 0o700);
  t.equal(statSync(join(folder, 'global', 'pg_control')).mode & 0o777, 0o600);
});
