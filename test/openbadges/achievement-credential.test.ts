import t from 'tap';
import { achievementCredentialSchema } from '../../src/openbadges/achievement-credential.ts';
import { exampleBadge, exampleBadgeV1, exampleEndorsement, findingsAfter, findingsOf } from './example-badge.ts';

void t.test('the least badge breaks no rule, and parses as what it is', async (t) => {
  t.same(findingsOf(exampleBadge()), []);
  t.equal(achievementCredentialSchema.parse(exampleBadge()).validFrom, '2026-03-04T10:11:12Z');
});

void t.test('the two names of a badge are one; one of them is needed', async (t) => {
  t.same(
    findingsAfter((badge) => (badge.type = ['VerifiableCredential', 'AchievementCredential'])),
    [],
  );
  t.same(
    findingsAfter((badge) => (badge.type = ['OpenBadgeCredential'])),
    ['fail /type type_wrong'],
  );
  t.same(
    findingsAfter((badge) => (badge.type = ['VerifiableCredential', 'OtherCredential'])),
    ['fail /type type_wrong'],
  );
});

void t.test('name is a choice in the present form and a duty in the older one', async (t) => {
  t.same(
    findingsAfter((badge) => delete badge.name),
    [],
  );
  t.ok(findingsAfter((badge) => delete badge.name, exampleBadgeV1()).includes('fail /name member_missing'));
});

void t.test('the older form has its own dates and an issuer that is a profile', async (t) => {
  t.ok(
    findingsAfter((badge) => delete badge.issuanceDate, exampleBadgeV1()).includes('fail /issuanceDate member_missing'),
  );
  t.ok(
    findingsAfter((badge) => (badge.issuer = 'did:web:a.example'), exampleBadgeV1()).includes(
      'fail /issuer object_expected',
    ),
  );
  t.ok(
    findingsAfter((badge) => (badge.expirationDate = '2020-01-01T00:00:00Z'), exampleBadgeV1()).includes(
      'fail /expirationDate validity_ends_first',
    ),
  );
});

void t.test('dates have their zone, and end after they begin', async (t) => {
  t.same(
    findingsAfter((badge) => (badge.validFrom = '2026-03-04T10:11:12')),
    ['fail /validFrom datetime_malformed'],
  );
  t.same(
    findingsAfter((badge) => (badge.awardedDate = '2026-03-04')),
    ['fail /awardedDate datetime_malformed'],
  );
  t.same(
    findingsAfter((badge) => (badge.validUntil = '2026-03-04T11:11:11+01:00')),
    ['fail /validUntil validity_ends_first'],
  );
  t.same(
    findingsAfter((badge) => (badge.validUntil = '2026-03-04T11:11:12+01:00')),
    [],
    'the same instant',
  );
});

void t.test('endorsements inside are checked as endorsements', async (t) => {
  t.same(
    findingsAfter((badge) => (badge.endorsement = [exampleEndorsement()])),
    [],
  );
  const broken = { ...exampleEndorsement(), name: undefined };
  t.same(
    findingsAfter((badge) => (badge.endorsement = [broken])),
    ['fail /endorsement/0/name member_missing'],
  );
});
