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
    checks: [{ status: 'fail' }],
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
