// A presentation: the holder's proof with its challenge, and every credential inside.
import t from 'tap';
import {
  isPresentation,
  isProven,
  openPresentation,
  reportPresentation,
  verifyPresentation,
} from '../../src/openbadges/verify-presentation.ts';
import { signEddsaRdfc2022 } from '../../src/openbadges/proofs/eddsa-rdfc-2022.ts';
import type { Json } from './example-badge.ts';
import { serve } from './documents.ts';
import { badge, issuerDocuments, now, otherKey, sign, summary } from './signed-badges.ts';

const holder = `did:key:${otherKey.multibase}`;
const options = { resolve: serve(issuerDocuments), now };

async function present(
  credentials: unknown[],
  extra: Json = {},
  asked: { challenge?: string; domain?: string } = { challenge: 'c0ffee', domain: 'shop.example' },
): Promise<Json> {
  const document = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    holder,
    verifiableCredential: credentials,
    ...extra,
  };
  if (document.holder === undefined) delete (document as Json).holder;
  return signEddsaRdfc2022(document, {
    privateKey: otherKey.privateKey,
    verificationMethod: `${holder}#${otherKey.multibase}`,
    created: now,
    proofPurpose: 'authentication',
    ...asked,
  }) as Promise<Json>;
}

void t.test('challenge and domain answered, credentials good', async (t) => {
  const presentation = await present([await sign(badge())]);
  const report = await verifyPresentation(presentation, { ...options, challenge: 'c0ffee', domain: 'shop.example' });
  t.ok(isProven(report));
  t.match(report, { faults: [], holder, credentials: [{ outcome: 'valid' }] });
});

void t.test('another challenge, another domain, another holder, a change: not proven', async (t) => {
  const presentation = await present([await sign(badge())]);
  t.notOk(isProven(await verifyPresentation(presentation, { ...options, challenge: 'other' })));
  t.notOk(isProven(await verifyPresentation(presentation, { ...options, domain: 'evil.example' })));
  t.notOk(isProven(await verifyPresentation({ ...presentation, id: 'urn:x:1' }, options)));
  t.notOk(
    isProven(
      await verifyPresentation(
        await present([], { holder: 'did:key:z6MkjZRZv3aez3r18pB1RBFJR1kwUVJ5jHt92JmQwXbd5hwi' }),
        options,
      ),
    ),
  );
  const { proof: _, ...bare } = presentation;
  t.notOk(isProven(await verifyPresentation(bare, options)));
});

void t.test('handed in like a badge, the worst of what it holds is the report', async (t) => {
  const good = await sign(badge());
  t.equal(summary(await reportPresentation({ presentation: await present([good]) }, options)), 'valid');
  const expired = await sign(
    badge({ validUntil: '2026-04-01T00:00:00Z', id: 'urn:uuid:3f7c1c2e-0003-4000-8000-000000000001' }),
  );
  t.equal(
    summary(await reportPresentation({ presentation: await present([expired]) }, options)),
    'invalid validity=fail/expired',
  );
  t.match(
    summary(
      await reportPresentation({ presentation: { ...(await present([good])), holder: 'did:example:x' } }, options),
    ),
    /^invalid signature=fail\/presentation_proof/,
  );
  t.match(await reportPresentation({ presentation: await present([]) }, options), {
    outcome: 'invalid',
    checks: [{ code: 'presentation_empty' }],
  });
});

void t.test('the shape of a presentation', async (t) => {
  const bad = [
    { holder: 7 },
    { id: 'no url' },
    { '@context': ['https://x.example'] },
    { verifiableCredential: [7] },
    { verifiableCredential: ['a.b.c'] },
    { unheardOf: 1 },
  ];
  for (const extra of bad) {
    const presentation = {
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiablePresentation'],
      holder,
      ...extra,
    };
    t.ok((await verifyPresentation(presentation, options)).faults.length > 0, JSON.stringify(extra));
  }
  t.ok(isPresentation({ type: 'VerifiablePresentation' }));
  t.notOk(isPresentation({ type: 'VerifiableCredential' }));
  t.equal(openPresentation({ type: 'EnvelopedVerifiablePresentation', id: 'https://x.example' }), undefined);
});

void t.test(
  'what a holder says of himself is covered by the proof of his presentation, and of nobody else',
  async (t) => {
    const said = (issuer: string): Json => ({
      '@context': ['https://www.w3.org/ns/credentials/v2'],
      type: ['VerifiableCredential'],
      issuer,
      credentialSubject: { id: holder, name: 'Ada' },
    });
    const outcome = async (presentation: Json): Promise<string> =>
      summary((await verifyPresentation(presentation, options)).credentials[0]!);
    t.equal(await outcome(await present([said(holder)])), 'valid');
    t.equal(
      await outcome(await present([{ ...said(holder), issuer: { id: holder } }], { holder: { id: holder } })),
      'valid',
    );
    t.match(
      await outcome(await present([said(holder)], { holder: undefined })),
      /^invalid signature=fail\/proof_missing/,
    );
    t.match(await outcome(await present([said('did:example:other')])), /^invalid signature=fail\/proof_missing/);
    const forged = await present([said(holder)]);
    forged.verifiableCredential[0].credentialSubject.name = 'Eve';
    t.match(await outcome(forged), /^invalid signature=fail\/signature_invalid/);
    const { proof: _, ...bare } = await present([said(holder)]);
    t.match(await outcome(bare), /^invalid signature=fail\/proof_missing/, 'no proof at all covers nothing');
  },
);

void t.test('an envelope names the base context and holds a presentation', async (t) => {
  const context = 'https://www.w3.org/ns/credentials/v2';
  const jws = `e30.${Buffer.from(JSON.stringify({ type: ['VerifiablePresentation'], iss: 'x', nonce: 'n' })).toString('base64url')}.AA`;
  const envelope = {
    '@context': context,
    type: 'EnvelopedVerifiablePresentation',
    id: `data:application/vp+jwt,${jws}`,
  };
  t.strictSame(openPresentation(envelope), { presentation: { type: ['VerifiablePresentation'] }, jwt: jws });
  t.equal(openPresentation({ ...envelope, '@context': [] }), undefined);
  t.equal(openPresentation({ ...envelope, '@context': ['https://www.w3.org/ns/credentials/examples/v2'] }), undefined);
  t.equal(openPresentation({ ...envelope, id: jws }), undefined);
  t.equal(openPresentation({ ...envelope, id: `data:application/vp+jwt,e30.e30.AA` }), undefined);
});
