// Revocation and suspension: whatever the list or the entry, unknown is never "not revoked".
import t from 'tap';
import { encodeBitstring } from '../../../src/openbadges/status/bitstring.ts';
import { controllerOf } from '../test-keys.ts';
import type { Served } from '../documents.ts';
import type { Json } from '../example-badge.ts';
import { badge, find, ISSUER, key, LIST, now, otherKey, sign, summary, verify, type Asked } from '../signed-badges.ts';

const entry = (extra: Json = {}): Json => ({
  id: `${LIST}#7`,
  type: 'BitstringStatusListEntry',
  statusPurpose: 'revocation',
  statusListIndex: '7',
  statusListCredential: LIST,
  ...extra,
});

function list(indexes: number[], extra: Json = {}, subject: Json = {}): Json {
  return {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    id: LIST,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer: ISSUER,
    validFrom: '2026-05-01T00:00:00Z',
    credentialSubject: {
      id: `${LIST}#list`,
      type: 'BitstringStatusList',
      statusPurpose: 'revocation',
      encodedList: encodeBitstring(indexes),
      ...subject,
    },
    ...extra,
  };
}

async function ask(status: unknown, served: Served | undefined, asked: Asked = {}): Promise<string> {
  const documents: Record<string, Served> = served === undefined ? {} : { [LIST]: served };
  return summary(
    await verify(await sign(badge({ credentialStatus: status })), {
      ...asked,
      documents: { ...documents, ...asked.documents },
    }),
  );
}

void t.test('set, not set, and the list that says so', async (t) => {
  t.equal(await ask(entry(), await sign(list([]))), 'valid');
  t.equal(await ask(entry(), await sign(list([6, 8]))), 'valid');
  t.equal(await ask(entry(), await sign(list([7]))), 'invalid revocation=fail/revoked');
  t.equal(await ask(entry({ statusListIndex: 7 }), await sign(list([7]))), 'invalid revocation=fail/revoked');
  t.equal(await ask(entry({ statusListIndex: 7 }), await sign(list([]))), 'valid', 'a number is accepted');
});

void t.test('a list that cannot be had leaves it open', async (t) => {
  t.equal(await ask(entry(), undefined), 'indeterminate revocation=unknown/status_list_unreachable');
  t.equal(await ask(entry(), { status: 404 }), 'indeterminate revocation=unknown/status_list_absent');
});

void t.test('a list that is not genuine fails, one whose issuer cannot be asked leaves it open', async (t) => {
  const genuine = await sign(list([]));
  t.equal(
    await ask(entry(), { ...genuine, validFrom: '2026-05-02T00:00:00Z' }),
    'invalid revocation=fail/status_list_not_genuine',
  );
  t.equal(await ask(entry(), list([])), 'invalid revocation=fail/status_list_not_genuine');
  t.equal(await ask(entry(), 'nonsense'), 'invalid revocation=fail/status_list_malformed');
  const elsewhere = await sign(list([], { issuer: 'https://lists.example/1' }), { key: otherKey });
  t.equal(await ask(entry(), elsewhere), 'indeterminate revocation=unknown/status_list_not_confirmed');
  const documents = { 'https://lists.example/1': controllerOf('https://lists.example/1', otherKey) };
  t.equal(
    await ask(entry(), elsewhere, { documents }),
    'valid_with_warnings revocation=warn/status_list_of_another_issuer',
  );
});

void t.test('purpose, length, range and encoding are rules', async (t) => {
  t.equal(
    await ask(entry(), await sign(list([], {}, { statusPurpose: 'suspension' }))),
    'invalid revocation=fail/status_verification',
  );
  t.equal(
    await ask(entry({ statusListIndex: '131072' }), await sign(list([]))),
    'invalid revocation=fail/status_range',
  );
  const short = 'uH4sIAAAAAAAAA-3BMQEAAAwCoGUx6aLbwgvIHwAAAAAAAAAAAAAAwFwBZnztF9QwAAA';
  t.equal(
    await ask(entry(), await sign(list([], {}, { encodedList: short }))),
    'invalid revocation=fail/status_length',
  );
  t.equal(
    await ask(entry(), await sign(list([], {}, { encodedList: 'unonsense' }))),
    'invalid revocation=fail/status_malformed',
  );
  const { statusPurpose: _, ...aimless } = entry();
  t.match(await ask(aimless, await sign(list([]))), /^invalid schema=fail.* revocation=fail\/status_purpose_malformed/);
  t.match(await ask(entry({ statusListIndex: '-1' }), await sign(list([]))), /revocation=fail\/status_index_malformed/);
});

