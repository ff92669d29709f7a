// What cannot change is looked at once, and what is wrong with it is said each time.
import t from 'tap';
import fc from 'fast-check';
import { checkCredential } from '../../src/openbadges/check-credential.ts';
import { constantPart, isConstant, jsonOf, withoutEmpty } from '../../src/openbadges/constant-part.ts';
import { assertSignable, buildBadge } from '../../src/openbadges/credential.ts';
import { exampleBadge } from './example-badge.ts';

void t.test('a constant part is a copy that nobody can change, without what is empty', async (t) => {
  const given = { id: 'https://a.example/', tag: [] as string[], creator: { name: 'A', url: undefined } };
  const part = constantPart(given);
  t.same(part, { id: 'https://a.example/', creator: { name: 'A' } });
  t.ok(isConstant(part));
  t.notOk(isConstant(given));
  t.throws(() => (part.id = 'https://b.example/'), TypeError);
  t.throws(() => (part.creator.name = 'B'), TypeError);
  given.creator.name = 'C';
  t.equal(part.creator.name, 'A');
  t.equal((withoutEmpty({ part }) as { part: object }).part, part);
});

function badgeWith(achievement: object) {
  const { id, issuer, credentialSubject } = exampleBadge();
  return buildBadge({
    id,
    issuer,
    achievement: constantPart(achievement) as never,
    subjectId: credentialSubject.id,
    validFrom: new Date('2026-03-04T10:11:12Z'),
  });
}

void t.test('a good part is good in every badge', async (t) => {
  const { achievement } = exampleBadge().credentialSubject;
  const badge = badgeWith(achievement);
  t.same(checkCredential(badge).findings, []);
  t.same(checkCredential(badge).findings, []);
  t.doesNotThrow(() => assertSignable(badge));
  t.same(JSON.parse(JSON.stringify(badge)).credentialSubject.achievement, achievement);
});

void t.test('a bad part is refused each time, not only the first', async (t) => {
  const { achievement } = exampleBadge().credentialSubject;
  const nameless = constantPart({ ...achievement, name: undefined });
  const encoded = constantPart({ ...achievement, name: 'Bread &amp; butter' });
  for (let time = 0; time < 3; time += 1) {
    t.throws(() => badgeWith(nameless), { code: 'ERR_OB_CREDENTIAL_INVALID' });
    t.throws(() => badgeWith(encoded), { code: 'ERR_OB_HTML_ENTITY' });
  }
  const wrongPlace = { ...badgeWith(achievement), issuer: constantPart(achievement) };
  t.ok(checkCredential(wrongPlace).findings.length > 0, 'what is good as an achievement is no issuer');
});

void t.test('property: what is empty is left out, at every depth, and the rest keeps its order', async () => {
  const plain = (value: unknown): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    if (Array.isArray(value)) return value.map(plain);
    const kept = Object.entries(value).filter(
      ([, one]) => one !== undefined && one !== null && !(Array.isArray(one) && one.length === 0),
    );
    return Object.fromEntries(kept.map(([name, one]) => [name, plain(one)]));
  };
  fc.assert(
    fc.property(fc.jsonValue(), (json) => JSON.stringify(withoutEmpty(json)) === JSON.stringify(plain(json))),
    { numRuns: 500, examples: [[JSON.parse('{"__proto__":{"a":[]},"b":{"__proto__":1}}')]] },
  );
});

void t.test('a bad part that no longer had room in a report is bad the next time too', async (t) => {
  const { achievement } = exampleBadge().credentialSubject;
  const nameless = constantPart({ ...achievement, name: undefined });
  const good = exampleBadge();
  good.credentialSubject.achievement = nameless;
  const badge = { ...good, relatedResource: Array.from({ length: 300 }, () => ({})) };
  const first = checkCredential(badge).findings;
  t.same(checkCredential(badge).findings, first);
  t.same(
    checkCredential(good).findings.map((one) => one.pointer),
    ['/credentialSubject/achievement/name'],
  );
});

/** JSON of which some objects are constant parts, at any depth, and some members are not written. */
const documents = fc.letrec<{ value: unknown; object: object }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom(undefined, Number.NaN, -0, 1e21, new Date(0), new Date(Number.NaN), () => 1, Symbol('s')),
    fc.string({ unit: 'binary' }),
    fc.jsonValue({ maxDepth: 2 }),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
    fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }).map(constantPart),
  ),
  object: fc.oneof(
    fc.dictionary(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('7', 'toJSON')), tie('value'), {
      maxKeys: 5,
    }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 3 }).map((members) => ({ ...members, toJSON: () => 'own' })),
  ),
})).object;

void t.test('property: a document is written as JSON.stringify writes it, each time', async () => {
  const { achievement } = exampleBadge().credentialSubject;
  const part = constantPart(achievement);
  const hostile = Object.defineProperty({ part }, '__proto__', { value: { part, a: '\ud800"' }, enumerable: true });
  fc.assert(
    fc.property(documents, (document) => [1, 2].every(() => jsonOf(document) === JSON.stringify(document))),
    {
      numRuns: 2000,
      examples: [[badgeWith(achievement)], [part], [{ a: undefined, part }], [{ 2: part, 1: {} }], [hostile]],
    },
  );
});

void t.test('something else can stand for a constant part, and for nothing but one', async (t) => {
  const [part, other] = [constantPart({ a: 1 }), constantPart({ b: { c: 2 } })];
  const given: string[] = [];
  const text = jsonOf({ part, list: [part], plain: { a: 1 }, deep: { other } }, (one) => `<${given.push(one)}>`);
  t.equal(text, '{"part":<1>,"list":[{"a":1}],"plain":{"a":1},"deep":{"other":<2>}}');
  t.same(given, ['{"a":1}', '{"b":{"c":2}}']);
});
