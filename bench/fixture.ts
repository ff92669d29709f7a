// The document that is signed and verified in all measurements: the badge of the Commons module, as the service builds it.
import { buildCredential } from '../src/credentials/issue-credentials.ts';
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
    { config: { publicUrl: PUBLIC_URL, issuerName: 'Cairn' } as never, random: (size) => Buffer.alloc(size, n % 256) },
    {
      id,
      awardId: id,
      awardRecord: `{"n":${n}}`,
      subjectId: `urn:uuid:${id}`,
      place: { list: 0, index: n },
      awardable,
      verdict: evaluate(awardable.requirement, history),
      learner: { name: null, email: `learner-${n}@example.edu`, consents: {} },
      awardedAt: at,
      validFrom: at,
    },
  );
}
