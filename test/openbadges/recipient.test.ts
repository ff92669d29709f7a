import t from 'tap';
import fc from 'fast-check';
import { buildEmailIdentity, hashIdentity, isIdentityHash, matchRecipient } from '../../src/openbadges/recipient.ts';

const entry = (identityHash: string, extra: object = {}): object => ({
  type: 'IdentityObject',
  hashed: true,
  identityHash,
  identityType: 'emailAddress',
  ...extra,
});

void t.test('the published hashes are ours: identifier, then salt, no separator', async (t) => {
  t.equal(
    hashIdentity('a@example.com', 'Kosher'),
    'sha256$b5809d8a92f8858436d7e6b87c12ebc0ae1eac4baecc2c0b913aee2c922ef399',
  );
  t.equal(
    hashIdentity('jjefferson18@example.com', 'FleurDeSel'),
    'sha256$658625b25ab3d75d613ca97d9a5a77f70e2192feca5557f4ad09a4d4f121f5fc',
  );
});

void t.test('a hash is md5 or sha256 with all its digits, in either case, and nothing else', async (t) => {
  const hex = 'AB'.repeat(32);
  t.ok(isIdentityHash(`sha256$${hex}`));
  t.ok(isIdentityHash(`md5$${'0f'.repeat(16)}`));
  for (const bad of [
    hex,
    `sha256$${hex}0`,
    `sha256$${hex.slice(1)}`,
    `md5$${hex}`,
    `sha512$${hex}`,
    `sha256$${'zz'.repeat(32)}`,
  ])
    t.notOk(isIdentityHash(bad), bad.slice(0, 20));
});

void t.test('a salted hash matches the address it was made of, whatever the case of its digits', async (t) => {
  const identity = entry(hashIdentity('a@example.com', 'Kosher').replace(/b5809d/, 'B5809D'), { salt: 'Kosher' });
  const match = matchRecipient([identity], { identityType: 'emailAddress', identifier: 'a@example.com' });
  t.same(match, { matched: true, steps: [{ step: 'as_given', matched: true, entry: 0 }] });
});

void t.test('an unsalted hash and a plain identifier match too', async (t) => {
  const known = { identityType: 'emailAddress', identifier: 'a@example.com' };
  t.ok(matchRecipient(entry(hashIdentity('a@example.com', '', 'md5')), known).matched, 'one entry, not in a list');
  t.ok(matchRecipient([entry('a@example.com', { hashed: false })], known).matched);
});

void t.test('the retry in lower case is a step of its own, and taken only when the first failed', async (t) => {
  const identifiers = [
    entry('Ada', { hashed: false, identityType: 'name' }),
    entry(hashIdentity('ada@example.org', 's'), { salt: 's' }),
  ];
  const match = matchRecipient(identifiers, { identityType: 'emailAddress', identifier: 'Ada@Example.org' });
  t.same(match, {
    matched: true,
    steps: [
      { step: 'as_given', matched: false },
      { step: 'lower_case', matched: true, entry: 1 },
    ],
  });
  const other = matchRecipient(identifiers, { identityType: 'emailAddress', identifier: 'bob@example.org' });
  t.same(other, { matched: false, steps: [{ step: 'as_given', matched: false }] }, 'nothing to fold: one step');
});

void t.test('another identity type never matches', async (t) => {
  const identifiers = [entry('ada', { hashed: false, identityType: 'userName' })];
  t.notOk(matchRecipient(identifiers, { identityType: 'name', identifier: 'ada' }).matched);
});

void t.test('property: whoever made the hash matches, and no one else does', async () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), fc.string(), (identifier, other, salt) => {
      const identifiers = [entry(hashIdentity(identifier, salt), { salt })];
      const known = (text: string) => ({ identityType: 'emailAddress', identifier: text });
      if (!matchRecipient(identifiers, known(identifier)).matched) return false;
      const same = other === identifier || other.toLowerCase() === identifier;
      return matchRecipient(identifiers, known(other)).matched === same;
    }),
  );
});

void t.test('hostile entries never throw', async () => {
  fc.assert(
    fc.property(fc.anything(), (identifiers) => {
      matchRecipient(identifiers, { identityType: 'emailAddress', identifier: 'A' });
    }),
  );
});

void t.test('an e-mail identity needs a real hash and a salt', async (t) => {
  const identityHash = hashIdentity('a@example.com', 'Kosher');
  t.same(buildEmailIdentity(identityHash, 'Kosher'), entry(identityHash, { salt: 'Kosher' }));
  t.throws(() => buildEmailIdentity('a@example.com', 'Kosher'), { code: 'ERR_OB_CREDENTIAL_INVALID' });
  t.throws(() => buildEmailIdentity(identityHash, ''), { code: 'ERR_OB_CREDENTIAL_INVALID' });
});
