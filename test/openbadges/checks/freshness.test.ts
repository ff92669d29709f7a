// A refresh gives a newer copy of the same credential, or nothing.
import t from 'tap';
import type { Served } from '../documents.ts';
import type { Json } from '../example-badge.ts';
import { badge, find, otherKey, sign, summary, verify } from '../signed-badges.ts';

const REFRESH = 'https://school.example/refresh/1';
const refreshable = (extra: Json = {}): Json =>
  badge({
    '@context': [...badge()['@context'], 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'],
    refreshService: { id: REFRESH, type: '1EdTechCredentialRefresh' },
    ...extra,
  });
const ask = async (original: Json, served: Served) =>
  verify(await sign(original), { documents: { [REFRESH]: served } });

void t.test('a newer copy takes the place of an expired original', async (t) => {
  const newer = await sign(refreshable({ validFrom: '2026-05-01T00:00:00Z', name: 'Newer' }));
  const report = await ask(refreshable({ validUntil: '2026-04-01T00:00:00Z' }), newer);
  t.equal(summary(report), 'valid');
  t.match(find(report, 'freshness'), { status: 'pass', code: 'refreshed' });
  t.match(report.credential, { name: 'Newer' });
});

void t.test('the same copy is the latest', async (t) => {
  const original = refreshable();
  t.match(find(await ask(original, await sign(original)), 'freshness'), { status: 'pass', code: 'latest_copy' });
});

void t.test(
  'the same id, written otherwise: percent signs are undone once and blanks trimmed, nothing else',
  async (t) => {
    const id = 'https://badges.example.org/credentials/caf%C3%A9';
    const ask2 = async (other: string): Promise<string> => {
      const newer = await sign(refreshable({ id: other, validFrom: '2026-05-01T00:00:00Z' }));
      return find(await ask(refreshable({ id }), newer), 'freshness').code;
    };
    t.equal(await ask2('https://badges.example.org/credentials/café'), 'refreshed');
    t.equal(await ask2('https://badges.example.org/credentials/caf%25C3%25A9'), 'refresh_of_another');
    t.equal(await ask2('https://BADGES.example.org/credentials/café'), 'refresh_of_another');
  },
);

void t.test('whatever fails, the original stands', async (t) => {
  const cases: [string, Served][] = [
    ['refresh_unreachable', { status: 500 }],
    ['refresh_unreadable', 'nonsense'],
    ['refresh_of_another', await sign(refreshable({ id: 'https://badges.example.org/credentials/2' }))],
    ['refresh_of_another', await sign(refreshable({ issuer: `did:key:${otherKey.multibase}` }), { key: otherKey })],
    ['refresh_older', await sign(refreshable({ validFrom: '2025-01-01T00:00:00Z' }))],
    ['refresh_not_genuine', { ...(await sign(refreshable({ validFrom: '2026-05-01T00:00:00Z' }))), name: 'Forged' }],
  ];
  for (const [code, served] of cases) {
    const report = await ask(refreshable(), served);
    t.equal(report.outcome, 'valid', code);
    t.match(find(report, 'freshness'), { status: 'unknown', code });
    t.match(report.credential, { name: 'Bread baking' });
  }
});

void t.test('a forged badge does not make us ask', async (t) => {
  const signed = await sign(refreshable());
  t.match(find(await verify({ ...signed, name: 'Forged' }), 'freshness'), { status: 'skipped', code: 'not_genuine' });
});

void t.test('no service, and one of another type', async (t) => {
  t.match(find(await verify(await sign(badge())), 'freshness'), { status: 'skipped', code: 'no_refresh_service' });
  const context = [...badge()['@context'], { Carrier: 'https://pigeons.example/#Carrier' }];
  const other = badge({ '@context': context, refreshService: { id: REFRESH, type: 'Carrier' } });
  t.match(find(await verify(await sign(other)), 'freshness'), { status: 'skipped', code: 'refresh_type_unknown' });
});
