// A process that asks a service to verify other people's badges, as fast as it answers, until it is ended: each badge is
// another, and its issuer a did:key, so that nothing is remembered and nothing is fetched.
import { generateKeyPairSync } from 'node:crypto';
import { Pool } from 'undici';
import { encodeMultikey } from '../src/openbadges/keys.ts';
import { signEddsaRdfc2022 } from '../src/openbadges/proofs/eddsa-rdfc-2022.ts';
import { moduleBadge } from './fixture.ts';

const AT_ONCE = 24;
const BADGES = 400;
const url = process.env.VERIFY_URL!;
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const multikey = encodeMultikey(publicKey);
const did = `did:key:${multikey}`;

const badges: string[] = [];
for (let n = 0; n < BADGES; n += 1) {
  const { credentialStatus: _, relatedResource: __, ...badge } = moduleBadge(n) as Record<string, unknown>;
  const foreign = { ...badge, issuer: { id: did, type: ['Profile'], name: 'Another school' } };
  badges.push(
    JSON.stringify(
      await signEddsaRdfc2022(foreign as never, {
        privateKey,
        verificationMethod: `${did}#${multikey}`,
        created: new Date('2026-11-20T00:00:00Z'),
      }),
    ),
  );
}
const pool = new Pool(url, { connections: AT_ONCE });
let next = 0;
async function ask(): Promise<void> {
  for (;;) {
    const body = badges[next++ % BADGES]!;
    const headers = { 'content-type': 'application/vc' };
    const answer = await pool.request({ method: 'POST', path: '/v1/verify', body, headers });
    const text = await answer.body.text();
    if (answer.statusCode === 503) continue;
    if (answer.statusCode !== 200) throw new Error(`verification answered ${answer.statusCode}: ${text}`);
    if (!text.includes('"id":"signature","status":"pass"')) throw new Error(text.slice(0, 600));
    process.send?.('verified');
  }
}
process.send?.('ready');
process.on('message', () => void Promise.all(Array.from({ length: AT_ONCE }, ask)));
process.on('disconnect', () => process.exit(0));
