import t from 'tap';
import { dateTimeForm, isUri } from '../../src/openbadges/primitives.ts';
import { findingsAfter, type Json } from './example-badge.ts';

void t.test('a time is a real calendar date with a real zone', async (t) => {
  for (const good of [
    '2024-02-29T00:00:00Z',
    '2026-03-04T10:11:12.345+05:30',
    '0001-01-01T23:59:59-14:00',
    '2020-01-01T24:00:00Z',
  ])
    t.equal(dateTimeForm(good), 'zoned', good);
  t.equal(dateTimeForm('2026-03-04T10:11:12'), 'local');
  for (const bad of [
    '2023-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-01-01T25:00:00Z',
    '2026-01-01T24:00:01Z',
    '2026-01-01T00:60:00Z',
    '2026-01-01T00:00:60Z',
    '2026-01-01T00:00:00+15:00',
    '2026-01-01T00:00:00+0100',
    '2026-01-01',
    '2026-01-01 00:00:00Z',
    '2026-1-1T00:00:00Z',
    'yesterday',
    '',
    7,
    null,
  ])
    t.equal(dateTimeForm(bad), undefined, String(bad));
});

void t.test('a date that is asked of again has the form it had', async (t) => {
  const forms = {
    '2026-03-04T10:11:12Z': 'zoned',
    '2026-03-04T10:11:12': 'local',
    '2026-02-30T10:11:12Z': undefined,
    '': undefined,
  };
  for (let time = 0; time < 3; time += 1)
    for (const [text, form] of Object.entries(forms)) {
      t.equal(dateTimeForm(text), form, text);
      t.equal(dateTimeForm(text), form, text);
    }
});

void t.test('every day of the calendar is a date, and no other', async (t) => {
  const isReal = (year: number, month: number, day: number): boolean => {
    const date = new Date(Date.UTC(year, month - 1, day));
    return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  };
  for (const year of [1900, 2000, 2023, 2024])
    for (let month = 0; month <= 13; month += 1)
      for (let day = 0; day <= 32; day += 1) {
        const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}T00:00:00Z`;
        if ((dateTimeForm(text) === 'zoned') !== isReal(year, month, day)) t.fail(text);
      }
});

void t.test('a URI is absolute and holds no blanks; any script and any scheme will do', async (t) => {
  for (const good of [
    'https://a.example/ü?x=1#y',
    'did:web:a.example',
    'urn:uuid:1',
    'data:image/png;base64,AA==',
    'mailto:a@b.example',
  ])
    t.ok(isUri(good), good);
  for (const bad of [
    '',
    'a',
    '/a',
    '//a.example',
    'https:',
    'https://a b',
    'https ://a',
    '1x:y',
    'a\nb:c',
    ' https://a',
    'x:<y>',
    undefined,
    7,
  ])
    t.notOk(isUri(bad), String(bad));
});

void t.test('dates, tags, codes and JWS are judged by their own forms', async (t) => {
  const subject = (change: (subject: Json) => void): string[] =>
    findingsAfter((badge) => change(badge.credentialSubject));
  t.same(
    subject((s) => (s.achievement.inLanguage = 'sr-Latn-RS')),
    [],
  );
  t.same(
    subject((s) => (s.achievement.inLanguage = 'English')),
    ['fail /credentialSubject/achievement/inLanguage language_malformed'],
  );
  t.same(
    subject((s) => (s.source = { id: 'urn:x:1', type: ['Profile'], dateOfBirth: '2023-02-29' })),
    ['fail /credentialSubject/source/dateOfBirth date_malformed'],
  );
  t.same(
    subject((s) => (s.activityStartDate = '2026-01-01T00:00:00')),
    ['warn /credentialSubject/activityStartDate datetime_without_zone'],
  );
  t.same(
    subject((s) => (s.creditsEarned = '3')),
    ['fail /credentialSubject/creditsEarned number_expected'],
  );
  t.same(
    findingsAfter((badge) => (badge.endorsementJwt = ['a.b'])),
    ['fail /endorsementJwt/0 jws_malformed'],
  );
});

void t.test('extensible enumerations take ext: terms, closed ones do not', async (t) => {
  const type = (achievementType: unknown): string[] =>
    findingsAfter((badge) => (badge.credentialSubject.achievement.achievementType = achievementType));
  t.same(type('ext:Apprentice.Baker-2'), []);
  t.same(type('MicroCredential'), []);
  const failure = ['fail /credentialSubject/achievement/achievementType value_not_allowed'];
  for (const bad of ['microcredential', 'ext:', 'Cake', '', 7]) t.same(type(bad), failure, String(bad));
});

void t.test('no text makes a pattern slow', async (t) => {
  const long = `${'a'.repeat(500_000)}!`;
  t.notOk(isUri(long));
  t.ok(findingsAfter((badge) => (badge.issuer.email = long)).length > 0);
  t.ok(
    findingsAfter((badge) => (badge.credentialSubject.achievement.achievementType = 'ext'.repeat(200_000))).length > 0,
  );
});
