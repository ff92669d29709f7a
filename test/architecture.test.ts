// The rules of the house (ARCHITECTURE.md), held on every file, and each proved by planting a fault.
import { globSync, readFileSync } from 'node:fs';
import { dirname, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import t from 'tap';

const ROOMS = [
  'openbadges',
  'tracks',
  'platform',
  'learners',
  'issuer',
  'credentials',
  'completions',
  'imports',
  'privacy',
  'verification',
  'pages',
];
const PURE = /^src\/(openbadges\/|tracks\/(requirement|evaluate)\.ts$)/;
const PURE_PACKAGES = [
  'node:crypto',
  'node:zlib',
  'node:module',
  'zod',
  'canonicalize',
  '@scure/base',
  'cborg',
  'jsonld',
  'rdf-canonize',
];
const IMPURE =
  /\b(Date\.now|new Date\(\)|Math\.random|random(Bytes|UUID|Int|FillSync)|getRandomValues|generateKeyPair\w*|process\.|fetch\(|set(Timeout|Interval|Immediate)\(|performance\.)/;
const DEED =
  /^(award|change|check|compromise|confirm|correct|create|disable|erase|fix|issue|lease|mail|make|map|open|publish|record|reissue|request|resolve|retire|revoke|rotate|set|settle|skip|tidy)-[a-z-]+\.ts$/;
const THE_DATABASE_ITSELF = ['src/platform/database.ts', 'src/platform/embedded-database.ts'];
const LONGEST = 300;

type Files = Map<string, string>;
type Rule = (files: Files) => string[];

const uncommented = (text: string): string => text.replace(/\/\*[^]*?\*\/|(^|\s)\/\/.*$/gm, '$1');
const importsOf = (text: string): string[] =>
  [...uncommented(text).matchAll(/\b(?:from|import|import\(|require\()\s*['"]([^'"]+)['"]/g)].map((found) => found[1]!);
const roomOf = (path: string): string => (path.split('/').length > 2 ? path.split('/')[1]! : 'app');
const rank = (path: string): number => [...ROOMS, 'app'].indexOf(roomOf(path));
const sources = (files: Files): [string, string][] => [...files].filter(([path]) => path.startsWith('src/'));

const leftwardsOnly: Rule = (files) =>
  sources(files).flatMap(([path, text]) => {
    if (rank(path) < 0) return [`${path} is in no room`];
    const targets = importsOf(text).filter((name) => name.startsWith('.'));
    return targets
      .map((name) => posix.join(dirname(path), name))
      .flatMap((target) => {
        if (rank(target) > rank(path)) return [`${path} imports rightwards: ${target}`];
        const foreign = target.endsWith('/table.ts') && roomOf(target) !== roomOf(path);
        return foreign ? [`${path} touches another room's ${target}`] : [];
      });
  });

const pureIsPure: Rule = (files) =>
  sources(files)
    .filter(([path]) => PURE.test(path))
    .flatMap(([path, text]) => {
      const reads = path === 'src/openbadges/contexts.ts' ? ['node:fs'] : [];
      const allowed = (name: string): boolean =>
        name.startsWith('.') || [...PURE_PACKAGES, ...reads].some((one) => name === one || name.startsWith(`${one}/`));
      const impure = IMPURE.exec(uncommented(text))?.[0];
      return [
        ...importsOf(text)
          .filter((name) => !allowed(name))
          .map((name) => `${path} imports ${name}`),
        ...(impure ? [`${path} is not pure: ${impure}`] : []),
      ];
    });

const onlyDeedsOpenTransactions: Rule = (files) =>
  sources(files)
    .filter(([path, text]) => /\.transaction\(/.test(uncommented(text)) && !THE_DATABASE_ITSELF.includes(path))
    .filter(([path]) => !DEED.test(posix.basename(path)))
    .map(([path]) => `${path} opens a transaction and is no deed`);

const shortFiles: Rule = (files) =>
  [...files]
    .filter(([, text]) => text.split('\n').length - 1 > LONGEST)
    .map(([path]) => `${path} is over ${LONGEST} lines`);

const hasCode = (text: string): boolean =>
  /^(export )?(default |async )*(const|let|function|class)\b|^(try|await) /m.test(uncommented(text));

const everyFileHasItsMirror: Rule = (files) =>
  sources(files)
    .filter(([path, text]) => !path.endsWith('/table.ts') && hasCode(text))
    .filter(([path]) => !files.has(path.replace(/^src\/(.*)\.ts$/, 'test/$1.test.ts')))
    .map(([path]) => `${path} has no mirror in test/`);

// drizzle's tag and ours do not take each other's parts. Its own is for what a table looks like, its builder and pg-boss.
const DRIZZLES = /^src\/(\w+\/table|platform\/(store|jobs))\.ts$/;

const oneTagOfSql: Rule = (files) =>
  [...files]
    .filter(([path, text]) => !DRIZZLES.test(path) && /import \{[^}]*\bsql\b[^}]*\} from 'drizzle-orm'/.test(text))
    .filter(([path]) => path !== 'test/architecture.test.ts')
    .map(([path]) => `${path} writes SQL by drizzle's tag, not by platform/sql.ts`);

const root = fileURLToPath(new URL('..', import.meta.url));
const house: Files = new Map(
  globSync('{src,test}/**/*.ts', { cwd: root }).map((path) => [
    path.replaceAll('\\', '/'),
    readFileSync(`${root}/${path}`, 'utf8'),
  ]),
);

const rules: [name: string, rule: Rule, path: string, fault: string][] = [
  ['rooms import leftwards only', leftwardsOnly, 'src/tracks/x.ts', "import { a } from '../learners/store.ts';"],
  [
    "nobody touches another room's table",
    leftwardsOnly,
    'src/pages/x.ts',
    "const { keys } = await import('../platform/table.ts');",
  ],
  ['every file is in a room', leftwardsOnly, 'src/utils/x.ts', ''],
  [
    'the pure part has no clock, network, environment or randomness',
    pureIsPure,
    'src/openbadges/x.ts',
    'const at = new Date();',
  ],
  [
    'the pure part imports only what is named',
    pureIsPure,
    'src/tracks/evaluate.ts',
    "import { readFile } from 'node:fs/promises';",
  ],
  [
    'only a deed opens a transaction',
    onlyDeedsOpenTransactions,
    'src/learners/store.ts',
    'await db.transaction(work);',
  ],
  ['no file over 300 lines', shortFiles, 'test/x.test.ts', '\n'.repeat(301)],
  ['SQL is written by one tag', oneTagOfSql, 'src/learners/store.ts', "import { and, sql } from 'drizzle-orm';"],
  ['every file with code has its mirror', everyFileHasItsMirror, 'src/learners/x.ts', 'export const a = 1;'],
];

for (const [name, rule, path, fault] of rules) {
  void t.test(name, async (t) => {
    t.same(rule(house), []);
    t.match(rule(new Map([[path, fault]])), [new RegExp(path)], 'a planted fault is caught');
  });
}

void t.test('ARCHITECTURE.md lists the rooms that are held here', async (t) => {
  const listed = [...readFileSync(`${root}/ARCHITECTURE.md`, 'utf8').matchAll(/^\| `([a-z]+)` +\|/gm)].map(
    (found) => found[1],
  );
  t.same(listed, ROOMS);
});
