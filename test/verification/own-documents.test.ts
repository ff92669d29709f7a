// Our own addresses are answered by our own routes, all others are left.
import Fastify from 'fastify';
import t from 'tap';
import { ownDocuments, ownPath } from '../../src/verification/own-documents.ts';

void t.test('ours whatever the scheme, with status and type; others not at all', async (t) => {
  const app = Fastify();
  t.teardown(() => app.close());
  app.get('/a', async (request) => ({ accept: request.headers.accept, query: request.query }));
  const own = ownDocuments(app, 'http://localhost:3000');
  t.match(await own('https://localhost:3000/a?x=1#y', 'application/vc'), {
    status: 200,
    contentType: /json/,
    body: '{"accept":"application/vc","query":{"x":"1"}}',
  });
  t.match(await own('http://localhost:3000/b', '*/*'), { status: 404 });
  for (const url of ['https://localhost/a', 'https://other.example/a', 'ftp://localhost:3000/a', 'nonsense'])
    t.equal(await own(url, '*/*'), undefined);
});

void t.test('the path of an address below a path is what comes after it', async (t) => {
  t.equal(ownPath('https://example.org/badges/status/1?a=b#c', 'https://example.org/badges'), '/status/1?a=b');
  t.equal(ownPath('https://example.org/', 'https://example.org'), '/');
  t.equal(ownPath('https://example.org/other', 'https://example.org/badges'), undefined);
});
