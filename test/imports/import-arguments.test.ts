// The command line of an import.
import t from 'tap';
import { readImportArguments, settleArguments } from '../../src/imports/import-arguments.ts';

await t.test('the format is that of the name unless it is said', async (t) => {
  const read = (...args: string[]) => readImportArguments(args);
  t.match(read('a.csv'), { file: 'a.csv', format: 'csv', dryRun: false, bar: false });
  t.match(read('a.JSONL', '--dry-run', '--client', 'c'), { format: 'ndjson', dryRun: true, client: 'c' });
  t.match(read('a.txt', '--format', 'ndjson'), { format: 'ndjson' });
  for (const args of [
    [],
    ['a.txt'],
    ['a.csv', 'b.csv'],
    ['a.csv', '--format', 'xml'],
    ['a.csv', '--colour'],
    ['constructor'],
  ])
    t.throws(() => read(...args), { name: 'UsageError', message: /Usage/ });
});

await t.test('where it is handed over, files have their whole path, whatever they are called', async (t) => {
  const settled = settleArguments(['-x.csv'.slice(1), '--errors', 'e', '--dry-run', '--client=c'], '/home/ada', true);
  t.match(readImportArguments(settled), {
    ...{ file: '/home/ada/x.csv', errors: '/home/ada/e', client: 'c', dryRun: true, format: 'csv', bar: true },
  });
  t.match(readImportArguments(settleArguments(['--', '--x.csv'], '/d', false)), { file: '/d/--x.csv', bar: false });
  t.same(settleArguments(['a.txt'], '/d', true), ['a.txt'], 'what is wrong is told by whoever runs it');
});
