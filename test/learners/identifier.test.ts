// What platforms say of who somebody is: what of it may match, and how it is asked for.
import fc from 'fast-check';
import t from 'tap';
import {
  identifier,
  keyOf,
  keyText,
  namesOf,
  normalEmail,
  parseIdentifierQuery,
  type Identifier,
} from '../../src/learners/identifier.ts';

const MOODLE = 'https://moodle.example.edu';
const email = (value: string, verified?: boolean): Identifier => ({ type: 'email', value, verified });
const account = (name: string): Identifier => ({ type: 'account', homePage: MOODLE, name });
const did = (value: string): Identifier => ({ type: 'did', value });

const matchingKeys = (identifiers: Identifier[], trustEmail: boolean) =>
  namesOf(identifiers, trustEmail)
    .filter((one) => one.believed)
    .map((one) => one.key);

const anyIdentifier: fc.Arbitrary<Identifier> = fc.oneof(
  fc.emailAddress().chain((value) => fc.option(fc.boolean(), { nil: undefined }).map((v) => email(value, v))),
  fc.string({ minLength: 1 }).map(account),
  fc.stringMatching(/^did:[a-z]{1,8}:[A-Za-z0-9._-]{1,20}$/).map(did),
);

await t.test('a DID that nobody proved never matches, whoever says it', async (t) => {
  fc.assert(
    fc.property(fc.array(anyIdentifier), fc.boolean(), (identifiers, trusted) =>
      matchingKeys(identifiers, trusted).every((key) => key.kind !== 'did'),
    ),
  );
  t.same(matchingKeys([did('did:key:z6Mk')], true), []);
});

await t.test('the word of a client that is not trusted with e-mails makes none verified', async (t) => {
  t.same(matchingKeys([email('ada@example.edu', true)], false), []);
  t.same(matchingKeys([email('ada@example.edu', false), email('b@example.edu')], true), []);
  t.same(matchingKeys([email('ada@example.edu', true)], true), [
    { kind: 'email', authority: '', value: 'ada@example.edu' },
  ]);
});

await t.test('every identifier is named once by its own key, believed or not', async (t) => {
  fc.assert(
    fc.property(fc.array(anyIdentifier), fc.boolean(), (identifiers, trusted) => {
      const names = namesOf(identifiers, trusted);
      t.same(names.map((one) => one.text).sort(), identifiers.map((one) => keyText(keyOf(one))).sort());
      t.ok(names.every(({ key, text }) => keyText(key) === text));
      t.notOk(
        names.some((one, n) => one.believed && n > 0 && !names[n - 1]!.believed),
        'the believed ones first',
      );
    }),
    { numRuns: 50 },
  );
});

await t.test('accounts are believed before e-mails, in whatever order they are given', async (t) => {
  const kinds = (given: Identifier[]) => matchingKeys(given, true).map((key) => key.kind);
  t.same(kinds([email('a@b.org', true), account('17'), did('did:key:z6Mk')]), ['account', 'email']);
});

await t.test('e-mails are one in whatever case, accounts are not', async (t) => {
  fc.assert(
    fc.property(fc.emailAddress(), (address) => {
      const [lower] = matchingKeys([email(address.toLowerCase(), true)], true);
      const [upper] = matchingKeys([email(address.toUpperCase(), true)], true);
      return lower !== undefined && upper !== undefined && keyText(lower) === keyText(upper);
    }),
  );
  t.equal(normalEmail(' Ada@Example.EDU '), 'ada@example.edu');
  t.not(
    keyText({ kind: 'account', authority: MOODLE, value: 'Ada' }),
    keyText({ kind: 'account', authority: MOODLE, value: 'ada' }),
  );
});

await t.test('what a query names is the key that a record of the same identifier matches by', async (t) => {
  const [mail] = matchingKeys([email('Ada@Example.edu', true)], true);
  for (const text of ['ada@example.edu', 'Ada@Example.edu', 'email:ada@example.edu', 'mailto:ADA@example.edu'])
    t.same(parseIdentifierQuery(text), mail, text);
  const [held] = matchingKeys([account('auth0|5f7c8ec7')], true);
  t.same(parseIdentifierQuery(`account:${MOODLE}|auth0|5f7c8ec7`), held);
  t.same(parseIdentifierQuery('did:key:z6Mk'), { kind: 'did', authority: '', value: 'did:key:z6Mk' });
});

await t.test('a query that names nothing is undefined, never an exception', async (t) => {
  for (const text of ['', 'ada', 'account:', `account:${MOODLE}`, '17']) t.equal(parseIdentifierQuery(text), undefined);
  fc.assert(
    fc.property(fc.string(), (text) => {
      parseIdentifierQuery(text);
      return true;
    }),
  );
});

await t.test('an account is found by its query whatever characters its name has', async (t) => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (name) => {
      const [key] = matchingKeys([account(name)], false);
      t.same(parseIdentifierQuery(`account:${MOODLE}|${name}`), key);
    }),
  );
});

await t.test('identifiers are held to their form, and unknown members are refused', async (t) => {
  const fine = [email('ada@example.edu', true), account('17'), did('did:web:example.org%3A3000:ada')];
  for (const one of fine) t.ok(identifier.safeParse(one).success, one.type);
  const broken = [
    { type: 'email', value: 'ada' },
    { type: 'email', value: 'ada@example.edu', verfied: true },
    { type: 'account', homePage: 'moodle', name: '17' },
    { type: 'account', homePage: MOODLE, name: '' },
    { type: 'did', value: 'did:KEY:z6Mk' },
    { type: 'did', value: 'did:key:a b' },
    { type: 'phone', value: '1' },
  ];
  for (const one of broken) t.notOk(identifier.safeParse(one).success, JSON.stringify(one));
});
