// Columns of a CSV file as members of a completion record.
import t from 'tap';
import { completionRecord } from '../../src/completions/completion.ts';
import { hash } from './streams.ts';
import { buildRecord, COLUMNS, columnOf, parseHeader, type Column } from '../../src/imports/csv-columns.ts';

const MOODLE = 'https://moodle.example.edu';
const build = (cells: string[], onlySource?: string) => buildRecord(columns, cells, hash, onlySource);
const MINIMAL: Column[] = ['email', 'unit', 'occurred_at'];

await t.test('a header may be written as people write', async (t) => {
  t.same(parseHeader([' Email ', 'UNIT', 'Occurred At', 'evidence-url']), [...MINIMAL, 'evidence_url']);
});

await t.test('every column that is unknown, twice there or missing is named at once', async (t) => {
  try {
    parseHeader(['id', 'e-mail', 'ID', 'a/b']);
    t.fail('it was taken');
  } catch (error) {
    t.match(error, { code: 'columns_wrong', status: 422 });
    const { errors } = error as { errors: { pointer: string; code: string; detail: string }[] };
    t.same(
      errors.map(({ pointer, code }) => [pointer, code]),
      [
        ['/e_mail', 'column_unknown'],
        ['/id', 'column_twice'],
        ['/a~1b', 'column_unknown'],
        ['/unit', 'column_missing'],
        ['/email', 'column_missing'],
        ['/occurred_at', 'column_missing'],
      ],
    );
    t.match(errors[0]!.detail, /evidence_category/, 'with those there are');
  }
  t.throws(() => parseHeader([]), { code: 'columns_wrong' });
  t.throws(() => parseHeader(['__proto__', ...MINIMAL]), { code: 'columns_wrong' });
});

const FULL: Record<Column, string> = {
  ...{ id: 'r-1', source: MOODLE, type: 'passed', email: 'ada@example.edu', email_verified: 'TRUE' },
  ...{ account: '17', account_home_page: 'https://sso.example.edu', name: 'Ada Example', unit: 'copyright/basics' },
  ...{ activity_id: `${MOODLE}/mod/quiz/12`, occurred_at: '2026-03-04T10:11:12Z', sequence: '3', passed: 'yes' },
  ...{ score: '0.85', score_raw: '85', score_min: '0', score_max: '1e2', evidence_url: 'https://example.org/e' },
  ...{ evidence_category: 'applied-practice', evidence_name: 'A plan', reason: 'Done elsewhere' },
  ...{ consent_name: '1', consent_listed: 'no', consent_evidence: '0' },
};
const columns = Object.keys(COLUMNS) as Column[];

await t.test('every column has its place in the record', async (t) => {
  const record = build(columns.map((name) => FULL[name]));
  t.same(record, {
    ...{ id: 'r-1', source: MOODLE, type: 'passed' },
    learner: {
      identifiers: [
        { type: 'email', value: 'ada@example.edu', verified: true },
        { type: 'account', homePage: 'https://sso.example.edu', name: '17' },
      ],
      name: 'Ada Example',
      consents: { name: true, listed: false, evidence: false },
    },
    activity: { unit: 'copyright/basics', id: `${MOODLE}/mod/quiz/12` },
    occurredAt: '2026-03-04T10:11:12Z',
    sequence: 3,
    result: { passed: true, score: { scaled: 0.85, raw: 85, min: 0, max: 100 } },
    evidence: [{ category: 'applied-practice', url: 'https://example.org/e', name: 'A plan' }],
    reason: 'Done elsewhere',
  });
  t.same(completionRecord.parse(record), record, 'and it is one');
});

await t.test('an empty cell is left out, and what may be left out has its default', async (t) => {
  const cells = ['', '', '', ' ada@example.edu ', '', '', '', '', 'copyright/basics', '', '2026-03-04T10:11:12Z'];
  const { id, ...record } = build(cells, MOODLE);
  t.same(record, {
    ...{ source: MOODLE, type: 'completed' },
    learner: { identifiers: [{ type: 'email', value: 'ada@example.edu' }] },
    activity: { unit: 'copyright/basics' },
    occurredAt: '2026-03-04T10:11:12Z',
  });
  t.match(id, /^row-[\w-]{43}$/);
});

await t.test('the id that is made depends on what decides, and on nothing else', async (t) => {
  const idOf = (change: Partial<Record<Column, string>>) => {
    const row = { ...FULL, ...change, id: '' };
    return build(columns.map((name) => row[name])).id;
  };
  const before = idOf({});
  for (const [name, cell] of [
    ['source', 'https://other.example'],
    ['type', 'failed'],
    ['email', 'eve@example.edu'],
    ['account', '18'],
    ['unit', 'copyright/history'],
    ['occurred_at', '2026-03-04T10:11:13Z'],
    ['sequence', '4'],
  ] as const)
    t.not(idOf({ [name]: cell }), before, name);
  for (const name of ['name', 'score', 'email_verified', 'reason', 'evidence_url', 'consent_name'] as const)
    t.equal(idOf({ [name]: '' }), before, name);
});

await t.test('a cell that is not what belongs there is named by its column', async (t) => {
  const wrong: [Column, string][] = [
    ['source', 'moodle'],
    ['type', 'finished'],
    ['email', 'ada'],
    ['email_verified', 'perhaps'],
    ['account', 'x'.repeat(256)],
    ['account_home_page', 'here'],
    ['name', '\n'],
    ['unit', 'x'.repeat(201)],
    ['activity_id', 'quiz 12'],
    ['occurred_at', '4.3.2026'],
    ['sequence', '1.5'],
    ['passed', 'almost'],
    ['score', '85 %'],
    ['score_raw', '0,5'],
    ['score_min', '--1'],
    ['score_max', 'NaN'],
    ['evidence_url', 'ftp://example.org'],
    ['evidence_category', 'other'],
    ['evidence_name', 'x'.repeat(301)],
    ['reason', 'x'.repeat(501)],
    ['consent_name', 'oui'],
    ['consent_listed', '2'],
    ['consent_evidence', '-'],
    ['id', 'x'.repeat(256)],
  ];
  for (const [name, cell] of wrong) {
    if (cell.trim() === '') continue;
    const row = { ...FULL, [name]: cell };
    const record = build(columns.map((one) => row[one]));
    const found = completionRecord.safeParse(record);
    const pointers = found.error?.issues.map((issue) => `/${issue.path.join('/')}`) ?? [];
    t.same(
      pointers.map((pointer) => columnOf(pointer, record)),
      [name],
    );
  }
  t.equal(columnOf('/learner/identifiers', { learner: { identifiers: [] } }), 'email');
  t.equal(columnOf('/learner/identifiers/0/name', { learner: { identifiers: [{ type: 'account' }] } }), 'account');
  t.equal(columnOf('/activity', {}), 'unit');
  t.equal(columnOf('/colour', {}), undefined);
  t.equal(columnOf('', null), undefined);
});
