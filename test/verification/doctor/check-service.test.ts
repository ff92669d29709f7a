// Is anybody there?
import t from 'tap';
import { findsFaults, openDeployment } from './deployment.ts';

void t.test('what is wrong with the service itself is found', (t) =>
  findsFaults(t, [
    ['it is not ready', { '/readyz': () => ({ status: 503 }) }, 'ready'],
    ['something else answers', { '/healthz': () => ({ status: 404 }) }, 'health'],
    ['a clock that is ahead', { '/healthz': () => ({ headers: { date: 'Wed, 04 Mar 2026 12:02:00 GMT' } }) }, 'clock'],
    ['a clock that is behind', { '/healthz': () => ({ headers: { date: 'Wed, 04 Mar 2026 11:58:00 GMT' } }) }, 'clock'],
  ]),
);

void t.test('plain HTTP is wrong where others are to reach it, and odd on one’s own machine', async (t) => {
  const { examine } = await openDeployment(t);
  t.ok((await examine({}, 'http://badges.example.org')).bad.includes('tls'));
  const local = await examine({}, 'http://localhost:3000');
  t.ok(local.odd.includes('tls') && !local.bad.includes('tls'));
});

void t.test('some seconds are odd, and without a Date nothing is said of the clock', async (t) => {
  const { examine } = await openDeployment(t);
  const late = { '/healthz': () => ({ headers: { date: 'Wed, 04 Mar 2026 12:00:12 GMT' } }) };
  t.ok((await examine(late)).odd.includes('clock'));
  const { findings } = await examine({ '/healthz': () => ({ headers: { date: undefined } }) });
  t.match(
    findings.find((one) => one.id === 'clock'),
    { status: 'skipped' },
  );
});

void t.test(
  'a proxy that takes HSTS off is odd, and an address of something else is not looked at further',
  async (t) => {
    const { examine } = await openDeployment(t);
    const bare = { '/healthz': () => ({ headers: { 'strict-transport-security': undefined } }) };
    t.ok((await examine(bare)).odd.includes('hsts'));
    const other = await examine({ '/healthz': () => ({ status: 404 }) });
    t.notOk(other.findings.some((one) => one.id === 'did'));
  },
);
