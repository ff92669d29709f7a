// The settings.
import t from 'tap';
import { ConfigError, parseConfig, SETTING_NAMES } from '../../src/platform/config.ts';

const faultsOf = (env: Record<string, string>): string[] => {
  try {
    parseConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

await t.test('nothing needs to be set', async (t) => {
  const config = parseConfig({});
  t.match(config, {
    port: 3000,
    publicUrl: 'http://localhost:3000',
    databaseUrl: undefined,
    jwtAlgorithm: 'RS256',
    vcApi: false,
  });
  t.equal(parseConfig({ PORT: '8080' }).publicUrl, 'http://localhost:8080');
});

await t.test('all faults are named at once, and values never repeated', async (t) => {
  const env = {
    PORT: 'many',
    DATABASE_URL: 'mysql://root:hunter2@db',
    KEYS_PASSPHRASE: 'short',
    VC_API: 'maybe',
    LOG_LEVEL: 'loud',
    TRUST_PROXY: 'proxy.internal',
    JWT_ALGORITHM: 'HS256',
  };
  const faults = faultsOf(env);
  for (const name of Object.keys(env))
    t.ok(
      faults.some((fault) => fault.startsWith(name)),
      name,
    );
  t.notMatch(faults.join(), /hunter2|short|maybe|loud|many|internal|HS256/);
  t.notMatch(faults.join(), /Invalid/, 'each in a sentence of ours');
});

await t.test('an issuer name that no badge could bear is refused at the start', async (t) => {
  for (const ISSUER_NAME of ['Smith &amp; Co', '  ', 'x'.repeat(201)])
    t.match(faultsOf({ ISSUER_NAME }).join(), /^ISSUER_NAME must/, ISSUER_NAME);
  t.equal(parseConfig({ ISSUER_NAME: ' Smith & Co ' }).issuerName, 'Smith & Co');
});

await t.test('an empty variable is an absent one', async (t) => {
  t.equal(parseConfig({ DATABASE_URL: '', PORT: '' }).port, 3000);
});

await t.test('the public URL is an origin, without the slash', async (t) => {
  t.equal(parseConfig({ PUBLIC_URL: 'https://Badges.Example.org/' }).publicUrl, 'https://badges.example.org');
  for (const wrong of [
    'badges.example.org',
    'ftp://x.org',
    'https://x.org/badges',
    'https://x.org/?a',
    'https://me:pw@x.org',
  ]) {
    t.match(faultsOf({ PUBLIC_URL: wrong }).join(), /PUBLIC_URL/, wrong);
  }
});

await t.test('in production the public URL is https, except on this machine', async (t) => {
  t.match(faultsOf({ NODE_ENV: 'production', PUBLIC_URL: 'http://badges.example.org' }).join(), /https/);
  t.same(faultsOf({ NODE_ENV: 'production', PUBLIC_URL: 'http://localhost:3000' }), []);
  const production = (env: Record<string, string>) => parseConfig(env).production;
  t.ok(production({ PUBLIC_URL: 'https://badges.example.org' }), 'by its address too: nobody is told to set NODE_ENV');
  for (const PUBLIC_URL of ['http://localhost:3000', 'https://localhost', 'http://badges.lan'])
    t.notOk(production({ PUBLIC_URL }), PUBLIC_URL);
  t.same(faultsOf({ PUBLIC_URL: 'http://badges.example.org' }), []);
});

await t.test('mail has a server and a sender, and neither can smuggle anything in', async (t) => {
  const MAIL_FROM = 'Badges <badges@example.org>';
  const SMTP_URL = 'smtps://user:secret@mail.example.org:465';
  t.match(parseConfig({ SMTP_URL, MAIL_FROM }), { smtpUrl: SMTP_URL, mailFrom: MAIL_FROM });
  t.throws(() => parseConfig({ SMTP_URL }), /MAIL_FROM/);
  for (const wrong of ['https://mail.example.org', 'mail.example.org', 'smtp://'])
    t.throws(() => parseConfig({ SMTP_URL: wrong, MAIL_FROM }), /SMTP_URL/, wrong);
  for (const wrong of ['badges', 'a@b.org, c@d.org', 'Badges <badges@example.org>\r\nBcc: x@y.org', '<>'])
    t.throws(() => parseConfig({ SMTP_URL, MAIL_FROM: wrong }), /MAIL_FROM/, JSON.stringify(wrong));
});

await t.test('proxies are trusted by yes, no, number or address', async (t) => {
  const given = ['yes', 'no', '2', '10.0.0.0/8', '::1, loopback'].map(
    (TRUST_PROXY) => parseConfig({ TRUST_PROXY }).trustProxy,
  );
  t.same(given, [true, false, 2, '10.0.0.0/8', '::1, loopback']);
});

await t.test('every setting is listed for people', async (t) => {
  for (const name of ['PORT', 'PUBLIC_URL', 'DATABASE_URL', 'KEYS_PASSPHRASE']) t.ok(SETTING_NAMES.includes(name));
});

await t.test('a replica has a primary', async (t) => {
  const both = { DATABASE_URL: 'postgres://a/cairn', DATABASE_REPLICA_URL: 'postgres://b/cairn' };
  t.equal(parseConfig(both).databaseReplicaUrl, 'postgres://b/cairn');
  t.throws(() => parseConfig({ DATABASE_REPLICA_URL: 'postgres://b/cairn' }), /DATABASE_URL must be set/);
});

void t.test('a token of the metrics is long enough and fits into a header; its value is never repeated', (t) => {
  t.equal(parseConfig({ METRICS_TOKEN: '0123456789abcdef==' }).metricsToken, '0123456789abcdef==');
  t.equal(parseConfig({}).metricsToken, undefined);
  for (const wrong of ['short', 'with a space in it, long', 'ümlaut-ümlaut-ümlaut']) {
    const error = t.throws(() => parseConfig({ METRICS_TOKEN: wrong }), /METRICS_TOKEN must have 16/);
    t.notMatch((error as unknown as Error).message, wrong);
  }
  t.end();
});
