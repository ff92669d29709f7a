// The deed behind /verify, POST /v1/verify and the CLI: from bytes of any kind to one report.
//
// It reads what was handed in, follows an address once, opens presentations, and gives each verification its own budget
// of documents. Nothing of the submission is kept or logged.
//
// Open Badges 3.0 (1EdTech, April 2025) §5 "Document formats", §9.1.

import type { KnownRecipient, VerifyOptions } from '../openbadges/checks/examination.ts';
import { addressIn } from '../openbadges/address-in-text.ts';
import { isCompactJws } from '../openbadges/open-credential.ts';
import { parseJson } from '../openbadges/parse-json.ts';
import { check, orderChecks, outcomeOf, type Check, type Report } from '../openbadges/report.ts';
import { ACCEPT_CREDENTIAL, fetchDocument, type Fetched, type Resolve } from '../openbadges/resolve.ts';
import { readSubmission, type Submission } from '../openbadges/submission.ts';
import { unreadable, verifyCredential } from '../openbadges/verify.ts';
import {
  isPresentation,
  openPresentation,
  presentationOfJwt,
  reportPresentation,
} from '../openbadges/verify-presentation.ts';
import { withinBudget } from './compose-resolvers.ts';

export interface SubmissionOptions {
  resolve: Resolve;
  now: Date;
  at?: Date;
  recipient?: KnownRecipient;
  ownIssuers?: readonly string[];
  validateSchema?: VerifyOptions['validateSchema'];
}

const ACCEPT_SUBMISSION = `${ACCEPT_CREDENTIAL}, image/png;q=0.6, image/svg+xml;q=0.6`;
type Found = Extract<Fetched, { found: true }>;
const STARTS_PAGE = /^\s*(<!doctype html|<html)/i;

/** Verifies what lies open: a presentation by its own rules, anything else as a credential. */
async function verifyText(submission: Extract<Submission, { text: string }>, options: VerifyOptions): Promise<Report> {
  const { text } = submission;
  const at = options.at ?? options.now;
  if (/^[A-Za-z0-9_-]+\./.test(text)) {
    const presented = isCompactJws(text) ? presentationOfJwt(text) : undefined;
    return presented ? reportPresentation(presented, options) : verifyCredential({ jwt: text }, options);
  }
  const parsed = parseJson(text);
  if (!parsed.ok) return unreadable(parsed.fault, parsed.sentence, at);
  if (!isPresentation(parsed.json)) return verifyCredential({ json: parsed.json }, options);
  const opened = openPresentation(parsed.json);
  if (opened === undefined) return unreadable('envelope', 'The envelope of the presentation cannot be opened.', at);
  return reportPresentation(opened, options);
}

/** An address that does not answer now says nothing about the badge there: neither that it is good nor that it is not. */
function notHad({ why, kind, sentence }: Extract<Fetched, { found: false }>, at: Date): Report {
  const maybeLater = why === 'unreachable' && (kind === undefined || kind === 'unreachable' || kind === 'budget');
  const code = why === 'unreachable' && !maybeLater ? 'submission_refused' : `submission_${why}`;
  const told = `The address cannot be had: ${sentence}`;
  if (!maybeLater) return unreadable(code, told, at);
  const made = [
    check('format', 'unknown', code, told),
    check('signature', 'unknown', code, 'There was nothing to check.'),
  ];
  const checks = orderChecks(made, 'Not reached: there is no credential to look at.');
  return { outcome: outcomeOf(checks), checks, checkedAt: at.toISOString() };
}

/** Asks for the badge at an address; where there is nothing, also without a slash or a full stop that came along with it. */
async function fetchBadge(url: string, resolve: Resolve): Promise<Fetched> {
  const fetched = await fetchDocument(resolve, url, ACCEPT_SUBMISSION);
  const shorter = url.replace(/[/.,;:!?)\]}'"]+$/, '');
  if (fetched.found || fetched.why !== 'absent' || shorter === url || !URL.canParse(shorter)) return fetched;
  const again = await fetchDocument(resolve, shorter, ACCEPT_SUBMISSION);
  return again.found ? again : fetched;
}

/**
 * The badge that a page names as its other form, of its own origin; else the page as it came. One step and no further: an
 * address inside an address would be a chain without an end.
 */
async function behindPage(fetched: Found, resolve: Resolve): Promise<Fetched> {
  if (!STARTS_PAGE.test(fetched.document.body)) return fetched;
  const named = addressIn(fetched.document.body);
  if (named === undefined || !('url' in named) || !URL.canParse(named.url)) return fetched;
  if (new URL(named.url).origin !== new URL(fetched.document.url).origin) return fetched;
  return fetchDocument(resolve, named.url, ACCEPT_SUBMISSION);
}

async function verifyUrl(url: string, options: VerifyOptions): Promise<Report> {
  const at = options.at ?? options.now;
  const asked = await fetchBadge(url, options.resolve);
  const fetched = asked.found ? await behindPage(asked, options.resolve) : asked;
  if (!fetched.found) return notHad(fetched, at);
  if (STARTS_PAGE.test(fetched.document.body))
    return unreadable(
      'submission_page',
      'The address answers with a web page, not with a badge. Look on that page for the badge as a file or for its own link.',
      at,
    );
  const inside = readSubmission(fetched.document.bytes ?? fetched.document.body);
  if (inside.carrier === 'url') return unreadable('submission_url', 'The address answers with another address.', at);
  if (inside.carrier === undefined) return unreadable(inside.fault, inside.sentence, at);
  return withCarrier(await verifyText(inside, options), inside);
}

/**
 * Verifies whatever was handed in.
 * Takes bytes or a text (JSON, JWS, PNG, SVG, https address) and the options; gives the report. Never throws for what a
 * stranger sent.
 */
export async function verifySubmission(input: Uint8Array | string, options: SubmissionOptions): Promise<Report> {
  const clock = (): number => performance.now();
  const bounded: VerifyOptions = { ...options, resolve: withinBudget(options.resolve, clock) };
  const submission = readSubmission(input);
  return withCarrier(await verifyKind(submission, bounded), submission);
}

/**
 * Says of a baked badge what it came in, and warns when it was baked otherwise than the standard has it, or is attached to
 * pages that say more than was checked.
 */
function withCarrier(report: Report, submission: Submission): Report {
  const { carrier } = submission;
  if (carrier !== 'png' && carrier !== 'svg' && carrier !== 'pdf') return report;
  const { remark } = submission;
  const checks = report.checks.map((one): Check => {
    if (one.id !== 'format') return one;
    const details = { ...one.details, carrier };
    if (remark === undefined || one.status !== 'pass') return { ...one, details };
    const code = carrier === 'pdf' ? 'pdf_pages_unchecked' : 'baked_otherwise';
    return { ...one, status: 'warn', code, message: `${one.message} ${remark}`, details };
  });
  return { ...report, outcome: outcomeOf(checks), checks };
}

function verifyKind(submission: Submission, options: VerifyOptions): Promise<Report> {
  if (submission.carrier === undefined)
    return Promise.resolve(unreadable(submission.fault, submission.sentence, options.at ?? options.now));
  // A very old picture holds only the address of its assertion (Open Badges 1.0).
  const url =
    submission.carrier === 'url'
      ? submission.url
      : /^https?:\/\/\S+$/.test(submission.text.trim())
        ? submission.text.trim()
        : undefined;
  return url === undefined
    ? verifyText(submission as Extract<Submission, { text: string }>, options)
    : verifyUrl(url, options);
}
