// What the cohort walks: units, steps and what each badge asks for, written down a second time and on purpose.
// The expected totals must not come from the code they are compared with, so nothing here is read from `src/tracks`.

/** The units of CORE by module, in the order in which it teaches them. */
export const CORE_UNITS: Readonly<Record<string, readonly string[]>> = {
  commons: ['significance', 'physical-digital', 'opportunity', 'creative-commons'],
  copyright: ['basics', 'other-ip', 'public-domain', 'exceptions-limitations', 'global'],
  licenses: ['with-copyright', 'overview', 'examples', 'remixed', 'legal-precedence'],
  sociocultural: ['open-better', 'shift-open', 'promoting-open', 'community-development', 'gratitude'],
  legal: ['aspects', 'clauses', 'marking', 'commercial', 'copyright-not-implicated', 'open-policies'],
  using: ['choosing-license', 'finding-content', 'legal-technical-open', 'attribution'],
};

export const MODULES: readonly string[] = Object.keys(CORE_UNITS);
export const LIBRARIAN_ORDER: readonly string[] = [
  'copyright',
  'commons',
  'licenses',
  'sociocultural',
  'legal',
  'using',
];
/** Librarian lists this unit and has no page for it: its certificate does not ask for it. */
export const NOT_TAUGHT_BY_LIBRARIAN = 'sociocultural/gratitude';

export const LIBRARIAN_SPECIAL: readonly string[] = [
  'lib-special/what-does-open-mean-for-libraries',
  'lib-special/open-access',
  'lib-special/gold-access-vs-green-access',
  'lib-special/tech-transfer-and-author-rights',
  'lib-special/advocacy-repository-oa-policy-and-funding-agencies',
  'lib-special/university-oa-policy',
];

export const LIBRARIAN_ELECTIVES: readonly string[] = [
  'lib-special/oer-open-textbooks-open-courses-moocs',
  'lib-special/text-and-data-mining',
  'lib-special/3d-printing-and-ip',
  'lib-special/audio-and-visual-issues',
  'lib-special/open-data',
  'lib-special/open-science',
];

export const EVIDENCE: readonly string[] = [
  'personal-toolkit',
  'community-engagement',
  'applied-practice',
  'module-mastery',
];

/** The keys of a module's units. */
export function unitsOf(module: string): string[] {
  return (CORE_UNITS[module] ?? []).map((slug) => `${module}/${slug}`);
}

export const ALL_CORE_UNITS: readonly string[] = MODULES.flatMap(unitsOf);
export const masteryOf = (module: string): string => `step/mastery/${module}`;

/** The steps that a registrar reports for a certificate: session, evidence, fee. */
export function registrarSteps(track: 'core' | 'librarian'): string[] {
  return [`step/${track}/session`, ...EVIDENCE.map((one) => `step/${track}/evidence/${one}`), `step/${track}/fee`];
}

/** What a badge asks for: all of `all`, and `some.n` of `some.of`. */
export interface Asked {
  achievement: string;
  all: readonly string[];
  some?: { n: number; of: readonly string[] };
}

export const ASKED: readonly Asked[] = [
  ...MODULES.map((module) => ({ achievement: `core/${module}`, all: [...unitsOf(module), masteryOf(module)] })),
  { achievement: 'core', all: [...ALL_CORE_UNITS, ...MODULES.map(masteryOf), ...registrarSteps('core')] },
  {
    achievement: 'librarian',
    all: [
      ...ALL_CORE_UNITS.filter((unit) => unit !== NOT_TAUGHT_BY_LIBRARIAN),
      ...LIBRARIAN_SPECIAL,
      ...MODULES.map(masteryOf),
      ...registrarSteps('librarian'),
    ],
    some: { n: 2, of: LIBRARIAN_ELECTIVES },
  },
];

/** Every unit and step that means something here; all others are parked. */
export const KNOWN: ReadonlySet<string> = new Set([
  ...ASKED.flatMap((asked) => asked.all),
  ...LIBRARIAN_ELECTIVES,
  NOT_TAUGHT_BY_LIBRARIAN,
]);
