// The picture of a badge has the badge in it: the very bytes that were signed.
import t from 'tap';
import { bakeCredential } from '../../src/credentials/bake-credential.ts';
import { unbakePng } from '../../src/openbadges/baking/png.ts';
import { unbakeSvg } from '../../src/openbadges/baking/svg.ts';
import { AWARDABLES } from '../../src/tracks/catalogue.ts';
import { openTestService } from '../platform/test-service.ts';
import { issueCommons } from './issued.ts';

await t.test('PNG and SVG unbake to the stored bytes, whatever script the name has', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const issued = await issueCommons(service, 'ada', { name: 'Zoë ]]> "山田" <&>', consents: { name: true } });
  const png = await bakeCredential(service.workers, issued, 'png');
  const svg = await bakeCredential(service.workers, issued, 'svg');
  t.equal(unbakePng(png).text, issued.json);
  t.equal(unbakePng(png).standard, 'ob3');
  t.equal(png.readUInt32BE(16), 600, 'wide enough to print');
  t.equal(unbakeSvg(svg.toString()).text, issued.json);
  await t.rejects(bakeCredential(service.workers, { ...issued, achievement: 'core/none' }, 'png'), /no picture/);
  for (const { key } of AWARDABLES.slice(0, 3)) {
    const baked = await bakeCredential(service.workers, { ...issued, achievement: key }, 'svg');
    t.equal(unbakeSvg(baked.toString()).text, issued.json, key);
  }
});
