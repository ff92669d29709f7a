// Badges as a fuzzer makes them: a good one of any kind, then again and again another value, member, order or nesting,
// from what has ever been read two ways. Seeded, so that a failure can be repeated.
import fc from 'fast-check';
import { badge } from '../generated-badge.ts';
import { badgeVector } from '../vectors/open-badges.ts';
import { CONTEXTS, IRIS, NAMES, TYPES, WORDS } from './odd-words.ts';

type Json = Record<string, unknown>;

/** Numbers that look random and are the same for the same seed. */
export function dice(seed: number): (sides: number) => number {
  let state = seed >>> 0;
  return (sides) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

interface Place {
  owner: Json | unknown[];
  key: string;
  value: unknown;
}

function placesIn(value: unknown, places: Place[] = []): Place[] {
  if (value === null || typeof value !== 'object') return places;
  for (const [key, member] of Object.entries(value)) {
    places.push({ owner: value as Json, key, value: member });
    placesIn(member, places);
  }
  return places;
}

function put({ owner, key }: Place, value: unknown): void {
  Object.defineProperty(owner, key, { value, enumerable: true, writable: true, configurable: true });
}

/** Changes values alone: the shape stays, but where an IRI becomes none or the equal of another. */
export function changeValues(document: object, roll: (sides: number) => number): object {
  const changed = structuredClone(document);
  const isWild = roll(3) === 0;
  const texts = placesIn(changed).filter(
    ({ value, key }) => typeof value === 'string' && !value.includes('/context') && (key !== 'type' || roll(20) === 0),
  );
  for (let times = roll(6); times >= 0 && texts.length > 0; times -= 1) {
    const { value: old, ...place } = texts[roll(texts.length)] as Place & { value: string };
    const word = WORDS[roll(WORDS.length)] ?? '';
    const other = texts[roll(texts.length)]?.value;
    const isIri = /^(?:https?:|urn:|did:|mailto:)/.test(old);
    const fresh = [`urn:uuid:${roll(1e6)}`, `https://x.example/${roll(1e6)}`, `${IRIS[roll(IRIS.length)]}`][roll(3)];
    if (isWild) put({ ...place, value: old }, [word, word, fresh, other, `${old}${word}`, old.slice(0, -1)][roll(6)]);
    else if (!isIri) put({ ...place, value: old }, [word, `${old}${word}`, `${word}${old}`][roll(3)]);
    else for (const same of texts.filter(({ value }) => value === old)) put(same, fresh);
  }
  return changed;
}

/** Changes what stands there at all. */
export function changeShape(document: object, roll: (sides: number) => number): object {
  const changed = structuredClone(document);
  for (let times = roll(3); times >= 0; times -= 1) {
    const places = placesIn(changed);
    const place = places[roll(places.length)];
    const other = places[roll(places.length)];
    if (!place || !other) break;
    const name = NAMES[roll(NAMES.length)] ?? '';
    const word = WORDS[roll(WORDS.length)] ?? '';
    const objects = places.filter(({ value }) => value !== null && typeof value === 'object' && !Array.isArray(value));
    const object = (objects[roll(objects.length || 1)]?.value ?? changed) as Json;
    const add = (value: unknown): void => put({ owner: object, key: name, value }, value);
    [
      () => Reflect.deleteProperty(place.owner, Array.isArray(place.owner) ? 'none' : place.key),
      () => put(place, [place.value, structuredClone(roll(2) ? place.value : other.value)].flat()),
      () => put(place, [place.value]),
      () =>
        put(place, {
          '@value': word,
          ...(roll(2) && { '@language': ['en', 'DE', 'x y'][roll(3)] }),
          ...(roll(3) === 0 && { '@direction': 'rtl' }),
        }),
      () =>
        put(place, {
          '@value': word,
          '@type': ['https://x.example/D', 'http://www.w3.org/2001/XMLSchema#double', '@json'][roll(3)],
        }),
      () => put(place, [roll(1000) / 8, -0, 1e21, true, false, null, roll(100)][roll(7)]),
      () => add(word),
      () => add([word, WORDS[roll(WORDS.length)], 'x'].slice(0, 1 + roll(3))),
      () => add(structuredClone(other.value)),
      () => add({ ...(roll(2) && { id: word }), type: TYPES[roll(TYPES.length)], name: word }),
      () =>
        add([
          { type: ['Evidence'], name: word },
          { type: ['Evidence'], name: word },
        ]),
      () => Object.assign(object, { type: [object.type ?? [], TYPES[roll(TYPES.length)]].flat() }),
      () => Object.assign(object, { '@context': [object['@context'] ?? [], CONTEXTS[roll(CONTEXTS.length)]].flat() }),
      () => Object.assign(object, { id: [structuredClone(other.value), word, 'urn:same'][roll(3)] }),
      () => Reflect.deleteProperty(object, 'id'),
      () => {
        const members = Object.entries(object).reverse();
        for (const key of Object.keys(object)) Reflect.deleteProperty(object, key);
        for (const [key, value] of members) put({ owner: object, key, value }, value);
      },
      () => put(place, { [name]: place.value, type: TYPES[roll(TYPES.length)] }),
    ][roll(17)]?.();
  }
  return changed;
}

/** Nodes that are alike take the full path always: two in three badges are to have none. */
function withoutTwins<T>(value: T): T {
  if (Array.isArray(value)) {
    const distinct = new Map(value.map((one): [string, unknown] => [JSON.stringify(one), withoutTwins(one)]));
    return [...distinct.values()] as T;
  }
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withoutTwins(member)])) as T;
}

/** Good documents to begin with: generated badges, the guide's badge, an endorsement, a list, a proof's configuration. */
export function goodDocuments(count: number, seed: number): object[] {
  const contexts = badgeVector.unsigned['@context'];
  const endorsement = {
    '@context': contexts,
    id: 'urn:uuid:1',
    type: ['VerifiableCredential', 'EndorsementCredential'],
    issuer: { id: 'did:web:x.example', type: ['Profile'], name: 'X' },
    validFrom: '2026-03-04T10:11:12Z',
    credentialSubject: { id: 'urn:uuid:2', type: ['EndorsementSubject'], endorsementComment: 'Good' },
  };
  const list = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: 'https://x.example/list',
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: 'did:web:x.example',
    validFrom: '2026-03-04T10:11:12Z',
    credentialSubject: {
      id: 'https://x.example/list#list',
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: 'uH4sI',
      ttl: 1000,
    },
  };
  const proof = {
    type: 'DataIntegrityProof',
    cryptosuite: 'eddsa-rdfc-2022',
    created: '2026-03-04T10:11:12Z',
    verificationMethod: 'did:web:x.example#k',
    proofPurpose: 'assertionMethod',
    '@context': contexts,
  };
  return [
    badgeVector.unsigned,
    endorsement,
    list,
    proof,
    ...fc.sample(badge, { numRuns: count, seed }).map((one, n) => (n % 3 ? withoutTwins(one) : one)),
  ];
}
