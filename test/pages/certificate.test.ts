// The certificate: one page, tagged, with the very bytes of the badge attached, and true to the state of the moment.
import t from 'tap';
import { renderCertificate } from '../../src/pages/certificate.ts';
import { wordsOf } from '../../src/pages/words.ts';
import { findAwardable } from '../../src/tracks/catalogue.ts';
import { HOSTILE, viewOf } from './badge-for-pages.ts';
import { says, streamsOf } from './pdf-parts.ts';

const commons = findAwardable('core/commons')!;
const [en, ar] = [wordsOf('en'), wordsOf('ar')];
const fills = (pdf: Buffer): string => streamsOf(pdf).map(String).join('\n');
const RED = `${[0x9b, 0x1b, 0x1b].map((part) => part / 255).join(' ')} scn`;

await t.test('the badge is attached as it was signed', async (t) => {
  const json = '{"id":"https://badges.example.org/credentials/1","name":"שלום"}';
  const pdf = await renderCertificate(viewOf({ json }), commons, en);
  t.ok(
    streamsOf(pdf).some((stream) => stream.equals(Buffer.from(json))),
    'byte for byte',
  );
  t.match(pdf.toString('latin1'), /\/AFRelationship \/Source/);
  t.match(pdf.toString('latin1'), /badge-7d0f2c1e\.json/);
});

await t.test('it is one tagged page with a title, a language and a link', async (t) => {
  const pdf = await renderCertificate(viewOf(), commons, ar);
  const text = pdf.toString('latin1');
  t.match(text, /^%PDF-1\.7/);
  t.match(text, /\/Type \/Pages\s*\/Count 1\b/);
  t.match(text, /\/Marked true/);
  t.match(text, /\/Lang \(ar\)/);
  t.match(text, /\/DisplayDocTitle true/);
  t.match(text, `/URI (${viewOf().url})`);
  t.match(text, /<pdfaid:part>3<\/pdfaid:part>\s*<pdfaid:conformance>A</);
  t.ok(says(pdf, 'CORE: The Commons · Ada Example'), 'its title names badge and earner');
});

await t.test('the paper is A4 unless Letter is wanted', async (t) => {
  t.match((await renderCertificate(viewOf(), commons, en)).toString('latin1'), '/MediaBox [0 0 841.89 595.28]');
  t.match((await renderCertificate(viewOf(), commons, en, 'letter')).toString('latin1'), '/MediaBox [0 0 792 612]');
});

for (const name of ['ليلى العلوي', 'נעמי כהן', 'अदिति शर्मा', '王小明', '김철수', 'Ζωή Παππά', 'Анна'])
  await t.test(`${name} is read aloud and copied as it is written`, async (t) => {
    t.ok(says(await renderCertificate(viewOf({ recipientName: name }), commons, en), name));
  });

await t.test('a revoked badge says so in red, with its reason; a valid one has no red', async (t) => {
  const valid = await renderCertificate(viewOf(), commons, en);
  const revoked = await renderCertificate(
    viewOf({ state: 'revoked', revokedAt: '2026-04-01T00:00:00Z', revocationSentence: 'Mixed up.' }),
    commons,
    en,
  );
  t.notOk(fills(valid).includes(RED));
  t.ok(fills(revoked).includes(RED));
  t.ok(says(revoked, 'Example Commons took this badge back on 1 April 2026. Do not rely on it.'), 'in its subject');
});

await t.test('names of any kind make a page', async (t) => {
  for (const recipientName of [undefined, 'สมชาย', HOSTILE, '(\\)', 'x'.repeat(300), 'Maria '.repeat(50)]) {
    const pdf = await renderCertificate(viewOf({ recipientName }), commons, en);
    t.match(pdf.toString('latin1'), /\/Type \/Pages\s*\/Count 1\b/, String(recipientName).slice(0, 20));
  }
});
