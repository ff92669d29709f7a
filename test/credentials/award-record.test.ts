// The award record: its address, its digest, and what of an award it tells.
import { createHash } from 'node:crypto';
import { base64urlnopad } from '@scure/base';
import t from 'tap';
import { awardUrl, buildAwardRecord, digestMultibase } from '../../src/credentials/award-record.ts';
import { awardablesOf } from '../../src/tracks/catalogue.ts';
import { evaluate, type VerdictNode } from '../../src/tracks/evaluate.ts';
import { unitsOf } from '../../src/tracks/requirement.ts';

const P = 'https://badges.example.org';
const awardable = awardablesOf('core', '1.0').find((one) => one.key === 'core/commons')!;
const history = [...unitsOf(awardable.requirement)].map((unit, n) => ({
  id: `00000000-0000-4000-8000-00000000000${n}`,
  unit,
  type: 'completed' as const,
  source: 'https://moodle.example.edu',
  occurredAt: '2026-03-04T10:11:12.345Z',
  sequence: n,
  recordId: `secret-record-${n}`,
}));
const parts = {
  publicUrl: P,
  awardId: 'a',
  credentialId: 'c',
  awardable,
  trackDigest: 'sha256-00',
  verdict: evaluate(awardable, history),
  awardedAt: new Date('2026-03-04T12:00:00Z'),
};

await t.test('it names the badge, the achievement, the version of the track with its digest, and when', async (t) => {
  t.match(JSON.parse(buildAwardRecord(parts)), {
    id: awardUrl(P, 'a'),
    credential: `${P}/credentials/c`,
    achievement: `${P}/achievements/core/commons`,
    track: { id: 'core', version: '1.0', digest: 'sha256-00' },
    awardedAt: '2026-03-04T12:00:00.000Z',
    verdict: { complete: true },
  });
});

await t.test('it names every completion that counted, and no platform’s own ids, which may hold names', async (t) => {
  const text = buildAwardRecord(parts);
  for (const { id } of history) t.ok(text.includes(id));
  t.notOk(text.includes('secret-record'));
});

await t.test('the same award has the same bytes, another has others', async (t) => {
  t.equal(buildAwardRecord(parts), buildAwardRecord(structuredClone({ ...parts })));
  t.not(buildAwardRecord({ ...parts, trackDigest: 'sha256-01' }), buildAwardRecord(parts));
});

await t.test('all of the verdict stands in it but how the fee was settled', async (t) => {
  const certificate = awardablesOf('core', '1.0').find((one) => one.key === 'core')!;
  const settled = [...unitsOf(certificate.requirement)].map((unit, n) => ({
    ...history[0]!,
    ...{ id: `completion-${n}`, unit, type: 'waived' as const },
  }));
  const verdict = evaluate(certificate, settled);
  const nodesOf = (node: VerdictNode): VerdictNode[] => [node, ...(node.children ?? []).flatMap(nodesOf)];
  const told = JSON.parse(buildAwardRecord({ ...parts, awardable: certificate, verdict })) as typeof parts;
  const [shown, whole] = [nodesOf(told.verdict.root), nodesOf(verdict.root)];
  t.equal(shown.length, whole.length);
  t.ok(whole.some((node) => node.kind === 'fee' && node.satisfiedBy?.length === 1));
  for (const [n, node] of whole.entries()) {
    const { children: _, ...own } = node;
    const { children: __, ...ownShown } = shown[n]!;
    const [by] = own.satisfiedBy ?? [];
    if (node.kind !== 'fee') t.same(ownShown, own);
    else
      t.strictSame(ownShown, {
        ...own,
        satisfiedBy: [{ completion: by!.completion, source: by!.source, occurredAt: by!.occurredAt }],
      });
  }
});

await t.test(
  'the digest is a SHA-256 multihash in multibase base64url, of the bytes and not the characters',
  async (t) => {
    const text = 'Grüße, 山田';
    const bytes = base64urlnopad.decode(digestMultibase(text).slice(1));
    t.equal(digestMultibase(text)[0], 'u');
    t.same([...bytes.subarray(0, 2)], [0x12, 0x20]);
    t.same(Buffer.from(bytes.subarray(2)), createHash('sha256').update(Buffer.from(text)).digest());
  },
);
