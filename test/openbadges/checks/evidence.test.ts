// Evidence is counted; what the issuer bound by a digest is compared.
import { createHash } from 'node:crypto';
import t from 'tap';
import type { Served } from '../documents.ts';
import type { Json } from '../example-badge.ts';
import { badge, find, sign, summary, verify } from '../signed-badges.ts';

const URL = 'https://school.example/syllabus';
const text = 'Flour, water, salt.';
const digest = (algorithm: string, encoding: 'base64' | 'hex'): string =>
  createHash(algorithm).update(text).digest(encoding);
const multihash = Buffer.concat([Buffer.from([0x12, 0x20]), Buffer.from(digest('sha256', 'hex'), 'hex')]).toString(
  'base64url',
);
const served: Served = { status: 200, contentType: 'text/plain', body: text };

async function ask(resource: Json | Json[], documents: Record<string, Served> = { [URL]: served }): Promise<string> {
  return summary(await verify(await sign(badge({ relatedResource: [resource].flat() })), { documents }));
}

void t.test('matching digests in either form', async (t) => {
  t.equal(await ask({ id: URL, digestSRI: `sha384-${digest('sha384', 'base64')}` }), 'valid');
  t.equal(await ask({ id: URL, digestMultibase: `u${multihash}` }), 'valid');
});

void t.test('a resource that differs fails, one that cannot be had does not', async (t) => {
  const wrong = `sha256-${Buffer.alloc(32).toString('base64')}`;
  t.equal(await ask({ id: URL, digestSRI: wrong }), 'invalid evidence=fail/resource_differs');
  t.equal(await ask({ id: URL, digestSRI: wrong }, {}), 'valid evidence=unknown/resource_unreachable');
  t.equal(
    await ask({ id: URL, digestSRI: `sha256-${digest('sha256', 'base64')}`, mediaType: 'image/png' }),
    'valid_with_warnings evidence=warn/resource_media_type',
  );
  t.equal(await ask({ id: URL, digestMultibase: `uAAAA` }), 'valid evidence=unknown/digest_unsupported');
});

void t.test('without a digest, or twice, is malformed', async (t) => {
  t.match(await ask({ id: URL }), /^invalid schema=fail/);
  const once = { id: URL, digestSRI: `sha256-${digest('sha256', 'base64')}` };
  t.match(await ask([once, once]), /^invalid schema=fail.* evidence=fail\/resource_twice/);
});

void t.test('a context is never fetched, links are counted and not opened', async (t) => {
  t.equal(
    await ask({ id: 'https://www.w3.org/ns/did/v1', digestSRI: 'sha256-AAAA' }),
    'valid',
    'its digest is unknown',
  );
  const base = 'https://www.w3.org/ns/credentials/v2';
  t.equal(
    await ask({ id: base, digestSRI: 'sha384-l/HrjlBCNWyAX91hr6LFV2Y3heB5Tcr6IeE4/Tje8YyzYBM8IhqjHWiWpr8+ZbYU' }),
    'valid',
  );
  t.equal(
    await ask({ id: base, digestSRI: 'sha384-AAAA' }),
    'invalid schema=fail/digest_differs evidence=fail/resource_differs',
  );
  const report = await verify(await sign(badge({ evidence: [{ id: 'https://x.example/1', type: ['Evidence'] }] })));
  t.match(find(report, 'evidence'), { status: 'skipped', details: { count: 1 } });
});
