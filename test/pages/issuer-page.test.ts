// Who issues: keys in every state, lists, and how to verify without us.
import t from 'tap';
import { issuerPage } from '../../src/pages/issuer-page.ts';
import { wordsOf } from '../../src/pages/words.ts';
import type { RingKey } from '../../src/platform/key-ring.ts';
import { site } from './badge-for-pages.ts';

const at = new Date('2026-01-01T00:00:00Z');
const keyOf = (state: RingKey['state'], kid: string): RingKey => ({
  kid,
  use: 'data-integrity',
  algorithm: 'EdDSA',
  state,
  publicJwk: { kty: 'OKP' },
  createdAt: at,
  activatedAt: at,
  retiredAt: null,
  compromisedAt: null,
});

await t.test('every key is shown with its state, those of before too', async (t) => {
  const keys = (['next', 'active', 'retired', 'compromised'] as const).map((state) => keyOf(state, `key-${state}`));
  const { text } = issuerPage(keys, ['https://badges.example.org/status/revocation/0'], site, wordsOf('en')).body;
  for (const word of ['Announced', 'In use', 'Retired', 'Compromised']) t.match(text, word);
  t.match(text, /href="https:\/\/badges\.example\.org\/keys\/key-retired"/);
  t.match(text, /status\/revocation\/0/);
  t.match(text, /did:web:badges\.example\.org/);
  t.match(text, /id="offline"/);
});

await t.test('without a list it says so', async (t) => {
  t.match(issuerPage([], [], site, wordsOf('en')).body.text, /no badge was issued/);
});
