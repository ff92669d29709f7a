// The public URL is for ever.
import t from 'tap';
import { fixPublicUrl, PublicUrlChangedError } from '../../src/platform/fix-public-url.ts';
import { readSetting } from '../../src/platform/store.ts';
import { onEachDatabase } from './test-service.ts';

await onEachDatabase(t, 'another public URL is refused, unless told so', async (t, service) => {
  const { config, db, log } = service;
  await fixPublicUrl(config, db, log, service.now());
  const other = { ...config, publicUrl: 'https://other.example.org' };
  await t.rejects(fixPublicUrl(other, db, log, service.now()), PublicUrlChangedError);
  await t.rejects(
    fixPublicUrl(other, db, log, service.now()),
    /belongs to https:\/\/badges.example.org.*ALLOW_PUBLIC_URL_CHANGE/,
  );
  t.equal(await readSetting(db.read, 'public_url'), config.publicUrl);
  await fixPublicUrl({ ...other, allowPublicUrlChange: true }, db, log, service.now());
  t.equal(await readSetting(db.read, 'public_url'), other.publicUrl);
});
