// Badges of the Commons module to be made, and a key to sign them with.
import { generateKeyPairSync } from 'node:crypto';
import { digestMultibase } from '../../src/credentials/award-record.ts';
import type { BadgeOrder, Signing } from '../../src/credentials/sign-batch.ts';
import type { SignedBatch } from '../../src/credentials/signed-batch.ts';
import { buildResults } from '../../src/tracks/achievement.ts';
import { findAwardable } from '../../src/tracks/catalogue.ts';
import { evaluate } from '../../src/tracks/evaluate.ts';
import { unitsOf } from '../../src/tracks/requirement.ts';

const publicUrl = 'https://badges.example.org';
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
export { publicKey };

export const signing: Signing = {
  settings: { publicUrl, issuerName: 'Cairn' },
  verificationMethod: 'did:web:badges.example.org#k',
  privateKey,
  awardedAt: new Date('2026-03-04T10:11:12Z'),
};

/** Orders, each with ids of its own. */
export function ordersFor(count: number): BadgeOrder[] {
  const awardable = findAwardable('core/commons')!;
  const history = [...unitsOf(awardable.requirement)].map((unit, at) => ({
    ...{
      id: `00000000-0000-4000-8000-00000000000${at}`,
      recordId: `r${at}`,
      unit,
      source: 'https://moodle.example.edu',
    },
    ...{ type: 'completed' as const, occurredAt: '2026-03-04T10:11:12.000Z', sequence: 0 },
  }));
  const results = buildResults(awardable, evaluate(awardable.requirement, history), publicUrl);
  return Array.from({ length: count }, (_, n): BadgeOrder => {
    const id = `11111111-1111-4111-8111-${String(n).padStart(12, '0')}`;
    return {
      ...{ id, awardId: id, subjectId: `urn:uuid:${id}`, recordDigest: digestMultibase(id), results },
      ...{ achievement: 'core/commons', trackVersion: '1.0', place: { list: 0, index: n } },
      shown: {
        email: `learner-${n}@example.edu`,
        name: n % 2 ? 'Bób & Söhne\n山田\u2028' : null,
        salt: 'ab'.repeat(16),
      },
    };
  });
}

/** The documents of a batch as they are stored. */
export function documentsOf({ lines, shared, sharedOf }: SignedBatch): string[] {
  return lines.split('\n').map((line, n) => line.replace('\u0001', () => shared[sharedOf[n]! - 1]!));
}
