// `npm run demo`: the main job on a whole cohort, from an empty folder to a badge that a stranger can verify.
// It starts the real service, posts everything through HTTP, compares what came of it with what should have, and exits
// 0 only if every claim held. `-- --keep` leaves the service running, to look around.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import { claim, claimSame, verdict } from './demo/claims.ts';
import { makeClient, type Answer, type Client } from './demo/client.ts';
import { foreignVerifierInstalled, verifyWithDigitalBazaar, verifyWithJose } from './demo/others.ts';
import { badgeCounts, newTally, noteAwards, postBatches, postSingly, type Tally } from './demo/posting.ts';
import { bold, cyan, dim, heading, red, say, seconds, table } from './demo/screen.ts';
import { startService, type RunningService } from './demo/service.ts';
import { fetchBadge, keepBadge, remarks, verifyOffline, type Badge, type Credential } from './demo/stranger.ts';
import { COHORT_FOLDER } from './make-cohort.ts';
import type { Expected } from './making/expect.ts';
import { SOURCES } from './making/records.ts';

const expected = JSON.parse(readFileSync(new URL('expected.json', COHORT_FOLDER), 'utf8')) as Expected;
const keep = process.argv.includes('--keep');

interface Clients {
  moodle: Client;
  canvas: Client;
  registrar: Client;
}

const sinceMs = performance.now();
const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
let service: RunningService | undefined;
let code = 1;
try {
  service = await open();
  const stopped = interrupted.then(() => Promise.reject(new Error('it was interrupted')));
  await Promise.race([tellStory(service), stopped]);
  code = verdict();
  if (keep) await linger(service);
} catch (error) {
  say();
  say(`${red('✗')} ${bold('The demo could not go on:')} ${reasons(error)}`);
  for (const line of service?.complaints() ?? []) say(dim(`  ${line}`));
} finally {
  await service?.stop();
  service?.forget();
}
process.exitCode = code;

