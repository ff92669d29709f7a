// The address of a badge in what people really paste: with a full stop behind it, in a message, without its https://, the
// share link that a network made of it, or the source of the page that shows it. Only one address is ever taken: where
// there are two, whoever pasted them has to say which.
//
// RFC 3986 (January 2005) Appendix C "Delimiting a URI in Context"; HTML (WHATWG) §4.6.7.1 "Link type alternate".

const LONGEST_URL = 4096;
/** A message that somebody got; what is longer is no message. */
const LONGEST_MESSAGE = 20_000;
const MOST_ADDRESSES = 50;
const MOST_LINKS = 500;

const WHOLE = /^https?:\/\/\S+$/i;
/** A host as browsers show it, with something behind it: a bare word with a dot is no address of a badge. */
const WITHOUT_SCHEME = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,}(?::\d{1,5})?\/\S+$/i;
const PAGE = /^\s*(?:<!doctype html|<html)/i;
/** Members of share links that hold the address which is shared. */
const SHARED = ['url', 'certUrl', 'shareUrl', 'u', 'q'];
/** Who wraps a link in one of their own: networks that share it, and mail programs that guard it. */
const WRAPPERS = /(?:^|\.)(?:linkedin\.com|facebook\.com|safelinks\.protection\.outlook\.com|google\.com)$/;

export type FoundAddress = { url: string } | { several: number } | { page: true };

const BEFORE = '<("\'“«‹„';
const BEHIND = '>)"\'”»›.,;:!?]}';

/** Takes away what stands around an address in a sentence. (A pattern that ends in `+$` takes the square of the length.) */
function bare(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && BEFORE.includes(text[from]!)) from += 1;
  while (to > from && BEHIND.includes(text[to - 1]!)) to -= 1;
  return text.slice(from, to);
}

/**
 * The address inside a link that a network or a mail program made of it, or inside one to the verify page of a service like
 * this; else the address itself. What wrapped it is not asked, which could not give a badge anyway.
 */
export function sharedAddress(address: string): string {
  if (!URL.canParse(address)) return address;
  const { hostname, pathname, searchParams } = new URL(address);
  const shares = WRAPPERS.test(hostname) || pathname.replace(/\/$/, '') === '/verify';
  if (!shares) return address;
  const inside = SHARED.map((name) => searchParams.get(name)?.trim()).find((one) => one && WHOLE.test(one));
  return inside !== undefined && inside.length <= LONGEST_URL ? inside : address;
}

/** The address that the source of a page names as its badge, when it is whole. */
function alternateOf(page: string): string | undefined {
  const tags = page.slice(0, 500_000).matchAll(/<link\s[^<>]{0,2000}>/gi);
  let seen = 0;
  for (const [tag] of tags) {
    if ((seen += 1) > MOST_LINKS) break;
    const member = (name: string): string | undefined =>
      new RegExp(`\\s${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'i').exec(tag)?.slice(1).find(Boolean);
    const href = member('href');
    if (member('rel') !== 'alternate' || !/^application\/vc(\+jwt)?$/i.test(member('type') ?? '')) continue;
    if (href !== undefined && href.length <= LONGEST_URL && WHOLE.test(href)) return href.replaceAll('&amp;', '&');
  }
  return undefined;
}

/**
 * Finds the address in a text.
 * Takes the text; gives the address, how many there are where it is not one, `page` for the source of a page that names
 * none, and nothing where there is no address.
 */
export function addressIn(text: string): FoundAddress | undefined {
  const trimmed = text.trim();
  if (PAGE.test(trimmed)) {
    const url = alternateOf(trimmed);
    return url === undefined ? { page: true } : { url };
  }
  if (trimmed.length > LONGEST_MESSAGE) return undefined;
  const alone = bare(trimmed);
  if (alone.length <= LONGEST_URL && WITHOUT_SCHEME.test(alone)) return { url: sharedAddress(`https://${alone}`) };
  const found = new Set<string>();
  for (const [address] of trimmed.matchAll(/https?:\/\/[^\s<>"“”«»]+/gi)) {
    // Alone, an address is as it was written; in a sentence its full stop is not its own.
    const one = address === trimmed ? address : bare(address);
    if (one.length <= LONGEST_URL) found.add(sharedAddress(one));
    if (found.size >= MOST_ADDRESSES) break;
  }
  const [url] = found;
  if (url === undefined) return undefined;
  return found.size === 1 ? { url } : { several: found.size };
}
