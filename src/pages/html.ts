// HTML that is safe by default: what is interpolated is escaped unless it is HTML that was itself made here.
// ghtml escapes & < > " ' = and returns plain texts, so that nesting needs a mark and forgetting it double-escapes; it
// leaves backticks and `javascript:` links alone. Hence a type for what is already HTML, and one gate for addresses.
import { html as ghtml } from 'ghtml';

/** A piece of HTML. Only `html` and `rawHtml` make one, and an instance cannot come out of JSON. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

export type Content = Html | string | number | null | undefined | boolean | readonly Content[];

/** The text with everything escaped that means something in HTML, in text and in quoted attributes alike. */
export function escapeHtml(text: string): string {
  return ghtml`${text}`.replaceAll('`', '&#96;');
}

function render(content: Content): string {
  if (content instanceof Html) return content.text;
  if (content === null || content === undefined || typeof content === 'boolean') return '';
  if (Array.isArray(content)) return content.map(render).join('');
  return escapeHtml(String(content));
}

const compacted = new WeakMap<TemplateStringsArray, readonly string[]>();

/** The fixed parts of a template without the indentation of its source, which would be a tenth of every page. */
function compact(literals: TemplateStringsArray): readonly string[] {
  const known = compacted.get(literals);
  if (known) return known;
  const parts = literals.map((literal) => literal.replace(/\s*\n\s*/g, '\n'));
  compacted.set(literals, parts);
  return parts;
}

/** A template: nested HTML stands as it is, lists are joined, nothing and booleans vanish, all else is escaped. */
export function html(literals: TemplateStringsArray, ...contents: Content[]): Html {
  const parts = compact(literals);
  let text = parts[0] ?? '';
  for (const [n, content] of contents.entries()) text += render(content) + (parts[n + 1] ?? '');
  return new Html(text);
}

/** Text that is known to be HTML: the output of a renderer that escapes, or a file of our own. Never what came in. */
export function rawHtml(text: string): Html {
  return new Html(text);
}

const SCHEMES = new Set(['https:', 'http:', 'mailto:']);

/**
 * An address that may stand in `href`: absolute, and http, https or mailto.
 * @returns its normal form, or undefined for anything else (`javascript:`, `data:`, relative, no address at all).
 */
export function safeUrl(text: unknown): string | undefined {
  if (typeof text !== 'string' || text.length > 2048 || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  return SCHEMES.has(url.protocol) && !url.username && !url.password ? url.href : undefined;
}

/** A link to a place that somebody else named, or the bare words where the address is none that we follow. */
export function outsideLink(address: unknown, words: Content): Html {
  const href = safeUrl(address);
  return href ? html`<a href="${href}" rel="nofollow noopener noreferrer ugc">${words}</a>` : html`${words}`;
}

// Characters that turn the direction of what follows: a name could rewrite the sentence it stands in.
const TURNING = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g;
// C0 and C1 controls but tab and line feed.
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;

/**
 * A text that somebody else wrote, isolated in its own direction, without controls and clipped.
 * @param lengthMax in UTF-16 units; a longer one ends in an ellipsis.
 */
export function foreign(text: unknown, lengthMax = 400): Html {
  const plain = (typeof text === 'string' ? text : '').replace(TURNING, '').replace(CONTROLS, ' ').trim();
  return html`<bdi>${plain.length > lengthMax ? `${plain.slice(0, lengthMax)}…` : plain}</bdi>`;
}

/** JSON for a data block in a page: no `<` can end the script element early. */
export function jsonBlock(value: object): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}