/** An error with what caused it: `fetch` says why it failed in its cause alone. */
function reasons(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${reasons(error.cause)}`;
}

async function tellStory(running: RunningService): Promise<void> {
  const clients = await introduce(running);
  const tally = await post(clients);
  compare(tally);
  await mapPage(clients.moodle, tally);
  lookAtPeople(tally);
  const core = credentialOf(tally, 'ada.nwosu@example.edu', 'core');
  const librarian = credentialOf(tally, 'fatima@example.org', 'librarian');
  await beAStranger(running, 'a CORE certificate', core);
  await beAStranger(running, 'a Librarian certificate', librarian);
  await revoke(running, clients.registrar, librarian);
  links(running, core, librarian);
}

async function open(): Promise<RunningService> {
  say(bold('Cairn') + dim(': completions in, a badge that a stranger can verify out'));
  heading('The service starts in an empty folder');
  const startedMs = performance.now();
  const running = await startService();
  say(`  ${running.url} is ready after ${seconds(startedMs)}, on the embedded database in ${running.folder}`);
  return running;
}

async function introduce(running: RunningService): Promise<Clients> {
  heading('Three platforms are introduced, and each gets a token');
  const write = ['completions:write', 'completions:read'];
  const review = [...write, 'reviews:write', 'credentials:read', 'credentials:revoke'];
  const moodle = await makeClient(running, 'Moodle', SOURCES.moodle, write);
  const canvas = await makeClient(running, 'Canvas', SOURCES.canvas, write);
  const registrar = await makeClient(running, 'Registrar', SOURCES.registrar, review);
  table([
    ['Moodle', SOURCES.moodle, write.join(' ')],
    ['Canvas', SOURCES.canvas, write.join(' ')],
    ['Registrar', SOURCES.registrar, review.join(' ')],
  ]);
  return { moodle, canvas, registrar };
}

async function post({ moodle, canvas, registrar }: Clients): Promise<Tally> {
  heading('The autumn of 2025 arrives');
  const tally = newTally();
  const startedMs = performance.now();
  await postSingly(moodle, '1-moodle.ndjson', tally);
  await postBatches(canvas, '2-canvas.ndjson', 'json', tally);
  await postBatches(registrar, '3-registrar.ndjson', 'ndjson', tally);
  await postBatches(moodle, '4-moodle-again.ndjson', 'ndjson', tally);
  const badges = Object.values(badgeCounts(tally)).reduce((sum, n) => sum + n, 0);
  say(`  ${tally.records} records answered and ${badges} badges signed in ${seconds(startedMs)}`);
  return tally;
}

function compare(tally: Tally): void {
  heading('What became of them');
  const { fates } = tally;
  const rows: [string, number, number, string][] = [
    ['recorded', fates.recorded, expected.fates.recorded, 'new, and counted'],
    ['no change', fates.no_change, expected.fates.no_change, 'a newer word that says the same'],
    ['undone', fates.undone, expected.fates.undone, 'a newer word that takes it back'],
    ['stale', fates.stale, expected.fates.stale, 'older than what is known: kept, changes nothing'],
    ['replayed', fates.replayed, expected.fates.replayed, 'the same record again: answered, not counted'],
    ['refused', fates.refused, expected.fates.refused, 'one id for two different records (409)'],
    ['parked', fates.unknown_unit, expected.fates.unknown_unit, 'no unit is known for it'],
    ['', fates.identity_conflict, expected.fates.identity_conflict, 'account and address are two people’s'],
    ['', fates.unverified_email, expected.fates.unverified_email, 'an unverified address and nothing else'],
  ];
  table([['', 'got', 'due', ''], ...rows].map((row) => row.map((cell) => cell)));
  say();
  const counts = badgeCounts(tally);
  table([
    ['badge', 'got', 'due'],
    ...Object.entries(expected.awards).map(([achievement, due]) => [achievement, counts[achievement] ?? 0, due]),
  ]);
  say();
  const { failed, ...told } = fates;
  claimSame(`all ${expected.records} records were answered`, tally.records, expected.records);
  claimSame('every record met the fate it should', told, expected.fates);
  claim(
    'no record failed, and nobody was given a badge twice',
    failed + tally.failures.length === 0,
    tally.failures[0],
  );
  claimSame('the badges are those that were earned', counts, expected.awards);
  claimSame(`the records are of ${expected.learners} people`, new Set(tally.learners.values()).size, expected.learners);
}

async function mapPage(moodle: Client, tally: Tally): Promise<void> {
  heading('A parked page is mapped, and what waited for it counts');
  const { activity, unit, replayed, awards } = expected.mapping;
  const before = badgeCounts(tally);
  const answer = await moodle.call<{ replayed: Answer[] }>('POST', '/v1/mappings', {
    source: SOURCES.moodle,
    activity,
    unit,
  });
  for (const one of answer.replayed) if (one.learner !== undefined) noteAwards(tally, one.learner, one.awarded);
  const news = Object.entries(badgeCounts(tally)).map(([key, n]): [string, number] => [key, n - (before[key] ?? 0)]);
  const given = Object.fromEntries(news.filter(([, n]) => n > 0));
  say(`  ${activity} is ${unit}`);
  claimSame(`${replayed} parked records were replayed`, answer.replayed.length, replayed);
  claimSame(`they brought ${Object.values(awards).reduce((sum, n) => sum + n, 0)} badges`, given, awards);
}

function lookAtPeople(tally: Tally): void {
  const faults = Object.entries(expected.badges).flatMap(([who, due]) => {
    const got = badgesOf(tally, who).join(' ');
    return got === due ? [] : [`${who}: got ${got || 'none'}, due ${due || 'none'}`];
  });
  claim(
    `each of the ${expected.learners} people holds the badges they earned, and no other`,
    faults.length === 0,
    faults[0],
  );
  const maria = [`${SOURCES.moodle} 121`, `${SOURCES.canvas} 121`].map((account) => tally.learners.get(account));
  claim(
    'María, on Moodle and on Canvas with her address in another case, is one learner with one CORE certificate',
    maria[0] !== undefined && maria[0] === maria[1] && badgesOf(tally, 'maria.garcia@example.edu').includes('core'),
    maria,
  );
}

async function beAStranger(running: RunningService, what: string, url: string): Promise<Badge> {
  heading(`A stranger opens ${what}`);
  const badge = await fetchBadge(url);
  table(badge.forms.map((form) => [form.asked, form.status, form.type]));
  const [, vc, linked, any, jwt, file] = badge.forms;
  claim('a browser gets a page', badge.page.status === 200 && badge.page.type.startsWith('text/html'), badge.page.type);
  const same = [linked, any, file].every((form) => form?.status === 200 && form.body === vc?.body);
  claim('machines get the same signed bytes, whatever they call them', same);
  claim('a wallet gets a JWT', jwt?.status === 200 && jwt.body.split('.').length === 3, jwt?.body.slice(0, 200));
  const credential = JSON.parse(badge.json) as Credential;
  say(`  ${dim(credential.id)}`);

  const folder = folderOf(running, url);
  await keepBadge(badge, folder);
  for (const form of ['badge.json', 'badge.jwt']) {
    const report = await verifyOffline(running, folder, form);
    claim(`${form} verifies offline: ${report.outcome}`, report.outcome.startsWith('valid'), remarks(report));
    for (const remark of remarks(report)) say(dim(`    ${remark}`));
  }
  await askOthers(folder);
  return badge;
}

async function askOthers(folder: string): Promise<void> {
  const jose = await verifyWithJose(folder);
  claim('jose, which is not ours, accepts the JWT', jose.verified, jose.reason);
  if (await foreignVerifierInstalled()) {
    const bazaar = await verifyWithDigitalBazaar(folder);
    claim(
      '@digitalbazaar/vc, which is not ours, accepts the embedded proof and the status',
      bazaar.verified,
      bazaar.reason,
    );
  } else {
    say(dim('  (left out: @digitalbazaar/vc is a development dependency and not installed here)'));
  }
}

async function revoke(running: RunningService, registrar: Client, url: string): Promise<void> {
  heading('The registrar takes the Librarian certificate back');
  const sentence = 'Issued in error: the reviewed portfolio belongs to another participant.';
  await registrar.call('POST', `/v1/credentials/${url.split('/').at(-1)}/revoke`, {
    reason: 'issued_in_error',
    sentence,
  });
  say(`  ${dim(sentence)}`);
  const folder = `${folderOf(running, url)}-revoked`;
  const badge = await fetchBadge(url);
  await keepBadge(badge, folder);
  const report = await verifyOffline(running, folder, 'badge.json');
  const check = report.checks.find((one) => one.id === 'revocation');
  claim(
    'it no longer verifies: the revocation check fails',
    report.outcome === 'invalid' && check?.status === 'fail',
    report,
  );
  if (check) say(dim(`    ${check.message}`));
  claim('its page says so', badge.page.body.includes(sentence));
  if (await foreignVerifierInstalled()) {
    const bazaar = await verifyWithDigitalBazaar(folder);
    claim('@digitalbazaar/vc refuses it too', !bazaar.verified);
  }
}

function links(running: RunningService, core: string, librarian: string): void {
  heading('To open in a browser');
  table([
    ['a CORE certificate', cyan(core)],
    ['a revoked one', cyan(librarian)],
    ['check any badge', cyan(`${running.url}/verify`)],
    ['the CORE certificate itself', cyan(`${running.url}/achievements/core`)],
    ['the API', cyan(`${running.url}/docs`)],
  ]);
  const peak = running.peakMib();
  const memory = peak === undefined ? '' : `; the service used ${peak} MiB at most`;
  say(dim(`  The job took ${seconds(sinceMs)}${memory}.`));
  if (!keep) say(`  The service stops now and its folder goes. ${bold('npm run demo -- --keep')} leaves it running.`);
}

async function linger(running: RunningService): Promise<void> {
  say(`The service runs on at ${cyan(running.url)} with everything in ${running.folder}. Ctrl-C ends it.`);
  await interrupted;
}

function badgesOf(tally: Tally, who: string): string[] {
  return [...(tally.credentials.get(tally.learners.get(who) ?? '')?.keys() ?? [])].sort();
}

function credentialOf(tally: Tally, who: string, achievement: string): string {
  const url = tally.credentials.get(tally.learners.get(who) ?? '')?.get(achievement);
  if (url === undefined) throw new Error(`${who} holds no credential for ${achievement}: there is nothing to fetch`);
  return url;
}

function folderOf(running: RunningService, url: string): string {
  return join(running.folder, 'kept', url.split('/').at(-1) ?? '');
}
