// A problem as a page: in the visitor's language, without a script, with nothing of the inside.
import type { FastifyRequest } from 'fastify';
import t from 'tap';
import { problemPage } from '../../src/pages/problem-page.ts';
import { Problem } from '../../src/platform/problem.ts';
import { site } from './badge-for-pages.ts';

const asked = (parts: object) =>
  ({
    method: 'GET',
    url: '/x',
    id: 'r-1',
    query: {},
    headers: { 'accept-language': 'es' },
    ...parts,
  }) as unknown as FastifyRequest;

await t.test('it is a whole document', async (t) => {
  const page = problemPage(site)(new Problem('gone', 410, 'Secret inner words'), asked({})) ?? '';
  t.match(page, /<html lang="es"/);
  t.match(page, /Esta insignia fue borrada/);
  t.notMatch(page, /Secret inner words|<script/);
});

await t.test('the wait of a 429 is said, and its language links answer GET', async (t) => {
  const problem = new Problem('too_many_requests', 429, 'Slowly', { headers: { 'retry-after': '7' } });
  const page = problemPage(site)(problem, asked({ method: 'POST', url: '/verify', headers: {} })) ?? '';
  t.match(page, /in 7 seconds/);
  t.match(page, /href="\/\?lang&#61;es"/);
});
