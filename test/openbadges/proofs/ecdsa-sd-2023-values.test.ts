// A proofValue is taken apart only when every component is what it must be.
import t from 'tap';
import { encode } from 'cborg';
import { parseSdProof } from '../../../src/openbadges/proofs/ecdsa-sd-2023-values.ts';
import { sdBaseBadge, sdDerivedBadge, sdWindsurf } from '../vectors/older-proofs.ts';

const bytes = (length: number, fill = 7) => new Uint8Array(length).fill(fill);
const value = (header: number, components: unknown) =>
  `u${Buffer.concat([Buffer.of(0xd9, 0x5d, header), encode(components)]).toString('base64url')}`;
const derived = (change: Record<number, unknown> = {}) => {
  const components: unknown[] = [bytes(64), bytes(35), [bytes(64)], new Map([[0, bytes(32)]]), [0, 1]];
  for (const [index, component] of Object.entries(change)) components[Number(index)] = component;
  return value(1, components);
};
const base = (change: Record<number, unknown> = {}) => {
  const components: unknown[] = [bytes(64), bytes(35), bytes(32), [bytes(64)], ['/issuer']];
  for (const [index, component] of Object.entries(change)) components[Number(index)] = component;
  return value(0, components);
};
const malformed = { code: 'ERR_OB_PROOF_MALFORMED', pointer: '/proofValue' };

void t.test('base and derived proofs of others are told apart', async (t) => {
  t.match(parseSdProof(sdBaseBadge.proof.proofValue), {
    kind: 'base',
    mandatoryPointers: ['/issuer', '/validFrom', '/credentialSubject/achievement'],
  });
  t.match(parseSdProof(sdDerivedBadge.proof.proofValue), { kind: 'derived' });
  // derivedDisclosureData of W3C's vector: six statements shown by choice.
  const windsurf = parseSdProof(sdWindsurf.proof.proofValue);
  t.equal(windsurf.signatures.length, 6);
  t.equal(windsurf.kind === 'derived' && windsurf.labels.get('c14n0'), 'u4YIOZn1MHES1Z4Ij2hWZG3R4dEYBqg5fHTyDEvYhC38');
});

void t.test('each component is of its kind and length', async (t) => {
  t.doesNotThrow(() => parseSdProof(derived()));
  t.doesNotThrow(() => parseSdProof(base()));
  for (const text of [
    derived({ 0: bytes(63) }),
    derived({ 0: 'x' }),
    derived({ 1: bytes(34) }),
    derived({ 2: bytes(64) }),
    derived({ 2: [bytes(65)] }),
    derived({ 3: {} }).replace(/^u/, 'z'),
    derived({ 3: [] }),
    derived({ 3: new Map([[0, bytes(31)]]) }),
    derived({ 3: new Map([['a', bytes(32)]]) }),
    derived({
      3: new Map([
        [0, bytes(32)],
        [1, bytes(32)],
      ]),
    }),
    derived({ 4: 'x' }),
    derived({ 4: [0, 0] }),
    derived({ 4: [-1] }),
    derived({ 4: [1.5] }),
    base({ 2: bytes(31) }),
    base({ 3: 7 }),
    base({ 4: '/issuer' }),
    value(1, [1, 2, 3]),
    value(1, 'x'),
    value(2, []),
    'u',
    'u2V0B',
    `${derived()}AA`,
    'z2V0B',
  ]) {
    t.throws(() => parseSdProof(text), malformed, text.slice(0, 40));
  }
});

void t.test('a proof that would take seconds to verify is refused', async (t) => {
  const many = Array.from({ length: 2001 }, () => bytes(64));
  t.throws(() => parseSdProof(derived({ 2: many })), { code: 'ERR_OB_TOO_COMPLEX' });
});
