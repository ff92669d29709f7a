// From bytes of any kind to one report, within one budget of documents.
import t from 'tap';
import { bakeSvg } from '../../src/openbadges/baking/svg.ts';
import { ResolveError } from '../../src/openbadges/resolve.ts';
import { verifySubmission } from '../../src/verification/verify-submission.ts';
import { serve, type Served } from '../openbadges/documents.ts';
import { badge, issuerDocuments, now, sign, summary } from '../openbadges/signed-badges.ts';

const ask = (input: Uint8Array | string, documents: Record<string, Served> = {}) =>
  verifySubmission(input, { resolve: serve({ ...issuerDocuments, ...documents }), now });
const URL = 'https://school.example/credentials/1';

void t.test('text, bytes, picture and address', async (t) => {
  const text = JSON.stringify(await sign(badge()));
  t.equal(summary(await ask(text)), 'valid');
  t.equal(summary(await ask(Buffer.from(text))), 'valid');
  t.match(await ask(bakeSvg('<svg xmlns="http://www.w3.org/2000/svg"></svg>', text)), {
    outcome: 'valid',
    checks: [{ details: { carrier: 'svg' } }],
  });
  t.equal(summary(await ask(URL, { [URL]: text })), 'valid');
});

void t.test('an address that answers with a page, an address or not at all', async (t) => {
  t.match(await ask(URL, { [URL]: '<!DOCTYPE html><html></html>' }), {
    outcome: 'invalid',
    checks: [{ code: 'submission_page' }],
  });
  t.match(await ask(URL, { [URL]: 'https://other.example/' }), { checks: [{ code: 'submission_url' }] });
  t.match(await ask(URL), { checks: [{ code: 'submission_unreachable' }] });
  t.match(await ask(URL, { [URL]: 'hello' }), { checks: [{ code: 'not_recognised' }] });
});

void t.test('of an address that does not answer now nothing is known: not good, and not bad either', async (t) => {
  const open = { outcome: 'indeterminate', checks: [{ status: 'unknown', code: 'submission_unreachable' }] };
  t.match(await ask(URL), open);
  t.match(await ask(URL, { [URL]: { status: 503 } }), open);
  t.match(await ask(URL, { [URL]: { status: 404 } }), {
    outcome: 'invalid',
    checks: [{ status: 'fail', code: 'submission_absent' }],
  });
  const refuse = async (): Promise<never> => {
    throw new ResolveError('refused', '127.0.0.1 is not a public address.');
  };
  t.match(await verifySubmission('https://127.0.0.1/', { resolve: refuse, now }), {
    outcome: 'invalid',
    checks: [{ status: 'fail', code: 'submission_refused' }],
  });
});

void t.test('a presentation is judged by what it holds', async (t) => {
  const presentation = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    verifiableCredential: [await sign(badge())],
  };
  t.equal(summary(await ask(JSON.stringify(presentation))), 'valid');
});

void t.test('nonsense is an answer', async (t) => {
  for (const input of ['', '{', '[]', '"x"', 'a.b.c', Buffer.from([0, 1, 2, 255]), '<svg/>', '['.repeat(100_000)])
    t.equal((await ask(input)).outcome, 'invalid');
});

void t.test(
  'an address that came with a slash or a full stop leads to the badge; one that is there is taken as it is',
  async (t) => {
    const text = JSON.stringify(await sign(badge()));
    for (const more of ['/', '.', ',', '/.']) {
      const asked = await ask(URL + more, { [URL]: text, [URL + more]: { status: 404 } });
      t.equal(summary(asked), 'valid', more);
    }
    t.match(await ask(`${URL}/`, { [URL]: text, [`${URL}/`]: { status: 503 } }), { outcome: 'indeterminate' });
    t.match(await ask(`${URL}/`, { [URL]: { status: 404 }, [`${URL}/`]: { status: 404 } }), {
      checks: [{ code: 'submission_absent' }],
    });
  },
);

void t.test('a page leads to the badge that it names, of its own origin and no further', async (t) => {
  const text = JSON.stringify(await sign(badge()));
  const page = (href: string) =>
    `<!DOCTYPE html><html><link rel="alternate" type="application/vc" href="${href}"></html>`;
  t.equal(
    summary(await ask('https://school.example/p', { 'https://school.example/p': page(URL), [URL]: text })),
    'valid',
  );
  const elsewhere = 'https://other.example/1';
  t.match(await ask(URL, { [URL]: page(elsewhere), [elsewhere]: text }), { checks: [{ code: 'submission_page' }] });
  t.match(await ask(URL, { [URL]: page(`${URL}2`), [`${URL}2`]: page(`${URL}3`), [`${URL}3`]: text }), {
    checks: [{ code: 'submission_page' }],
  });
});

void t.test(
  'what came in a PDF is good with the remark that its pages were not checked, by file and by address',
  async (t) => {
    const text = JSON.stringify(await sign(badge()));
    const stream = `1 0 obj << /Type /EmbeddedFile /Length ${Buffer.byteLength(text)} >>\nstream\n${text}\nendstream`;
    const pdf = `%PDF-1.7\n${stream}`;
    const expected = {
      outcome: 'valid_with_warnings',
      checks: [{ status: 'warn', code: 'pdf_pages_unchecked', details: { carrier: 'pdf' } }],
    };
    t.match(await ask(Buffer.from(pdf)), expected);
    t.match(await ask(`data:application/pdf;base64,${Buffer.from(pdf).toString('base64')}`), expected);
    t.match(await ask(URL, { [URL]: pdf }), expected);
    t.match(await ask(Buffer.from(pdf.replace('Bread', 'Cream'))), { outcome: 'invalid' });
  },
);
