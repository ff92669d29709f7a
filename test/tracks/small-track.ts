// A track small enough to see through, with every kind of node, and the records of a learner on it.
import type { HistoryRecord } from '../../src/tracks/evaluate.ts';
import { unitsOf, type Requirement } from '../../src/tracks/requirement.ts';

export const MOODLE = 'https://moodle.example.edu';
export const CANVAS = 'https://canvas.example.org';
let made = 0;
export function record(unit: string, type: HistoryRecord['type'], over: Partial<HistoryRecord> = {}): HistoryRecord {
  made += 1;
  const second = String(made % 60).padStart(2, '0');
  const id = `completion-${made}`;
  return {
    id,
    unit,
    type,
    source: MOODLE,
    occurredAt: `2026-03-04T10:11:${second}.000Z`,
    sequence: 0,
    recordId: id,
    ...over,
  };
}

export const SMALL: Requirement = {
  kind: 'allOf',
  id: 'small',
  title: 'A small track',
  of: [
    { kind: 'module', module: 'm', units: ['m/a', 'm/b'], title: 'M', titles: ['Unit A', 'Unit B'] },
    {
      kind: 'atLeast',
      id: 'electives',
      title: 'Electives',
      n: 2,
      of: [
        { kind: 'unit', unit: 'e/x' },
        { kind: 'unit', unit: 'e/y' },
        { kind: 'unit', unit: 'e/z' },
      ],
    },
    {
      kind: 'anyOf',
      id: 'way',
      title: 'One way or the other',
      of: [
        { kind: 'fee', unit: 'step/small/fee' },
        {
          kind: 'allOf',
          id: 'alternative',
          title: 'Alternative',
          of: [
            { kind: 'unit', unit: 'w/translate' },
            { kind: 'evidence', category: 'applied-practice', unit: 'step/small/evidence/applied-practice' },
          ],
        },
      ],
    },
    { kind: 'session', unit: 'step/small/session' },
    { kind: 'mastery', module: 'm', unit: 'step/mastery/m' },
  ],
};
export const UNITS = [...unitsOf(SMALL)];
