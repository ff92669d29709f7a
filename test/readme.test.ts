// Holds README.md and what it leads to, to what is there: a command, a file or a setting that they name exists.
import { existsSync, readFileSync } from 'node:fs';
import t from 'tap';
import { completionRecord } from '../src/completions/completion.ts';
import { SETTING_NAMES } from '../src/platform/config.ts';

const project = new URL('../', import.meta.url);
const read = (file: string): string => readFileSync(new URL(file, project), 'utf8');
const readme = read('README.md');
const pages = ['README.md', 'CONTRIBUTING.md', 'ARCHITECTURE.md', 'docs/scale.md', 'examples/README.md'];

await t.test('every setting is in the README, and nothing that is none', async (t) => {
  const section = readme.split('## Settings')[1]?.split('\n## ')[0] ?? '';
  const named = [...section.matchAll(/^\| (`.*?`) +\|/gm)].flatMap((row) => row[1]?.match(/[A-Z][A-Z0-9_]{2,}/g) ?? []);
  t.same(named.sort(), [...SETTING_NAMES].sort());
});

await t.test('every link to a file of the project leads somewhere', async (t) => {
  for (const page of pages) {
    for (const [, link] of read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)) {
      t.ok(existsSync(new URL(link as string, new URL(page, project))), `${page}: ${link}`);
    }
  }
});

await t.test('every npm script that is named exists', async (t) => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const page of pages) {
    for (const [, name] of read(page).matchAll(/npm run (?:--silent )?([a-z:]+)/g)) {
      t.ok(name !== undefined && name in scripts, `${page}: npm run ${name}`);
    }
  }
});

await t.test('the completion of the README is one that is accepted', async (t) => {
  const body = /-d '(\{[\s\S]*?\n *\})'/.exec(readme)?.[1] ?? '';
  t.equal(completionRecord.safeParse(JSON.parse(body)).error, undefined);
});
