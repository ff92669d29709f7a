// What a badge says, read out of anything: nothing in it is believed to have a form.
import t from 'tap';
import type { Report } from '../../src/openbadges/report.ts';
import { readableDay, viewBadge } from '../../src/pages/verify-view.ts';

const P = 'https://badges.example.org';
const of = (credential: Record<string, unknown> | undefined, submitted?: string) =>
  viewBadge({ outcome: 'valid', checks: [], checkedAt: '', credential } as Report, P, submitted);

await t.test('an Open Badge 3.0', async (t) => {
  const view = of({
    id: 'https://a.example/1',
    issuer: { id: 'did:web:a.example', name: 'A School', url: 'https://a.example' },
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: {
      identifier: [
        { identityType: 'emailAddress', hashed: true, identityHash: 'sha256$x' },
        { identityType: 'name', hashed: false, identityHash: 'Ada' },
      ],
      achievement: {
        name: 'A badge',
        description: 'D',
        criteria: { narrative: '*C*' },
        image: { id: `${P}/achievements/core/image.svg` },
      },
    },
    evidence: [{ id: 'https://e.example', name: 'E' }],
  });
  t.match(view, {
    name: 'A badge',
    recipient: 'Ada',
    issuerName: 'A School',
    criteria: '*C*',
    from: '2026-01-01T00:00:00Z',
    picture: '/achievements/core/image.svg',
    evidence: [{ url: 'https://e.example', name: 'E' }],
  });
});

await t.test('an Open Badge 2.0', async (t) => {
  t.match(
    of({
      id: 'https://a.example/1',
      badge: { name: 'Old', issuer: { id: 'https://a.example/i', name: 'I' } },
      issuedOn: '2020-01-01',
    }),
    { name: 'Old', issuerName: 'I', from: '2020-01-01' },
  );
});

await t.test('a picture is shown only when nobody has to be asked for it', async (t) => {
  const picture = (id: unknown) => of({ credentialSubject: { achievement: { image: { id } } } })?.picture;
  t.equal(picture('https://elsewhere.example/x.png'), undefined);
  t.equal(picture(`${P}.evil.example/x.png`), undefined);
  t.equal(picture('data:text/html,<script>'), undefined);
  t.equal(picture('data:image/png;base64,AAAA'), 'data:image/png;base64,AAAA');
  t.equal(picture(`data:image/png;base64,${'A'.repeat(700_000)}`), undefined);
  t.equal(of({}, 'data:image/png;base64,BBBB')?.picture, 'data:image/png;base64,BBBB');
});

await t.test('members of any other form are left out and break nothing', async (t) => {
  for (const odd of [null, 7, 'x', [], [[]], [null], { a: 1 }, true])
    t.doesNotThrow(() =>
      of({
        id: odd,
        issuer: odd,
        credentialSubject: odd,
        evidence: odd,
        validFrom: odd,
        badge: odd,
        image: odd,
        name: odd,
      }),
    );
  t.equal(of(undefined), undefined);
  t.equal(of({ validFrom: 'soon' })?.from, undefined);
  t.equal(readableDay('2026-01-01'), '2026-01-01');
  t.equal(of({ name: { '@value': 'In words', '@language': 'en' } })?.name, 'In words');
});
