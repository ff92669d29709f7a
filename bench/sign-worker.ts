// One process that signs module badges for a while and says how many: two of them show whether signing scales.
import { generateKeyPairSync } from 'node:crypto';
import { signEddsaRdfc2022 } from '../src/openbadges/proofs/eddsa-rdfc-2022.ts';
import { moduleBadge } from './fixture.ts';

const { privateKey } = generateKeyPairSync('ed25519');
const options = { privateKey, verificationMethod: 'did:web:badges.example.org#k', created: new Date() };
const badges = Array.from({ length: 500 }, (_, n) => moduleBadge(n));
for (const badge of badges) await signEddsaRdfc2022(badge, options);

process.on('message', (lastsMs: number) => {
  void (async () => {
    const until = performance.now() + lastsMs;
    let signed = 0;
    for (; performance.now() < until; signed += 50)
      for (let n = 0; n < 50; n += 1) await signEddsaRdfc2022(badges[(signed + n) % badges.length]!, options);
    process.send?.(signed);
  })();
});
process.on('disconnect', () => process.exit(0));
process.send?.('ready');
