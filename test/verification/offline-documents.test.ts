// A folder in place of the Internet: what is not in the map is unreachable.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import t from 'tap';
import { openDocumentMap } from '../../src/verification/offline-documents.ts';

void t.test('files lie beside the map; status and type are as it says', async (t) => {
  const folder = t.testdir();
  await mkdir(join(folder, 'docs'));
  await writeFile(join(folder, 'docs', 'a.json'), '{"a":1}');
  const map = {
    'https://a.example/a': { file: 'docs/a.json', status: 404, contentType: 'text/plain', other: true },
    'https://a.example/b#x': { file: 'docs/a.json' },
    'https://a.example/c': { file: 'missing' },
  };
  await writeFile(join(folder, 'map.json'), JSON.stringify(map));
  const resolve = await openDocumentMap(join(folder, 'map.json'));
  t.match(await resolve('https://a.example/a', '*/*'), { status: 404, contentType: 'text/plain', body: '{"a":1}' });
  t.match(await resolve('https://a.example/b#other', '*/*'), { status: 200, contentType: 'application/json' });
  await t.rejects(resolve('https://a.example/c', '*/*'), { name: 'ResolveError', kind: 'unreachable' });
  await t.rejects(resolve('https://a.example/d', '*/*'), { name: 'ResolveError', kind: 'unreachable' });
});

void t.test('a map that is none says how one looks', async (t) => {
  const folder = t.testdir({ 'not-json': 'x', 'wrong.json': '{"https://a.example/": "file"}' });
  await t.rejects(openDocumentMap(join(folder, 'not-json')), { name: 'DocumentMapError' });
  await t.rejects(openDocumentMap(join(folder, 'wrong.json')), { name: 'DocumentMapError', message: /must look like/ });
  await t.rejects(openDocumentMap(join(folder, 'nowhere.json')), { name: 'DocumentMapError' });
});
