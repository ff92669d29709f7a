// The words of the pages: every sentence that people read stands in `messages/`, one file for each language, and the
// English file says which keys there are. Dates, numbers and lists are the platform's own (Intl), so that they are
// right in every language without a line of ours.
import { html, type Content, type Html } from './html.ts';
import ar from './messages/ar.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };

export const LANGUAGES = ['en', 'es', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];

/** What each language calls itself. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', es: 'Español', ar: 'العربية' };

type Written = keyof typeof en;
type Counted<K> = K extends `${infer Key}#other` ? Key : never;
/** A key of a message; one with plural forms (`x#one`, `x#other`) is named without the form and needs `count`. */
export type MessageKey = Exclude<Written, `${string}#${string}`> | Counted<Written>;

export const MESSAGES: Record<Language, Readonly<Record<string, string>>> = { en, es, ar };

type Values = Readonly<Record<string, Content>>;

/** One language: its messages, its direction and its way with dates and numbers. */
export interface Words {
  language: Language;
  direction: 'ltr' | 'rtl';
  /** The message as plain text; what is put into it must be plain too. */
  say(key: MessageKey, values?: Readonly<Record<string, string | number>>): string;
  /** The message as HTML; what is put into it is escaped unless it is HTML. */
  rich(key: MessageKey, values: Values): Html;
  /** Whether there is such a message; for keys that are put together from codes. */
  has(key: string): key is MessageKey;
  number(value: number): string;
  /** A calendar day in UTC, since that is what the badge was dated by. */
  day(at: string | Date): string;
  /** Day and minute in UTC, with the zone said. */
  minute(at: string | Date): string;
  list(parts: readonly string[]): string;
}

const PLACE = /\{([a-zA-Z]+)\}/;

function makeWords(language: Language): Words {
  const messages = MESSAGES[language];
  const plural = new Intl.PluralRules(language);
  // Western digits in Arabic too: dates and counts stand beside codes and addresses that have them.
  const locale = language === 'ar' ? 'ar-u-nu-latn' : language === 'en' ? 'en-GB' : language;
  const numbers = new Intl.NumberFormat(locale);
  const days = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const minutes = new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: 'UTC',
    timeZoneName: 'short',
  });
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });

  function find(key: string, values: Values): string {
    const count = values.count;
    const form = typeof count === 'number' ? messages[`${key}#${plural.select(count)}`] : undefined;
    const message = form ?? messages[key] ?? messages[`${key}#other`];
    if (message === undefined) throw new RangeError(`There is no message "${key}" in ${language}.`);
    return message;
  }
  const shown = (value: Content): Content => (typeof value === 'number' ? numbers.format(value) : value);

  return {
    language,
    direction: language === 'ar' ? 'rtl' : 'ltr',
    say(key, values = {}) {
      return find(key, values)
        .split(PLACE)
        .map((part, n) => (n % 2 === 0 ? part : String(shown(values[part]) ?? '')))
        .join('');
    },
    rich(key, values) {
      const parts = find(key, values).split(PLACE);
      return html`${parts.map((part, n) => (n % 2 === 0 ? part : shown(values[part])))}`;
    },
    has: (key): key is MessageKey => Object.hasOwn(en, key),
    number: (value) => numbers.format(value),
    day: (at) => days.format(new Date(at)),
    minute: (at) => minutes.format(new Date(at)),
    list: (parts) => lists.format(parts),
  };
}

const all: Record<Language, Words> = { en: makeWords('en'), es: makeWords('es'), ar: makeWords('ar') };

export function wordsOf(language: Language): Words {
  return all[language];
}
