// Endorsements verify alone and inside what they endorse, until they are revoked.
import { decodeJwt, importJWK, jwtVerify } from 'jose';
import t from 'tap';
import { readEndorsement, type StoredEndorsement } from '../../src/credentials/endorsement-store.ts';
import { endorsementUrl, issueEndorsement } from '../../src/credentials/issue-endorsement.ts';
import { recoverFromCompromise } from '../../src/credentials/recover-from-compromise.ts';
import { revokeEndorsement } from '../../src/credentials/revoke-endorsement.ts';
import { OB_V3, VC_V2 } from '../../src/openbadges/contexts.ts';
import { compromiseKey } from '../../src/platform/compromise-key.ts';
import type { Service } from '../../src/platform/service.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { OWN, openVcApi, plain, verifiesElsewhere, type VcApi } from './vc-api-caller.ts';

const order = { subject: OWN, name: 'Accredited', comment: 'Delivers the sessions well.' };
const credentialOf = (stored: StoredEndorsement) => JSON.parse(stored.json) as Record<string, unknown>;

/** A badge whose issuer carries an endorsement, in either form. */
const badgeWith = (members: object) =>
  plain({
    '@context': [VC_V2, OB_V3],
    id: 'urn:uuid:3f0a1b8a-6f39-4f4b-8a3f-6f2a5d7a9a10',
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name: 'A badge',
    issuer: { id: OWN, type: ['Profile'], name: 'Ours', ...members },
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: {
      id: 'did:example:subject',
      type: ['AchievementSubject'],
      achievement: {
        id: 'https://a.example/1',
        type: ['Achievement'],
        name: 'A',
        description: 'A thing done.',
        criteria: { narrative: 'Do it.' },
      },
    },
  });

async function endorsementCheck(api: VcApi, members: object): Promise<{ status: string; code: string } | undefined> {
  const { vc, text } = await api.issue(badgeWith(members));
  if (!vc) throw new Error(text);
  const answer = await api.call('POST', '/v1/verify', JSON.stringify(vc), { 'content-type': 'application/vc' });
  const { checks } = answer.json<{ checks: { id: string; status: string; code: string }[] }>();
  return checks.find((one) => one.id === 'endorsement');
}

await onEachDatabase(
  t,
  'verified alone by code that is not ours, and by ours inside a badge, in both forms',
  async (t, service) => {
    const api = await openVcApi(t, service);
    const stored = await issueEndorsement(service, order);
    t.match(credentialOf(stored), { id: endorsementUrl(service.config.publicUrl, stored.id), name: 'Accredited' });
    t.ok(await verifiesElsewhere(service, credentialOf(stored)));
    const key = service.keys.active('vc-jwt');
    await t.resolves(
      jwtVerify(stored.jwt, await importJWK(key.publicJwk, key.algorithm), { currentDate: service.now() }),
    );
    t.match(decodeJwt(stored.jwt), { iss: OWN, sub: OWN, jti: endorsementUrl(service.config.publicUrl, stored.id) });
    t.equal((await api.verify(credentialOf(stored))).status, 200);
    for (const members of [{ endorsement: [credentialOf(stored)] }, { endorsementJwt: [stored.jwt] }])
      t.match(await endorsementCheck(api, members), { status: 'pass', code: 'endorsements_verified' });
    await revokeEndorsement(service, stored.id);
    t.match(await endorsementCheck(api, { endorsement: [credentialOf(stored)] }), { status: 'fail', code: /revoked/ });
  },
  { vcApi: true },
);

async function kept(service: Service, id: string): Promise<StoredEndorsement> {
  const stored = await readEndorsement(service.db.read, id);
  if (!stored) throw new Error(`no endorsement ${id}`);
  return stored;
}

await onEachDatabase(t, 'what a compromised key had signed is signed anew, word for word', async (t, service) => {
  const before = await issueEndorsement(service, { ...order, validUntil: new Date('2030-01-01T00:00:00Z') });
  await compromiseKey(service, before.kid);
  await recoverFromCompromise(service, before.kid);
  const after = await kept(service, before.id);
  t.not(after.kid, before.kid);
  const [{ proof: _, ...old }, { proof: __, ...fresh }] = [credentialOf(before), credentialOf(after)];
  t.strictSame(fresh, old);
  t.ok(await verifiesElsewhere(service, credentialOf(after)));
  await compromiseKey(service, after.jwtKid);
  await recoverFromCompromise(service, after.jwtKid);
  t.not((await kept(service, before.id)).jwtKid, after.jwtKid);
});

await onEachDatabase(t, 'what a wallet would rewrite is refused with the reason', async (t, service) => {
  const refused = issueEndorsement(service, { ...order, comment: 'R&amp;D' });
  await t.rejects(refused, { code: 'endorsement_malformed', status: 422, message: /holds "&amp;"/ });
});
