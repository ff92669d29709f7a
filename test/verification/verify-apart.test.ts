// In its thread a verification asks the main thread for our own documents, and for no others.
import t from 'tap';
import {
  verifyCredential,
  verifyPresentation,
  verifySubmission,
  writeReport,
} from '../../src/verification/verify-apart.ts';
import { badge, issuerDocuments, now, sign } from '../openbadges/signed-badges.ts';

const given = { publicUrl: 'https://school.example', now, ownIssuers: [] };

await t.test('ours are asked for with what is accepted; what the main thread says is what counts', async (t) => {
  const asked: { url: string; accept: string }[] = [];
  const signed = await sign(badge());
  const ask =
    (status: number) =>
    async (question: unknown): Promise<unknown> => {
      const { url, accept } = question as { url: string; accept: string };
      asked.push({ url, accept });
      return { url, status, contentType: 'application/json', body: JSON.stringify(issuerDocuments[url] ?? {}) };
    };
  const input = { ...given, input: JSON.stringify(signed), at: undefined, recipient: undefined };
  t.match(await verifySubmission(input, ask(200)), { outcome: 'valid' });
  t.match(asked, [{ url: 'https://school.example/issuers/1', accept: /json/ }]);
  const written = await writeReport(input, ask(200));
  t.equal(written, JSON.stringify(await verifySubmission(input, ask(200))), 'written as it is');
  t.match(await verifySubmission(input, ask(404)), { outcome: 'indeterminate' });
  t.match(await verifyCredential({ ...given, credential: signed, proof: { challenge: 'other' } }, ask(200)), {
    outcome: 'invalid',
  });
  const presentation = { '@context': ['https://www.w3.org/ns/credentials/v2'], type: ['VerifiablePresentation'] };
  const more = { jwt: undefined, challenge: undefined, domain: undefined };
  const whole = { ...presentation, verifiableCredential: [signed] };
  t.match(await verifyPresentation({ ...given, ...more, presentation: whole }, ask(200)), {
    faults: [],
    credentials: [{ outcome: 'valid' }],
  });
});
