// The page of a badge: its state first and unmistakable, and nothing of a stranger's that is not text.
import t from 'tap';
import { credentialPage } from '../../src/pages/credential-page.ts';
import type { BadgeState, CredentialView } from '../../src/pages/credential-view.ts';
import { renderDocument } from '../../src/pages/layout.ts';
import { wordsOf } from '../../src/pages/words.ts';
import { HOSTILE, site, viewOf } from './badge-for-pages.ts';

const words = wordsOf('en');
const bodyOf = (parts: Partial<CredentialView> = {}): string => credentialPage(viewOf(parts), site, words).body.text;

await t.test('the state stands before everything else', async (t) => {
  const said: Record<BadgeState, string> = {
    valid: 'Valid',
    revoked: 'Revoked',
    superseded: 'Superseded',
    expired: 'Expired',
    early: 'Not yet valid',
    compromised: 'Cannot be relied on',
  };
  for (const [state, word] of Object.entries(said) as [BadgeState, string][]) {
    const body = bodyOf({ state, revokedAt: '2026-04-01T00:00:00Z', validUntil: '2026-04-01T00:00:00Z' });
    t.ok(body.indexOf(`>${word}</p>`) < body.indexOf('<h1'), state);
    t.equal(body.includes('band-good'), state === 'valid', `${state} is green only when it is valid`);
    t.equal(
      body.includes('linkedin.com'),
      !['revoked', 'superseded', 'compromised'].includes(state),
      `${state}: handed out only when it was not taken back`,
    );
  }
});

await t.test('who saves the picture is told what phones do to it, and offered a file', async (t) => {
  const body = bodyOf();
  t.match(body, words.say('take.phone'));
  for (const extension of ['png', 'svg', 'json', 'jwt'])
    t.ok(body.includes(`${viewOf({}).url}.${extension}`), extension);
});

await t.test('a revoked badge says when and why', async (t) => {
  const body = bodyOf({
    state: 'revoked',
    revokedAt: '2026-04-01T00:00:00Z',
    revocationSentence: 'Two accounts were mixed up.',
  });
  t.match(body, /1 April 2026/);
  t.match(body, /Two accounts were mixed up\./);
  t.match(body, /badge-void/);
});

await t.test('a superseded badge leads to the newer one', async (t) => {
  t.match(
    bodyOf({
      state: 'superseded',
      revokedAt: '2026-04-01T00:00:00Z',
      newerUrl: 'https://badges.example.org/credentials/new',
    }),
    /href="https:\/\/badges.example.org\/credentials\/new"/,
  );
});

await t.test('a name is shown when it stands in the badge, else an e-mail can be compared', async (t) => {
  t.match(bodyOf(), /Ada Example/);
  t.match(bodyOf({ recipientName: undefined }), /href="#person"/);
  const neither = bodyOf({ recipientName: undefined, comparable: false });
  t.match(neither, /Name not shown/);
  t.notMatch(neither, /name="email"/);
});

await t.test('each part of the requirement says by what it was met; what was not chosen is not told', async (t) => {
  const body = bodyOf();
  t.match(body, /Electives/);
  t.match(
    body,
    /passed <time datetime="2026-03-01T10:00:00Z">1 March 2026<\/time>, reported by <bdi>moodle.example.edu<\/bdi>/,
  );
  t.notMatch(body, /The other unit/);
  t.match(bodyOf({ verdict: undefined }), /no longer kept/);
});

await t.test('hostile texts are text everywhere', async (t) => {
  const page = credentialPage(
    viewOf({
      state: 'revoked',
      revokedAt: '2026-04-01T00:00:00Z',
      revocationSentence: HOSTILE,
      recipientName: HOSTILE,
      issuer: { id: HOSTILE, name: HOSTILE },
      achievement: { key: 'core', name: HOSTILE, description: HOSTILE },
    }),
    site,
    words,
  );
  const document = renderDocument(page, { ...site, words, here: '/' });
  t.notMatch(document, /<script>|<img src=x|onerror=/);
});

await t.test('the comparison is answered in words', async (t) => {
  t.match(credentialPage(viewOf(), site, words, 'same').body.text, /role="status"[^]*Yes\. This badge was awarded/);
  t.match(credentialPage(viewOf(), site, words, 'other').body.text, /role="status"[^]*No\. This badge was not awarded/);
});

await t.test('search engines see it only when it is listed and valid', async (t) => {
  t.equal(credentialPage(viewOf(), site, words).indexed, false);
  t.equal(credentialPage(viewOf({ listed: true }), site, words).indexed, true);
  t.equal(credentialPage(viewOf({ listed: true, state: 'revoked' }), site, words).indexed, false);
});

await t.test('only a valid badge is told to search engines as a credential', async (t) => {
  t.match(credentialPage(viewOf(), site, words).linkedData, {
    '@type': 'EducationalOccupationalCredential',
    url: viewOf().url,
  });
  t.equal(credentialPage(viewOf({ state: 'expired' }), site, words).linkedData, undefined);
});

await t.test('in Arabic the words of the catalogue stay English and are marked so', async (t) => {
  const body = credentialPage(viewOf(), site, wordsOf('ar')).body.text;
  t.match(body, /سارية/);
  t.match(body, /<h1 lang="en" dir="auto">/);
});

await t.test('an earner takes a certificate away, in the language of the page; the code leads here', async (t) => {
  const body = credentialPage(viewOf(), site, wordsOf('es')).body.text;
  t.match(body, /\.pdf\?lang(=|&#61;)es"/);
  t.match(body, /\.pdf\?size=letter&(amp;)?lang=es"/);
  t.match(body, `src="/credentials/${viewOf().id}/qr.svg"`);
});

await t.test('evidence is listed by name, and an address that is none is not linked', async (t) => {
  t.notMatch(bodyOf(), /Evidence</);
  const body = bodyOf({
    evidence: [{ url: 'https://work.example/1', name: 'A <b>toolkit</b>' }, { url: 'javascript:alert(1)' }],
  });
  t.match(body, /<h3>Evidence<\/h3>/);
  t.match(body, /href="https:\/\/work\.example\/1" rel="nofollow noopener noreferrer ugc"/);
  t.notMatch(body, /href="javascript|<b>toolkit/);
});

await t.test('the issuer’s page on LinkedIn is named by its number where there is one', async (t) => {
  const body = credentialPage(viewOf(), { ...site, linkedinOrganizationId: '4711' }, words).body.text;
  t.match(body, /organizationId(=|&#61;)4711/);
});
