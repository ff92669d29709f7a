// What a badge tells of its earner: what they allow, and an e-mail only as a hash.
import { randomBytes } from 'node:crypto';
import t from 'tap';
import { buildCredential, drawSalts, showLearner, wholeSecond } from '../../src/credentials/badge-content.ts';
import { buildEmailIdentity, hashIdentity } from '../../src/openbadges/recipient.ts';
import { findAwardable } from '../../src/tracks/catalogue.ts';
import { ordersFor, signing } from './badge-orders.ts';

const granted = { name: { granted: true, at: '2026-01-01T00:00:00.000Z' } };
const ada = { name: 'Ada', email: 'ada@example.edu', consents: {} };

void t.test('a name is shown by consent only', async (t) => {
  t.same(showLearner(ada, 'cd'), { name: null, email: 'ada@example.edu', salt: 'cd' });
  t.equal(showLearner({ ...ada, consents: granted }, 'cd').name, 'Ada');
  t.equal(showLearner({ ...ada, consents: { name: { ...granted.name, granted: false } } }, 'cd').name, null);
});

void t.test('each salt has 128 bits of its own, however many are drawn', async (t) => {
  for (const count of [1, 2, 100]) {
    const salts = drawSalts(count, randomBytes);
    t.equal(new Set(salts).size, count);
    t.ok(salts.every((salt) => /^[0-9a-f]{32}$/.test(salt)));
  }
  const counting = (sizeBytes: number): Buffer => Buffer.from(Array.from({ length: sizeBytes }, (_, at) => at));
  const bytes = drawSalts(5, counting).map((salt) => Buffer.from(salt, 'hex'));
  t.same([...Buffer.concat(bytes)], [...counting(80)], 'what is drawn is used, once');
});

void t.test('whoever has neither e-mail nor consent is a urn and nothing else', async (t) => {
  const [order] = ordersFor(1);
  const { awardedAt, settings } = signing;
  const parts = { ...order!, awardable: findAwardable('core/commons')!, awardedAt, validFrom: awardedAt };
  const salt = 'cd'.repeat(16);
  const of = (shown: typeof parts.shown) => buildCredential(settings, { ...parts, shown }) as unknown as Subject;
  t.equal(of({ email: null, name: null, salt }).credentialSubject.identifier, undefined);
  t.same(of({ email: 'ada@example.edu', name: 'Ada', salt }).credentialSubject.identifier, [
    { type: 'IdentityObject', hashed: false, identityHash: 'Ada', identityType: 'name' },
    buildEmailIdentity(hashIdentity('ada@example.edu', salt), salt),
  ]);
  t.equal(of({ email: null, name: null, salt }).credentialSubject.identifier, undefined);
  t.match(of({ email: 'ada@example.edu', name: 'Ada', salt }).credentialSubject.identifier, [
    { hashed: false, identityHash: 'Ada', identityType: 'name' },
    { hashed: true, identityHash: hashIdentity('ada@example.edu', salt), salt },
  ]);
  t.equal(of({ email: null, name: null, salt }).credentialSubject.id, order!.subjectId);
});

interface Subject {
  credentialSubject: { id: string; identifier?: object[] };
}

void t.test('a date loses what is less than a second, and is never later than it was', async (t) => {
  t.equal(wholeSecond(new Date(1999)).getTime(), 1000);
  t.equal(wholeSecond(new Date(2000)).getTime(), 2000);
});
