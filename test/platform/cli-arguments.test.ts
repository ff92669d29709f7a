// Options, read strictly.
import t from 'tap';
import { printJson, readArguments, UsageError } from '../../src/platform/cli-arguments.ts';

await t.test('what is not understood is told with how it is done', async (t) => {
  const options = { name: { type: 'string' } } as const;
  t.match(readArguments(['create', '--name', 'x'], options, 'Usage'), {
    values: { name: 'x' },
    positionals: ['create'],
  });
  for (const args of [['--nmae', 'x'], ['--name'], ['-q']]) {
    t.throws(() => readArguments(args, options, 'Usage: so'), UsageError, args.join(' '));
    t.throws(() => readArguments(args, options, 'Usage: so'), /Usage: so/);
  }
});

await t.test('output is JSON', async (t) => {
  let text = '';
  printJson({ write: (more) => void (text += more), fail: () => {} }, { a: 1 });
  t.same(JSON.parse(text), { a: 1 });
  t.ok(text.endsWith('\n'));
});
