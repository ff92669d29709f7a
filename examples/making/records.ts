// A happening in somebody's learning, and the record of it as each platform writes it.
// Platforms differ where it hurts: Moodle counts and often leaves the address out, Canvas has milliseconds and no
// sequence, the registrar writes local time with an offset and knows people by their address alone.
import type { Chance } from './random.ts';
import type { Person } from './people.ts';

export type Platform = 'moodle' | 'canvas' | 'registrar';
export type Type = 'completed' | 'passed' | 'failed' | 'waived' | 'uncompleted' | 'attended';

export const SOURCES: Readonly<Record<Platform, string>> = {
  moodle: 'https://moodle.example.edu',
  canvas: 'https://canvas.example.org',
  registrar: 'https://registrar.example.org',
};

export type Identifier =
  { type: 'email'; value: string; verified?: boolean } | { type: 'account'; homePage: string; name: string };

/** What is posted to `/v1/completions`, one line of a cohort file. */
export interface CompletionRecord {
  id: string;
  source: string;
  type: Type;
  learner: { identifiers: Identifier[]; name?: string };
  activity: { unit?: string; id?: string };
  occurredAt: string;
  sequence?: number;
  result?: { passed?: boolean; score?: { scaled: number } };
  evidence?: { category: string; url: string; name: string }[];
  reason?: string;
}

const REASONS: Partial<Record<Type, string>> = {
  uncompleted: 'The activity was reopened by a teacher.',
  waived: 'Alternative agreed: translates a unit.',
};

/** Something that happened, before a platform has put it into words. */
export interface Happening {
  person: Person;
  platform: Platform;
  activity: { unit?: string; id?: string };
  type: Type;
  occurredAtMs: number;
  /** When it reaches Cairn: lines of a file stand in this order. */
  arrivesAtMs: number;
  passed?: boolean;
}

/** A record and when it arrives. */
export interface Arrival {
  record: CompletionRecord;
  arrivesAtMs: number;
}

/** Writes happenings down as platforms do. One writer for the whole cohort: it counts sequences and numbers. */
export class Writer {
  #chance: Chance;
  #accountOf: (person: Person) => string;
  #sequences = new Map<string, number>();
  #met = new Set<string>();
  #written = 0;

  constructor(chance: Chance, accountOf: (person: Person) => string) {
    this.#chance = chance;
    this.#accountOf = accountOf;
  }

  /** The record of a happening. */
  write(happening: Happening): Arrival {
    this.#written += 1;
    const { platform, type, passed } = happening;
    const unit = happening.activity.unit ?? '';
    const record: CompletionRecord = {
      id: this.#id(platform),
      source: SOURCES[platform],
      type,
      learner: this.#learner(happening.person, platform),
      activity: happening.activity,
      occurredAt: timeText(happening.occurredAtMs, platform),
    };
    if (platform === 'moodle') record.sequence = this.#nextSequence(`${happening.person.email}\n${unit}`);
    const reason = REASONS[type];
    if (reason !== undefined) record.reason = reason;
    if (passed !== undefined) record.result = { passed, score: { scaled: this.#score(passed) } };
    const category = /\/evidence\/(.+)$/.exec(unit)?.[1];
    if (category !== undefined) record.evidence = [this.#evidence(category)];
    return { record, arrivesAtMs: happening.arrivesAtMs };
  }

  #id(platform: Platform): string {
    if (platform === 'moodle') return this.#chance.uuid();
    if (platform === 'canvas') return `canvas-live-event:${this.#chance.uuid()}`;
    return `REG-2025-${String(this.#written).padStart(6, '0')}`;
  }

  #learner(person: Person, platform: Platform): CompletionRecord['learner'] {
    const account: Identifier = { type: 'account', homePage: SOURCES[platform], name: this.#accountOf(person) };
    if (person.stories.includes('no_email')) return { identifiers: [account], name: person.name };
    const away = person.stories.includes('two_cases') && platform !== person.home;
    const email: Identifier = { type: 'email', value: away ? otherCase(person.email) : person.email, verified: true };
    if (platform === 'registrar') return { identifiers: [email], name: person.name };
    // A platform that has said once who an account belongs to often leaves it out afterwards.
    const met = this.#met.has(`${platform}${person.email}`);
    this.#met.add(`${platform}${person.email}`);
    if (met && !person.stories.includes('two_cases') && this.#chance.odds(0.25)) return { identifiers: [account] };
    const name = away ? familyNameFirst(person.name) : person.name;
    return { identifiers: platform === 'moodle' ? [email, account] : [account, email], name };
  }

  #nextSequence(key: string): number {
    const sequence = (this.#sequences.get(key) ?? 0) + 1;
    this.#sequences.set(key, sequence);
    return sequence;
  }

  #score(passed: boolean): number {
    return passed ? this.#chance.whole(60, 100) / 100 : this.#chance.whole(10, 55) / 100;
  }

  #evidence(category: string): { category: string; url: string; name: string } {
    const words = category.replaceAll('-', ' ');
    const url = `https://portfolio.example.net/works/${this.#chance.uuid().slice(0, 8)}`;
    return { category, url, name: `${words.charAt(0).toUpperCase()}${words.slice(1)}` };
  }
}

/** An instant as this platform writes it: whole seconds, milliseconds, or local time with its offset. */
export function timeText(instantMs: number, platform: Platform): string {
  const utc = new Date(instantMs).toISOString();
  if (platform === 'moodle') return utc.replace(/\.\d+Z$/, 'Z');
  if (platform === 'canvas') return utc;
  const offsetHours = 2;
  const local = new Date(instantMs + offsetHours * 3_600_000).toISOString();
  return local.replace(/\.\d+Z$/, `+0${offsetHours}:00`);
}

/** The same address as another platform stored it: each word and the domain's end with capitals. */
export function otherCase(email: string): string {
  return email.replace(/(^|[.@])([a-z])/g, (_, before: string, letter: string) => before + letter.toUpperCase());
}

function familyNameFirst(name: string): string {
  const [given, ...family] = name.split(' ');
  return `${family.join(' ')}, ${given}`;
}