void t.test('a list out of date shows what it already revoked, and nothing else', async (t) => {
  const ended = { validUntil: '2026-05-20T00:00:00Z' };
  t.equal(await ask(entry(), await sign(list([], ended))), 'indeterminate revocation=unknown/status_list_out_of_date');
  t.equal(await ask(entry(), await sign(list([7], ended))), 'invalid revocation=fail/revoked');
  t.equal(
    await ask(entry(), await sign(list([], { validFrom: '2099-01-01T00:00:00Z' }))),
    'indeterminate revocation=unknown/status_list_out_of_date',
  );
  t.equal(
    await ask(entry(), await sign(list([])), { at: new Date('2026-04-01T00:00:00Z') }),
    'valid',
    'asked of a past date, a later list that is clear is clear',
  );
  t.equal(now.toISOString(), '2026-06-01T00:00:00.000Z');
});

void t.test('a list published while the verification runs, or by a clock a little ahead, is read', async (t) => {
  const justNow = { validFrom: '2026-06-01T00:00:00.001Z' };
  t.equal(await ask(entry(), await sign(list([], justNow))), 'valid');
  t.equal(await ask(entry(), await sign(list([7], justNow))), 'invalid revocation=fail/revoked');
  t.equal(await ask(entry(), await sign(list([], { validFrom: '2026-06-01T00:05:00Z' }))), 'valid');
  t.equal(
    await ask(entry(), await sign(list([], { validFrom: '2026-06-01T00:05:01Z' }))),
    'indeterminate revocation=unknown/status_list_out_of_date',
  );
});

void t.test('suspension is its own check; other purposes are remarks', async (t) => {
  const suspended = await sign(list([7], {}, { statusPurpose: 'suspension' }));
  t.equal(await ask(entry({ statusPurpose: 'suspension' }), suspended), 'invalid suspension=fail/suspended');
  const refresh = await sign(list([7], {}, { statusPurpose: 'refresh' }));
  const report = await verify(await sign(badge({ credentialStatus: entry({ statusPurpose: 'refresh' }) })), {
    documents: { [LIST]: refresh },
  });
  t.equal(report.outcome, 'valid');
  t.match(find(report, 'freshness'), { details: { statusRemarks: [{ purpose: 'refresh' }] } });
});

void t.test('a type of status that nobody here knows leaves it open', async (t) => {
  const context = [...badge()['@context'], { TallyStick: 'https://sticks.example/#TallyStick' }];
  const document = badge({
    '@context': context,
    credentialStatus: { id: 'https://sticks.example/1', type: 'TallyStick' },
  });
  t.equal(summary(await verify(await sign(document))), 'indeterminate revocation=unknown/status_type_unknown');
});

void t.test('the 1EdTech revocation list: listed, not listed, another issuer’s, not https', async (t) => {
  const document = badge({
    '@context': [...badge()['@context'], 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json'],
  });
  const signed = async (id: string) => sign({ ...document, credentialStatus: { id, type: '1EdTechRevocationList' } });
  const outcome = async (served: Served | undefined, id = LIST) =>
    summary(await verify(await signed(id), { documents: served === undefined ? {} : { [id]: served } }));
  const listed = {
    id: LIST,
    issuer: ISSUER,
    revokedCredential: [{ id: document.id, revocationReason: 'Issued in error.' }],
  };
  t.equal(await outcome(listed), 'invalid revocation=fail/revoked');
  t.equal(await outcome({ ...listed, revokedCredential: [{ id: document.id, revoked: false }] }), 'valid');
  t.equal(await outcome({ ...listed, revokedCredential: [] }), 'valid');
  t.equal(await outcome(undefined), 'indeterminate revocation=unknown/status_list_unreachable');
  t.equal(
    await outcome({ ...listed, issuer: 'https://other.example' }),
    'indeterminate revocation=unknown/status_list_of_another_issuer',
  );
  t.equal(await outcome({ wrong: true }), 'invalid revocation=fail/status_list_malformed');
  t.equal(
    await outcome(listed, 'http://school.example/list'),
    'indeterminate revocation=unknown/status_list_not_https',
  );
  t.equal(key.multibase.startsWith('z6Mk'), true);
});
