// What the doctor finds and how it asks: one request after the other over HTTP, as an integrator would, with whatever
// went wrong turned into a sentence that names the remedy.
import { isObject, parseJson } from '../../openbadges/parse-json.ts';

/** `bad` fails the examination; `odd` works and could be better; `skipped` could not be looked at. */
export interface Finding {
  id: string;
  status: 'good' | 'bad' | 'odd' | 'skipped';
  sentence: string;
  remedy?: string;
}

export interface Answer {
  status: number;
  headers: Headers;
  body: string;
  json: Record<string, unknown> | undefined;
}

/** A deployment that is looked at. */
export interface Visit {
  /** Where it is reached, an origin. */
  url: string;
  now: () => Date;
  fetch: (url: string, options: RequestInit) => Promise<Response>;
  findings: Finding[];
  good(id: string, sentence: string): void;
  odd(id: string, sentence: string, remedy: string): void;
  bad(id: string, sentence: string, remedy: string): void;
  skip(id: string, sentence: string): void;
  /** Asks; undefined when nobody answers, which is then a finding. */
  get(id: string, path: string, accept?: string): Promise<Answer | undefined>;
}

const TIMEOUT_MS = 10_000;

/** Causes of failed connections, as Node names them (errors of libuv and OpenSSL), and what helps. */
const REMEDIES: Record<string, string> = {
  ENOTFOUND: 'The name is not in the DNS: add a record for it, or mind the spelling.',
  EAI_AGAIN: 'The DNS does not answer from here: look at the resolver of this machine.',
  ECONNREFUSED: 'Nothing listens there: start the service, or mind host and port.',
  CERT_HAS_EXPIRED: 'The TLS certificate has expired: renew it.',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'The TLS certificate is signed by itself: get one that browsers trust.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'The server does not send the intermediate certificate: give it the full chain.',
  ERR_TLS_CERT_ALTNAME_INVALID: 'The TLS certificate is for another name: get one for this host.',
};

function whyNot(error: unknown): { sentence: string; remedy: string } {
  const { code, message } = ((error as Error).cause ?? error) as { code?: string; message?: string };
  const slow = (error as Error).name === 'TimeoutError';
  return {
    sentence: slow ? `there was no answer within ${TIMEOUT_MS / 1000} seconds` : (message ?? String(error)),
    remedy: REMEDIES[code ?? ''] ?? 'Look whether the service runs and the proxy before it lets this path through.',
  };
}

/** Begins a visit at an origin. */
export function beginVisit({ url, now, fetch }: Pick<Visit, 'url' | 'now' | 'fetch'>): Visit {
  const findings: Finding[] = [];
  return {
    url,
    now,
    fetch,
    findings,
    good: (id, sentence) => void findings.push({ id, status: 'good', sentence }),
    odd: (id, sentence, remedy) => void findings.push({ id, status: 'odd', sentence, remedy }),
    bad: (id, sentence, remedy) => void findings.push({ id, status: 'bad', sentence, remedy }),
    skip: (id, sentence) => void findings.push({ id, status: 'skipped', sentence }),
    async get(id, path, accept = 'application/json') {
      try {
        const headers = { accept, origin: 'https://integrator.example' };
        const answer = await fetch(url + path, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
        const body = await answer.text();
        const parsed = parseJson(body);
        const json = parsed.ok && isObject(parsed.json) ? parsed.json : undefined;
        return { status: answer.status, headers: answer.headers, body, json };
      } catch (error) {
        const { sentence, remedy } = whyNot(error);
        this.bad(id, `${url}${path} cannot be had: ${sentence}.`, remedy);
        return undefined;
      }
    },
  };
}

/** The parts of a media type that matter. */
function essence(answer: Answer): string {
  return (answer.headers.get('content-type') ?? '').split(';', 1)[0]!.trim().toLowerCase();
}

/**
 * Whether a document that strangers need is served as they need it: 200, JSON under one of its types, readable by
 * pages of other origins, and with a word on caching. Everything wrong is a finding.
 * @returns the document, when it can be read.
 */
export async function getPublic(
  visit: Visit,
  id: string,
  path: string,
  types: readonly string[],
): Promise<Record<string, unknown> | undefined> {
  const answer = await visit.get(id, path, [...types, 'application/json;q=0.9'].join(', '));
  if (!answer) return undefined;
  const where = visit.url + path;
  if (answer.status !== 200 || !answer.json) {
    const what = answer.status === 200 ? 'what is no JSON object' : String(answer.status);
    visit.bad(id, `${where} answers ${what}.`, 'Let the proxy pass this path on to the service unchanged.');
    return undefined;
  }
  const type = essence(answer);
  if (![...types, 'application/json', 'application/ld+json'].includes(type))
    visit.bad(id, `${where} comes as "${type}".`, `Let the proxy keep the type: ${types.join(' or ')}.`);
  else visit.good(id, `${where} is there, as ${type}.`);
  if (answer.headers.get('access-control-allow-origin') !== '*')
    visit.bad(`${id}_cors`, `Pages of others cannot read ${where}.`, 'Let "Access-Control-Allow-Origin: *" through.');
  checkCaching(visit, id, where, answer.headers.get('cache-control') ?? '');
  return answer.json;
}

const LONGEST_CACHE_S = 86_400;

function checkCaching(visit: Visit, id: string, where: string, control: string): void {
  const seconds = Number(/max-age=(\d+)/.exec(control)?.[1] ?? Number.NaN);
  if (Number.isNaN(seconds) && !/no-cache|no-store/.test(control))
    visit.odd(`${id}_cache`, `${where} does not say how long it may be kept.`, 'Let "Cache-Control" through.');
  if (seconds > LONGEST_CACHE_S)
    visit.bad(
      `${id}_cache`,
      `${where} may be kept for ${seconds} seconds, so that new keys and revocations are seen too late.`,
      'Take the longer "Cache-Control" off the proxy or CDN.',
    );
}
