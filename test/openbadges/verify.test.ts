// One fault at a time in a badge that is otherwise good, and what the report says of it.
import t from 'tap';
import { CHECK_IDS } from '../../src/openbadges/report.ts';
import { badge, endorsement, find, ISSUER, key, now, otherKey, sign, summary, verify } from './signed-badges.ts';
import { serve } from './documents.ts';
import { controllerOf } from './test-keys.ts';
import type { Json } from './example-badge.ts';

void t.test('a good badge is valid, and every check stands there', async (t) => {
  const report = await verify(await sign(badge()));
  t.equal(summary(report), 'valid');
  t.strictSame(
    report.checks.map((one) => one.id),
    CHECK_IDS,
  );
  t.match(report, {
    issuer: { id: ISSUER, name: 'The school' },
    checkedAt: now.toISOString(),
    credential: { name: 'Bread baking' },
  });
});

void t.test('nothing is fetched for a good badge but its issuer’s document', async (t) => {
  const resolve = serve({ [ISSUER]: controllerOf(ISSUER, key) });
  await verify(await sign(badge({ evidence: [{ id: 'https://evil.example/x', type: ['Evidence'] }] })), { resolve });
  t.strictSame([...new Set(resolve.asked)], [ISSUER]);
});

void t.test('issuers by did:key, did:web and as a bare URL', async (t) => {
  const did = `did:key:${key.multibase}`;
  t.equal(summary(await verify(await sign(badge({ issuer: { id: did, type: ['Profile'], name: 'x' } })))), 'valid');
  t.equal(summary(await verify(await sign(badge({ issuer: ISSUER })))), 'valid');
  const web = { 'https://school.example/.well-known/did.json': controllerOf('did:web:school.example', key) };
  t.equal(summary(await verify(await sign(badge({ issuer: 'did:web:school.example' })), { documents: web })), 'valid');
});

void t.test('what was changed after signing is found', async (t) => {
  const signed = await sign(badge());
  t.match(summary(await verify({ ...signed, name: 'Cake baking' })), /^invalid .*signature=fail\/signature_invalid/);
  const achievement = { ...signed.credentialSubject.achievement, name: 'Cake' };
  t.match(
    summary(await verify({ ...signed, credentialSubject: { ...signed.credentialSubject, achievement } })),
    /^invalid .*signature_invalid/,
  );
});

void t.test('an unsigned addition is found, whether or not it means something', async (t) => {
  const signed = await sign(badge());
  t.match(summary(await verify({ ...signed, description: 'More' })), /signature_invalid/);
  t.match(summary(await verify({ ...signed, unheardOf: 1 })), /schema=fail\/jsonld_unsafe signature=fail\/jsonld/);
});

void t.test('no proof, an empty list of proofs, a proof of an unknown kind', async (t) => {
  t.match(summary(await verify(badge())), /signature=fail\/proof_missing/);
  t.match(summary(await verify({ ...badge(), proof: [] })), /^invalid .*signature=fail\/proof_missing/);
  const [proof] = (await sign(badge())).proof;
  t.match(
    summary(await verify({ ...badge(), proof: { ...proof, cryptosuite: 'made-up-2026' } })),
    /^invalid .*signature=fail\/proof_unsupported/,
  );
  t.match(
    summary(await verify({ ...badge(), proof: { ...proof, cryptosuite: 'bbs-2023' } })),
    /^indeterminate signature=unknown\/proof_unsupported issuer_key=unknown/,
  );
});

void t.test('a key that is not the issuer’s fails, one that cannot be looked up leaves it open', async (t) => {
  const signed = await sign(badge());
  t.equal(
    summary(await verify(signed, { documents: { [ISSUER]: { status: 503 } } })),
    'indeterminate signature=unknown/key_not_at_hand issuer_key=unknown/key_document_unreachable',
  );
  t.match(
    summary(await verify(await sign(badge(), { key: otherKey }))),
    /^invalid signature=unknown\/key_not_at_hand issuer_key=fail\/key_not_listed/,
  );
  const byAnother = await sign(badge(), {
    method: `did:key:${otherKey.multibase}#${otherKey.multibase}`,
    key: otherKey,
  });
  t.match(summary(await verify(byAnother)), /^invalid issuer_key=fail\/controller_mismatch/);
  t.match(find(await verify(byAnother), 'signature'), { status: 'pass' });
});

