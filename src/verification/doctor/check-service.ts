// Is anybody there, over TLS, ready, and with the right time?
import type { Visit } from './visit.ts';

const LOCAL = /^(localhost|127\.0\.0\.1|\[::1\])$/;
/** A signature made with a clock that is ahead is "not yet valid" to verifiers without tolerance. */
const SKEW_BAD_MS = 30_000;
const SKEW_ODD_MS = 5_000;

function checkAddress(visit: Visit): void {
  const { protocol, hostname } = new URL(visit.url);
  if (protocol === 'https:') return visit.good('tls', 'It is reached over TLS.');
  if (LOCAL.test(hostname))
    return visit.odd('tls', 'It is reached over plain HTTP, on this machine only.', 'Use https:// for others.');
  visit.bad(
    'tls',
    'It is reached over plain HTTP; did:web is resolved over https:// alone, so nobody can verify its badges.',
    'Put a proxy with a TLS certificate before it and set PUBLIC_URL to the https:// address.',
  );
}

function checkClock(visit: Visit, date: string | null): void {
  const there = date === null ? Number.NaN : Date.parse(date);
  if (Number.isNaN(there)) return visit.skip('clock', 'The answer has no Date header, so its clock is not known.');
  // The header has whole seconds.
  const skewMs = Math.max(0, Math.abs(visit.now().getTime() - there) - 1000);
  const sentence = `Its clock and the one here differ by ${Math.round(skewMs / 1000)} seconds.`;
  const remedy = 'Let both machines take the time from the network (NTP).';
  if (skewMs > SKEW_BAD_MS) visit.bad('clock', sentence, remedy);
  else if (skewMs > SKEW_ODD_MS) visit.odd('clock', sentence, remedy);
  else visit.good('clock', 'Its clock and the one here agree.');
}

/** Looks at the service itself. @returns whether it makes sense to look further. */
export async function checkService(visit: Visit): Promise<boolean> {
  checkAddress(visit);
  const health = await visit.get('health', '/healthz');
  if (!health) return false;
  if (health.status === 200) visit.good('health', 'It runs.');
  else visit.bad('health', `/healthz answers ${health.status}.`, 'Is this the address of Cairn? Look at its log.');
  checkClock(visit, health.headers.get('date'));
  const ready = await visit.get('ready', '/readyz');
  if (ready?.status === 200) visit.good('ready', 'It is ready: database, keys and jobs.');
  else if (ready)
    visit.bad('ready', `/readyz answers ${ready.status}: ${ready.body.slice(0, 300)}`, 'Mend what is named there.');
  if (new URL(visit.url).protocol === 'https:' && !health.headers.has('strict-transport-security'))
    visit.odd('hsts', 'It does not insist on TLS.', 'Let "Strict-Transport-Security" through the proxy.');
  const html = await visit.get('page', '/', 'text/html');
  if (html && html.status !== 200) visit.odd('page', `Its first page answers ${html.status}.`, 'Look at its log.');
  return health.status === 200;
}
