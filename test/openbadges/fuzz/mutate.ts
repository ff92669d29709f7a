// Makes hostile texts, documents and pictures out of good ones: the same seed makes the same.
import { createHash } from 'node:crypto';

export type Json = Record<string, unknown>;

/** A stream of numbers from a seed: the digests of a counter. */
export class Dice {
  readonly #seed: string;
  #counter = 0;
  #bytes = Buffer.alloc(0);

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** A whole number below `sides`. */
  roll(sides: number): number {
    if (this.#bytes.length < 4) this.#bytes = createHash('sha512').update(`${this.#seed} ${this.#counter++}`).digest();
    const value = this.#bytes.readUInt32BE();
    this.#bytes = this.#bytes.subarray(4);
    return value % sides;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.roll(values.length)]!;
  }
}

const deep = (levels: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < levels; level += 1) value = level % 2 ? [value] : { a: value };
  return value;
};

const HOSTILE_VALUES: readonly (() => unknown)[] = [
  () => null,
  () => true,
  () => -0,
  () => 1e308,
  () => 2 ** 53,
  () => '',
  () => ' ',
  () => 'x'.repeat(70_000),
  () => '\ud800',
  () => '\u0000\u202e�',
  () => '<script>',
  () => 'https://[::1]:99999/%',
  () => 'did:web:..%2f..',
  () => `did:key:z${'1'.repeat(3000)}`,
  () => `did:jwk:${'e'.repeat(5000)}`,
  () => 'data:application/vc+jwt,e30.e30.AA',
  () => 'e30.e30.AA',
  () => `z${'2'.repeat(5000)}`,
  () => 'u2V0BhVhAAA',
  () => '9999-99-99T99:99:99Z',
  () => '+275760-09-13T00:00:00Z',
  () => 'sha256-',
  () => [],
  () => ({}),
  () => [[[[]]]],
  () => deep(40),
  () => deep(300),
  () => Array.from({ length: 300 }, (_, n) => ({ id: `urn:x:${n}` })),
  () => Array.from({ length: 60 }, () => ({ knows: {} })),
  () => ({ '@value': 'x', '@language': 'en' }),
  () => ({ '@set': [{ '@list': [{ '@list': [] }] }] }),
  () => ({ '@id': '_:b0', '@graph': [{ '@id': '_:b0' }] }),
  () => ({ '@context': { '@vocab': 'https://x.example/' }, a: 1 }),
  () => ({ '@context': { a: { '@id': 'a', '@context': { a: 'b' } } }, a: { a: {} } }),
  () => 'https://w3id.org/security/v2',
  () => ({
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '7',
    statusListCredential: 'https://school.example/status/1',
  }),
  () => ({ type: '1EdTechCredentialRefresh', id: 'https://school.example/refresh' }),
];

const HOSTILE_NAMES = [
  '__proto__',
  'constructor',
  'toString',
  '',
  '@id',
  '@type',
  '@context',
  '@graph',
  '@included',
  '@nest',
  '@reverse',
  '@json',
  '@none',
  '@version',
  '@import',
  'id',
  'type',
  'proof',
  'issuer',
  'credentialSubject',
  'credentialStatus',
  'endorsement',
  'endorsementJwt',
  'relatedResource',
  'refreshService',
  'credentialSchema',
  'validUntil',
  'previousProof',
  'verifiableCredential',
  'holder',
  'badge',
  'recipient',
  'a:b',
  '_:b',
  'https://x.example/#y',
  '\ud800',
];

type Holder = Json | unknown[];

function holdersOf(value: unknown, found: Holder[] = []): Holder[] {
  if (typeof value !== 'object' || value === null || found.length > 400) return found;
  found.push(value as Holder);
  for (const member of Object.values(value)) holdersOf(member, found);
  return found;
}

function put(holder: Holder, name: string, value: unknown): void {
  // Written as JSON.parse would: `__proto__` becomes a member.
  Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
}

/** Changes one place of a document. */
function mutateOnce(document: Json, dice: Dice): void {
  const holders = holdersOf(document);
  const holder = dice.pick(holders);
  const names = Object.keys(holder);
  const name = names.length > 0 ? dice.pick(names) : '0';
  const value = (holder as Json)[name];
  const change = dice.roll(9);
  if (change === 0) delete (holder as Json)[name];
  else if (change === 1) put(holder, name, [value]);
  else if (change === 2) put(holder, name, [value, structuredClone(value)]);
  else if (change === 3) put(holder, name, structuredClone(dice.pick(holders)));
  else if (change === 4 && typeof value === 'string') put(holder, name, mutateText(value, dice));
  else if (change === 5 && !Array.isArray(holder)) put(holder, dice.pick(HOSTILE_NAMES), structuredClone(value));
  else if (change === 6 && !Array.isArray(holder)) put(holder, dice.pick(HOSTILE_NAMES), dice.pick(HOSTILE_VALUES)());
  else put(holder, name, dice.pick(HOSTILE_VALUES)());
}

/** A document with one to four places changed. */
export function mutateJson(document: Json, dice: Dice): Json {
  const mutant = structuredClone(document);
  for (let left = 1 + dice.roll(4); left > 0; left -= 1) mutateOnce(mutant, dice);
  return mutant;
}

/** Bytes with some of them flipped, cut out, doubled, or replaced. */
export function mutateBytes(bytes: Buffer, dice: Dice): Buffer {
  let mutant = Buffer.from(bytes);
  for (let left = 1 + dice.roll(4); left > 0 && mutant.length > 0; left -= 1) {
    const at = dice.roll(mutant.length);
    const length = 1 + dice.roll(Math.min(64, mutant.length));
    const change = dice.roll(6);
    if (change === 0) mutant[at]! ^= 1 << dice.roll(8);
    else if (change === 1) mutant[at] = dice.pick([0x00, 0xff, 0x22, 0x3c, 0x3e, 0x5b, 0x7b, 0x2e, 0x80]);
    else if (change === 2) mutant = Buffer.concat([mutant.subarray(0, at), mutant.subarray(at + length)]);
    else if (change === 3)
      mutant = Buffer.concat([
        mutant.subarray(0, at),
        mutant.subarray(at - (at % 2), at + length),
        mutant.subarray(at),
      ]);
    else if (change === 4) mutant = mutant.subarray(0, at);
    else mutant.fill(dice.roll(256), at, Math.min(at + length, mutant.length));
  }
  return Buffer.from(mutant);
}

/** The same of a text: its bytes, read as UTF-8. */
export function mutateText(text: string, dice: Dice): string {
  if (dice.roll(60) === 0)
    return text.slice(0, dice.roll(text.length + 1)) + dice.pick(['[', '{"a":', '<a>', '"']).repeat(20_000);
  return mutateBytes(Buffer.from(text.slice(0, 100_000)), dice).toString('utf8');
}