void t.test('one good proof of the issuer is enough; another that is not good warns', async (t) => {
  const once = await sign(badge());
  const [proof] = once.proof;
  const unknown = { type: 'SomeProof', created: '2026-01-01T00:00:00Z', proofPurpose: 'assertionMethod' };
  t.equal(
    summary(await verify({ ...once, proof: [unknown, proof] })),
    'valid_with_warnings signature=warn/other_proof_not_good',
  );
  const witness = await sign(once, { key: otherKey, method: `did:key:${otherKey.multibase}#${otherKey.multibase}` });
  t.equal(witness.proof.length, 2);
  t.equal(summary(await verify(witness)), 'valid');
  t.match(
    summary(await verify({ ...witness, proof: [witness.proof[1]] })),
    /^invalid issuer_key=fail\/controller_mismatch/,
  );
});

void t.test('a proof for another purpose is no proof of issuing', async (t) => {
  const documents = { [ISSUER]: controllerOf(ISSUER, key, { authentication: [`${ISSUER}#${key.multibase}`] }) };
  t.match(
    summary(await verify(await sign(badge(), { purpose: 'authentication' }), { documents })),
    /^invalid signature=fail\/proof_purpose/,
  );
});

void t.test('a context that is not bundled is never fetched: the signature stays open', async (t) => {
  const document = badge();
  const signed = await sign(document);
  const resolve = serve({ [ISSUER]: controllerOf(ISSUER, key), 'https://evil.example/context': { '@context': {} } });
  const report = await verify(
    { ...signed, '@context': [...document['@context'], 'https://evil.example/context'] },
    { resolve },
  );
  t.match(summary(report), /^indeterminate schema=warn\/context_unknown signature=unknown\/context_unknown/);
  t.notOk(resolve.asked.includes('https://evil.example/context'));
});

void t.test('nothing is fetched on the word of a badge that is not genuine', async (t) => {
  const resolve = serve({ [ISSUER]: controllerOf(ISSUER, key) });
  const status = {
    id: 'https://evil.example/l#1',
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '1',
    statusListCredential: 'https://evil.example/l',
  };
  const signed: Json = await sign(badge({ credentialStatus: status }));
  const report = await verify(
    { ...signed, name: 'Forged', relatedResource: [{ id: 'https://evil.example/r', digestSRI: 'sha256-AAAA' }] },
    { resolve },
  );
  t.strictSame(
    resolve.asked.filter((url) => url.includes('evil')),
    [],
  );
  t.match(find(report, 'revocation'), { status: 'skipped', code: 'not_genuine' });
});

void t.test('what is no credential', async (t) => {
  for (const value of [null, 7, 'text', [], [1, 2], {}, { hello: 'world' }]) {
    const report = await verify(value as object);
    t.match(report, { outcome: 'invalid', checks: [{ id: 'format', status: 'fail' }] });
  }
});

void t.test('hostile documents are answers', async (t) => {
  let deep: unknown = 'x';
  for (let level = 0; level < 200; level += 1) deep = { a: deep };
  const hostile = [
    { ...badge(), deep },
    { ...badge(), '@context': [{ '@vocab': 'https://x.example/' }] },
    { ...badge(), issuer: { id: { id: 'x' } } },
    { ...badge(), credentialSubject: 'x', proof: 'x' },
    { ...badge(), type: 7, proof: [null, 7, []] },
    { ...badge(), '@context': 7 },
    JSON.parse('{"@context":[],"type":[],"__proto__":{"x":1}}'),
  ];
  for (const document of hostile) t.equal((await verify(document)).outcome, 'invalid');
});

void t.test('an endorsement and our own badge', async (t) => {
  t.equal(summary(await verify(await sign(endorsement()))), 'valid');
  const report = await verify(await sign(badge()), { ownIssuers: [ISSUER] });
  t.match(find(report, 'issuer_identity'), { status: 'pass', code: 'issuer_is_this_service' });
});

void t.test('the instant judged at can be another than now', async (t) => {
  const signed = await sign(badge({ validUntil: '2026-05-01T00:00:00Z' }));
  t.match(summary(await verify(signed)), /^invalid validity=fail\/expired/);
  t.equal(summary(await verify(signed, { at: new Date('2026-04-30T00:00:00Z') })), 'valid');
  t.match(summary(await verify(signed, { at: new Date('2026-01-01T00:00:00Z') })), /validity=fail\/not_yet_valid/);
});
