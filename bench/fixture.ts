// The document that is signed and verified in all measurements: the badge of the Commons module, as the service builds it.
import { digestMultibase } from '../src/credentials/award-record.ts';
import { buildCredential } from '../src/credentials/badge-content.ts';
import { buildResults } from '../src/tracks/achievement.ts';
import { findAwardable } from '../src/tracks/catalogue.ts';
import { evaluate, type HistoryRecord } from '../src/tracks/evaluate.ts';
import { unitsOf } from '../src/tracks/requirement.ts';

export const PUBLIC_URL = 'https://badges.example.org';

/** An unsigned module badge; each call gives another recipient and id. */
export function moduleBadge(n: number) {
  const awardable = findAwardable('core/commons');
  if (!awardable) throw new Error('core/commons is not in the catalogue');
  const history: HistoryRecord[] = [...unitsOf(awardable.requirement)].map((unit, at) => ({
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    unit,
    type: 'completed',
    source: 'https://moodle.example.edu',
    occurredAt: '2026-03-04T10:11:12.000Z',
    sequence: 0,
    recordId: `r${at}`,
  }));
  const id = `11111111-1111-4111-8111-${String(n).padStart(12, '0')}`;
  const at = new Date('2026-11-20T00:00:00Z');
  return buildCredential(
    { publicUrl: PUBLIC_URL, issuerName: 'Cairn' },
    {
      id,
      awardId: id,
      recordDigest: digestMultibase(`{"n":${n}}`),
      results: buildResults(awardable, evaluate(awardable.requirement, history), PUBLIC_URL),
      subjectId: `urn:uuid:${id}`,
      place: { list: 0, index: n },
      awardable,
      shown: { name: null, email: `learner-${n}@example.edu`, salt: Buffer.alloc(16, n % 256).toString('hex') },
      awardedAt: at,
      validFrom: at,
    },
  );
}
