// An endorsement counts when it verifies by itself and speaks of the thing it sits on.
import t from 'tap';
import { findEndorsements } from '../../../src/openbadges/checks/endorsement.ts';
import { controllerOf } from '../test-keys.ts';
import type { Json } from '../example-badge.ts';
import { badge, endorsement, find, otherKey, sign, summary, verify } from '../signed-badges.ts';

const GUILD = 'https://guild.example/issuer';
const guild = { issuer: { id: GUILD, type: ['Profile'], name: 'The guild' } };
const documents = { [GUILD]: controllerOf(GUILD, otherKey) };
const vouch = (extra: Json = {}): Promise<Json> => sign(endorsement({ ...guild, ...extra }), { key: otherKey });

async function endorsed(one: unknown, place: 'badge' | 'achievement' = 'badge') {
  const document = badge();
  if (place === 'badge') document.endorsement = [one];
  else document.credentialSubject.achievement.endorsement = [one];
  return verify(await sign(document), { documents });
}

void t.test('a good endorsement, with its own issuer', async (t) => {
  const report = await endorsed(await vouch());
  t.equal(summary(report), 'valid');
  t.match(find(report, 'endorsement'), {
    status: 'pass',
    details: { endorsements: [{ issuer: { id: GUILD }, pointer: '/endorsement/0' }] },
  });
});

void t.test(
  'one that is forged, expired or not an endorsement fails; the badge’s own signature stays good',
  async (t) => {
    const forged = await endorsed({ ...(await vouch()), name: 'Forged' });
    t.equal(summary(forged), 'invalid endorsement=fail/endorsement_signature_invalid');
    t.match(find(forged, 'signature'), { status: 'pass' });
    t.equal(
      summary(await endorsed(await vouch({ validUntil: '2026-04-01T00:00:00Z' }))),
      'invalid endorsement=fail/endorsement_expired',
    );
    t.match(
      summary(await endorsed(await sign(badge({ id: 'urn:uuid:3f7c1c2e-0002-4000-8000-000000000001' })))),
      /^invalid .*endorsement=fail\/endorsement_type/,
    );
  },
);

void t.test('one that speaks of something else warns', async (t) => {
  t.equal(
    summary(await endorsed(await vouch(), 'achievement')),
    'valid_with_warnings endorsement=warn/endorsement_of_another',
  );
});

void t.test('one whose issuer cannot be asked is unknown and changes no outcome', async (t) => {
  const document = badge({ endorsement: [await vouch()] });
  t.equal(summary(await verify(await sign(document))), 'valid endorsement=unknown/endorsement_key_not_at_hand');
});

void t.test('endorsements are found wherever one may sit', async (t) => {
  const tree = {
    id: 'a',
    endorsement: ['x'],
    issuer: { id: 'b', endorsementJwt: 'y' },
    credentialSubject: [{ achievement: { id: 'c', creator: { id: 'd', endorsement: [{ endorsement: ['inner'] }] } } }],
  };
  t.strictSame(
    findEndorsements(tree).map(({ pointer, owner }) => [pointer, owner]),
    [
      ['/endorsement/0', 'a'],
      ['/issuer/endorsementJwt/0', 'b'],
      ['/credentialSubject/0/achievement/creator/endorsement/0', 'd'],
    ],
  );
});
