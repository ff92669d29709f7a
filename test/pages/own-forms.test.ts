// Forms of other sites change nothing here.
import t from 'tap';
import type { FastifyRequest } from 'fastify';
import { onlyOwnForms } from '../../src/pages/own-forms.ts';

const check = (headers: Record<string, string>) =>
  onlyOwnForms('https://badges.example.org')({ headers } as unknown as FastifyRequest);

await t.test('a form of ours passes, by what its browser says', async (t) => {
  await t.resolves(check({ 'sec-fetch-site': 'same-origin', origin: 'https://badges.example.org' }));
  await t.resolves(
    check({ 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:3000' }),
    'under any name of ours',
  );
  await t.resolves(check({ origin: 'https://badges.example.org' }), 'an older browser says its origin alone');
});

await t.test('a form of another site, of a sister site, or of nobody knows where is refused', async (t) => {
  for (const headers of [
    { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
    { 'sec-fetch-site': 'same-site', origin: 'https://other.example.org' },
    { 'sec-fetch-site': 'none' },
    { 'sec-fetch-site': 'cross-site', origin: 'https://badges.example.org' },
    { origin: 'https://evil.example' },
    { origin: 'https://badges.example.org.evil.example' },
    { origin: 'null' },
    {},
  ])
    await t.rejects(
      check(headers as Record<string, string>),
      { status: 403, code: 'form_not_ours' },
      JSON.stringify(headers),
    );
});
