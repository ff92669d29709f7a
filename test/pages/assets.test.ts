// The files of the pages: kept for a year under the digest of their content.
import t from 'tap';
import { findAsset, ICON, SCRIPT, STYLESHEET } from '../../src/pages/assets.ts';

await t.test('an address with the right digest may be kept for ever, another is not there', async (t) => {
  for (const asset of [STYLESHEET, SCRIPT, ICON]) t.same(findAsset(asset.path), { asset, maxAgeS: 31_536_000 });
  t.equal(findAsset('/assets/cairn.AAAAAAAAAAAA.css'), undefined);
  t.equal(findAsset('/assets/../../package.json'), undefined);
  t.same(findAsset('/assets/cairn.css')?.maxAgeS, 300);
});

await t.test('the stylesheet asks nobody for anything', async (t) => {
  t.notMatch(STYLESHEET.bytes.toString(), /@import|url\(/);
  t.ok(STYLESHEET.bytes.length < 24 * 1024, `${STYLESHEET.bytes.length} bytes`);
});
