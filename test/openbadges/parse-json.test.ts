// Hostile JSON is told before anything is built from it.
import t from 'tap';
import fc from 'fast-check';
import { constantPart } from '../../src/openbadges/constant-part.ts';
import { asArray, isObject, parseJson, withinLimits } from '../../src/openbadges/parse-json.ts';

const LIMITS = { textLength: 1000, depth: 4, values: 20 };

void t.test('good JSON comes through as it is', async (t) => {
  t.strictSame(parseJson('{"a":[1,{"b":"}{[\\""}],"c":null}'), { ok: true, json: { a: [1, { b: '}{["' }], c: null } });
});

void t.test('depth, length and number of values are bounded', async (t) => {
  t.match(parseJson('[[[[[1]]]]]', LIMITS), { ok: false, fault: 'too_deep' });
  t.match(parseJson(`"${'x'.repeat(1000)}"`, LIMITS), { ok: false, fault: 'too_large' });
  t.match(parseJson(JSON.stringify(Array(30).fill(0)), LIMITS), { ok: false, fault: 'too_many_values' });
  t.match(parseJson('['.repeat(1_000_000)), { ok: false, fault: 'too_deep' });
});

void t.test('a member that could become a prototype is refused, escaped or not', async (t) => {
  t.match(parseJson('{"__proto__":{"x":1}}'), { ok: false, fault: 'forbidden_member' });
  t.match(parseJson('{"\\u005f_proto__":{"x":1}}'), { ok: false, fault: 'forbidden_member' });
  t.match(parseJson('{"a":"__proto__"}'), { ok: true });
});

void t.test('two members of one name are refused, in the same object only', async (t) => {
  t.match(parseJson('{"id":"a","id":"b"}'), { ok: false, fault: 'repeated_member' });
  t.match(parseJson('{"id":"a","\\u0069d":"b"}'), { ok: false, fault: 'repeated_member' });
  t.match(parseJson('{"id":"a","b":{"id":"b"}}'), { ok: true });
});

void t.test('what is no JSON is said to be none', async (t) => {
  for (const text of ['', '{', '{"a"}', 'nonsense', '"open', '{"a":1,}']) t.match(parseJson(text), { ok: false });
});

void t.test('values that were not read from text meet the same bounds', async (t) => {
  let nested: unknown = 1;
  for (let level = 0; level < 5; level += 1) nested = [nested];
  t.match(withinLimits(nested, LIMITS), { ok: false, fault: 'too_deep' });
  t.match(withinLimits(Array(30).fill(0), LIMITS), { ok: false, fault: 'too_many_values' });
  for (const json of ['{"__proto__":1}', '[{"a":{"constructor":{}}}]', '[[[{"prototype":[]}]]]'])
    t.match(withinLimits(JSON.parse(json), LIMITS), { ok: false, fault: 'forbidden_member' });
  t.match(withinLimits({ a: [1] }, LIMITS), { ok: true });
});

void t.test('one or many', async (t) => {
  t.strictSame([asArray(undefined), asArray(null), asArray('a'), asArray(['a', 'b'])], [[], [], ['a'], ['a', 'b']]);
  t.strictSame([isObject({}), isObject([]), isObject(null), isObject('a')], [true, false, false, false]);
});

void t.test('half of a surrogate pair is refused: it would be hashed as another text', async (t) => {
  t.match(withinLimits({ a: 'x\ud800' }), { ok: false, fault: 'ill_formed_text' });
  t.match(withinLimits({ 'x\udc00': 1 }), { ok: false, fault: 'ill_formed_text' });
  t.match(withinLimits({ a: '\ud83d\ude00' }), { ok: true });
});

/** The bounds counted the long way: values, and levels of lists and objects. */
function measure(value: unknown): { values: number; depth: number } {
  if (typeof value !== 'object' || value === null) return { values: 1, depth: 0 };
  const below = Object.values(value).map(measure);
  return {
    values: below.reduce((sum, one) => sum + one.values, 1),
    depth: 1 + Math.max(0, ...below.map((one) => one.depth)),
  };
}

const nameless = (json: unknown): boolean => !/"(__proto__|constructor|prototype)":/.test(JSON.stringify(json));

void t.test('property: exactly what keeps to all bounds is within them, and the fault says which', async () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }).filter(nameless), (json) => {
      const { values, depth } = measure(json);
      const answer = withinLimits(json, LIMITS);
      if (values <= LIMITS.values && depth <= LIMITS.depth) return answer.ok;
      return !answer.ok && (answer.fault === 'too_deep' ? depth > LIMITS.depth : values > LIMITS.values);
    }),
    { numRuns: 1000 },
  );
});

void t.test('a part that never changes counts wherever it stands, the first time and later', async (t) => {
  const part = constantPart({ a: { b: { c: 1 } } });
  for (let time = 0; time < 2; time += 1) {
    t.match(withinLimits({ part }, LIMITS), { ok: true });
    t.match(withinLimits([[part]], LIMITS), { ok: false, fault: 'too_deep' });
    t.match(withinLimits([part, part, part, part], LIMITS), { ok: true }, '17 values');
    t.match(withinLimits([part, part, part, part, part], LIMITS), { ok: false, fault: 'too_many_values' });
  }
  const broken = constantPart({ a: 'x\ud800' });
  for (let time = 0; time < 2; time += 1)
    t.match(withinLimits({ broken }, LIMITS), { ok: false, fault: 'ill_formed_text' });
});
