// The examples of the contract. They tell one story: Ada finishes the Commons module on a Moodle, with a record that
// comes twice, one that waits and one that is refused.

const P = 'https://badges.example.org';
export const source = 'https://moodle.example.edu';
export const learner = '6a305e40-198e-4e8e-8e47-b4018c95497c';
export const quiz = 'https://moodle.example.edu/mod/quiz/5';

export const record = {
  id: '9f1d6f0e-2c53-4f0e-9d5e-0d1b3f6f8c11',
  source,
  type: 'completed',
  learner: {
    identifiers: [
      { type: 'email', value: 'ada@example.edu', verified: true },
      { type: 'account', homePage: source, name: '17' },
    ],
    name: 'Ada Example',
  },
  activity: { unit: 'commons/significance' },
  occurredAt: '2026-03-04T10:11:12.345Z',
  sequence: 3,
  result: { passed: true, score: { scaled: 0.92 } },
};
export const mastery = {
  ...record,
  id: '9f1d6f0e-2c53-4f0e-9d5e-0d1b3f6f8c15',
  activity: { unit: 'step/mastery/commons' },
  evidence: [{ category: 'module-mastery', url: `${source}/ada/summit`, name: 'Summit quest' }],
};
export const ofQuiz = { ...record, id: '9f1d6f0e-2c53-4f0e-9d5e-0d1b3f6f8c16', activity: { id: quiz } };
export const moved = { ...record, id: '9f1d6f0e-2c53-4f0e-9d5e-0d1b3f6f8c17', occurredAt: '2026-03-04 10:11' };

export const progress = (unitsDone: number, stepsDone: number) => [
  { track: 'core', version: '1.0', unitsDone, unitsRequired: 29, stepsDone, stepsRequired: 12, complete: false },
];
export const awarded = [
  { achievement: 'core/commons', credential: `${P}/credentials/327c4734-2d75-46df-a95e-b328f76ed759` },
];
export const recorded = {
  id: record.id,
  source,
  status: 'recorded',
  effect: 'recorded',
  completion: '8f6ea33c-0937-4c3f-a458-57fc01e6e24a',
  learner,
  unit: 'commons/significance',
  progress: progress(1, 0),
  awarded: [],
};
export const replayed = { ...recorded, replayed: true, progress: progress(4, 1) };
/** Ada had been erased at her wish: understood, and nothing is kept. */
export const dropped = { id: record.id, source, status: 'dropped', effect: 'dropped', progress: [], awarded: [] };
export const awarding = {
  ...recorded,
  id: mastery.id,
  completion: 'da744a7e-1057-4c11-a029-1dfc583ccc93',
  unit: 'step/mastery/commons',
  progress: progress(4, 1),
  awarded,
};
export const parkedAs = (parkedReason: string) => ({
  id: ofQuiz.id,
  source,
  status: 'parked',
  effect: 'parked',
  progress: [],
  awarded: [],
  parked: '4f1bac83-5bb2-4eae-b153-c3e1a3824d09',
  parkedReason,
});
export const placed = { ...recorded, id: ofQuiz.id, unit: 'licenses/overview' };

export const stored = {
  id: recorded.completion,
  learner,
  source,
  recordId: record.id,
  type: 'completed',
  unit: 'commons/significance',
  occurredAt: record.occurredAt,
  sequence: 3,
  passed: true,
  effect: 'recorded',
  details: { result: record.result },
  receivedAt: '2026-03-04T10:12:30.120Z',
};
export const next = 'WyIyMDI2LTAzLTA0VDEwOjEyOjMwLjEyMFoiXQ';
