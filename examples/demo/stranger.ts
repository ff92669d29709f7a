// Somebody who knows nothing but a link: fetches a badge in the forms it has, keeps its documents in a folder, and
// asks `cairn verify` about it with that folder in place of the network.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunningService } from './service.ts';

const BROWSER = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** A form of a badge: what was asked for and what came. */
export interface Form {
  asked: string;
  status: number;
  type: string;
  body: string;
}

export interface Badge {
  url: string;
  /** HTML, `application/vc`, `application/ld+json`, no preference, JWT: as `fetchBadge` asked. */
  forms: Form[];
  page: Form;
  json: string;
  jwt: string;
}

/** What is read of a credential here. */
export interface Credential {
  id: string;
  name?: string;
  issuer: { id: string };
  credentialSubject: { id: string; achievement: { id: string; name: string } };
  credentialStatus: { statusListCredential: string; statusListIndex: string };
  relatedResource?: { id: string }[];
}

interface Kept {
  url: string;
  file: string;
  body: string;
  contentType: string;
}

/** The report of `cairn verify --json`. */
export interface Report {
  outcome: string;
  checks: { id: string; status: string; code: string; message: string }[];
}

async function get(url: string, headers: Record<string, string>, asked = headers.accept ?? '*/*'): Promise<Form> {
  const answer = await fetch(url, { headers });
  const type = answer.headers.get('content-type') ?? '';
  return { asked, status: answer.status, type, body: await answer.text() };
}

/** Fetches a badge as a browser, as machines with various tastes, and as a wallet that wants a JWT. */
export async function fetchBadge(url: string): Promise<Badge> {
  const page = await get(
    url,
    { accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8', 'user-agent': BROWSER },
    'a browser',
  );
  const forms = [page];
  for (const accept of ['application/vc', 'application/ld+json', '*/*', 'application/vc+jwt']) {
    forms.push(await get(url, { accept }));
  }
  forms.push(await get(`${url}.json`, {}, 'nothing, at ….json'));
  return { url, forms, page, json: forms[1]?.body ?? '', jwt: forms[4]?.body ?? '' };
}

/**
 * Puts a badge and every document its verification needs into a folder with a map of them.
 * The did:web method resolves over https only; on localhost the same bytes stand at http, so the map says https where
 * they came from http (did:web Method Specification, draft of 6 May 2023, "Read").
 */
export async function keepBadge(badge: Badge, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'badge.json'), badge.json);
  writeFileSync(join(folder, 'badge.jwt'), badge.jwt);
  const credential = JSON.parse(badge.json) as Credential;
  const origin = new URL(badge.url).origin;
  const header = JSON.parse(Buffer.from(badge.jwt.split('.')[0] ?? '', 'base64url').toString()) as { kid: string };
  const wanted: [url: string, file: string][] = [
    [`${origin}/.well-known/did.json`, 'did.json'],
    [credential.credentialStatus.statusListCredential, 'status-list.json'],
    [header.kid, 'key.json'],
    ...(credential.relatedResource ?? []).map(({ id }, n): [string, string] => [id, `related-${n}.json`]),
  ];
  const kept: Kept[] = [];
  for (const [url, file] of wanted) {
    const document = await get(url, { accept: 'application/json' });
    if (document.status !== 200) throw new Error(`${url} answered ${document.status}`);
    writeFileSync(join(folder, file), document.body);
    kept.push({ url, file, body: document.body, contentType: document.type });
  }
  const entries = kept.flatMap(({ url, file, contentType }) => [
    [url, { file, status: 200, contentType }],
    [url.replace(/^http:/, 'https:'), { file, status: 200, contentType }],
  ]);
  writeFileSync(join(folder, 'MAP.json'), `${JSON.stringify(Object.fromEntries(entries), null, 2)}\n`);
}

/** Asks the command line about a kept badge. Only the folder is consulted. */
export async function verifyOffline(service: RunningService, folder: string, file: string): Promise<Report> {
  const told = await service.cli('verify', join(folder, file), '--documents', join(folder, 'MAP.json'), '--json');
  try {
    return JSON.parse(told.stdout) as Report;
  } catch {
    throw new Error(`cairn verify ended with ${told.code}: ${told.stderr || told.stdout}`);
  }
}

/** The checks that did not pass, in words. */
export function remarks(report: Report): string[] {
  return report.checks
    .filter((check) => check.status !== 'pass' && check.status !== 'skipped')
    .map((check) => `${check.id}: ${check.status}, ${check.message}`);
}
