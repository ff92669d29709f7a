// What a badge tells of its earner: what they allow, and an e-mail only as a hash.
import { randomBytes } from 'node:crypto';
import t from 'tap';
import { buildCredential, showLearner, wholeSecond } from '../../src/credentials/badge-content.ts';
import { buildEmailIdentity, hashIdentity } from '../../src/openbadges/recipient.ts';
import { findAwardable } from '../../src/tracks/catalogue.ts';
import { ordersFor, signing } from './badge-orders.ts';

const granted = { name: { granted: true, at: '2026-01-01T00:00:00.000Z' } };
const ada = { name: 'Ada', email: 'ada@example.edu', consents: {} };

void t.test('a name is shown by consent only, and each salt is another of 128 bits', async (t) => {
  t.match(showLearner(ada, randomBytes), { name: null, email: 'ada@example.edu', salt: /^[0-9a-f]{32}$/ });
  t.equal(showLearner({ ...ada, consents: granted }, randomBytes).name, 'Ada');
  t.equal(showLearner({ ...ada, consents: { name: { ...granted.name, granted: false } } }, randomBytes).name, null);
  t.not(showLearner(ada, randomBytes).salt, showLearner(ada, randomBytes).salt);
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
