// What people paste for an address leads to the one that is meant, and never to one of two.
import t from 'tap';
import { addressIn, sharedAddress } from '../../src/openbadges/address-in-text.ts';

const A = 'https://badges.example.org/credentials/cc0d1c94';
const B = 'https://other.example/b';

void t.test('one address, whatever stands around it', (t) => {
  for (const text of [
    ...[A, `  ${A}\n`, `<${A}>`, `"${A}"`, `“${A}”`, `(${A})`, `See ${A}.`, `Hello!\nMy badge: ${A},\nAda`],
    ...[`${A}\n${A}`, `<a href="${A}">${A}</a>`, 'badges.example.org/credentials/cc0d1c94', `${A}!`],
  ])
    t.same(addressIn(text), { url: text.trim() === `${A}!` ? text : A }, text);
  t.same(addressIn(`${A}.`), { url: `${A}.` }, 'what stands alone is taken as it is: a full stop may be its own');
  t.same(addressIn(`HTTPS://Badges.Example.org/x?y=1#z`), { url: 'HTTPS://Badges.Example.org/x?y=1#z' });
  t.end();
});

void t.test('two addresses are nobody’s to choose between, and words are none', (t) => {
  t.same(addressIn(`${A} or ${B}`), { several: 2 });
  for (const text of [
    '',
    'hello world',
    'example.org',
    'ada@example.org',
    'javascript:alert(1)',
    'mailto:a@b.c',
    'a.b.c',
  ])
    t.equal(addressIn(text), undefined, text);
  t.equal(addressIn(`${A} ${'x'.repeat(20_001)}`), undefined, 'longer than any message');
  t.end();
});

void t.test('share links lead to what is shared; other links keep what stands in them', (t) => {
  const inside = encodeURIComponent(A);
  for (const link of [
    `https://www.linkedin.com/sharing/share-offsite/?url=${inside}`,
    `https://www.linkedin.com/profile/add?startTask=CERTIFICATION_NAME&name=x&certUrl=${inside}&certId=1`,
    `https://badges.example.org/verify?url=${inside}`,
    `https://eur01.safelinks.protection.outlook.com/?url=${inside}&data=05%7C02&reserved=0`,
    `https://www.google.com/url?q=${inside}&sa=D&source=editors`,
    `https://l.facebook.com/l.php?u=${inside}&h=AT1`,
  ]) {
    t.equal(sharedAddress(link), A, link);
    t.same(addressIn(`My badge: ${link}`), { url: A });
  }
  for (const link of [
    `https://evil.example/go?url=${inside}`,
    `https://evil-linkedin.com/?url=${inside}`,
    'https://www.linkedin.com/in/ada',
    'https://www.linkedin.com/sharing/share-offsite/?url=javascript:alert(1)',
  ])
    t.equal(sharedAddress(link), link);
  t.end();
});

void t.test('the source of a page leads to the badge that it names', (t) => {
  const page = (head: string) => `<!DOCTYPE html>\n<html><head>${head}</head><a href="${B}">x</a></html>`;
  const link = (type: string, href: string) => `<link rel="alternate" type="${type}" href="${href}" />`;
  t.same(addressIn(page(link('text/html', B) + link('application/vc', `${A}.json`))), { url: `${A}.json` });
  t.same(addressIn(page(link('application/vc+jwt', `${A}?a=1&amp;b=2`))), { url: `${A}?a=1&b=2` });
  for (const head of [
    '',
    link('application/json', A),
    link('application/vc', '/relative'),
    `<link rel="icon" type="application/vc" href="${A}">`,
  ])
    t.same(addressIn(page(head)), { page: true }, head);
  t.end();
});

void t.test('hostile texts take no longer than others', (t) => {
  const long = 19_000;
  for (const text of [
    `https://a.b/${')'.repeat(long)}a`,
    'a-'.repeat(2000),
    `<html>${'<link '.repeat(80_000)}`,
    'https://'.repeat(2000),
  ])
    t.doesNotThrow(() => addressIn(text));
  t.end();
});
