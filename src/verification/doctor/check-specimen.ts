// A badge that was signed a moment ago, verified as a stranger would: by our verifier over HTTP, by code that is not ours
// where it is installed, and its JWT by jose with the key set as it is published.
import { createLocalJWKSet, jwtVerify } from 'jose';
import { issuerDid } from '../../issuer/profile.ts';
import { asArray, isObject } from '../../openbadges/parse-json.ts';
import { ResolveError, type Resolve } from '../../openbadges/resolve.ts';
import { verifyCredential } from '../../openbadges/verify.ts';
import type { PublishedKeys } from './check-keys.ts';
import { verifyElsewhere } from './verify-elsewhere.ts';
import type { Visit } from './visit.ts';

/** A test badge in both forms, or why there is none. */
export type SpecimenAnswer =
  { credential: Record<string, unknown>; jwt: string; keys: readonly string[] } | { missing: string };

const REMEDY = 'If the checks before this one are good, this is a fault of Cairn: please report it with this output.';

/** Asks the deployment alone; did:web says https, and on one's own machine it may be http. */
function resolverOf(visit: Visit): Resolve {
  const { host } = new URL(visit.url);
  return async (url, accept) => {
    const asked = new URL(url);
    if (asked.host !== host) throw new ResolveError('refused', `${url} is not at ${visit.url}.`);
    const answer = await visit.get('specimen', asked.pathname + asked.search, accept);
    if (!answer) throw new ResolveError('unreachable', `${url} cannot be had.`);
    const contentType = answer.headers.get('content-type') ?? '';
    return { url, status: answer.status, contentType, body: answer.body };
  };
}

async function byUs(visit: Visit, name: string, submission: { json: unknown } | { jwt: string }): Promise<void> {
  const options = { resolve: resolverOf(visit), now: visit.now(), ownIssuers: [issuerDid(visit.url)] };
  const report = await verifyCredential(submission, options);
  const wrong = report.checks.filter((one) => one.status === 'fail' || one.status === 'unknown');
  if (wrong.length === 0) return visit.good(`specimen_${name}`, `A test badge (${name}) verifies over HTTP.`);
  const why = wrong.map((one) => `${one.id}: ${one.message}`).join(' ');
  visit.bad(`specimen_${name}`, `A test badge (${name}) does not verify over HTTP. ${why}`, REMEDY);
}

async function byOthers(visit: Visit, credential: Record<string, unknown>, keys: PublishedKeys): Promise<void> {
  const verdict = await verifyElsewhere(credential, keys.did, visit.now());
  if (verdict === undefined)
    visit.skip('others', 'Code that is not ours (@digitalbazaar/vc) is not installed here, so it was not asked.');
  else if (verdict === null) visit.good('others', 'A test badge verifies by @digitalbazaar/vc, which is not ours.');
  else visit.bad('others', `A test badge does not verify by @digitalbazaar/vc: ${verdict}`, REMEDY);
}

async function byJose(visit: Visit, jwt: string, keys: PublishedKeys): Promise<void> {
  try {
    const issuer = issuerDid(visit.url);
    await jwtVerify(jwt, createLocalJWKSet(keys.jwks as never), { issuer, currentDate: visit.now() });
    visit.good('jose', 'The JWT of a test badge verifies by jose with the published key set.');
  } catch (error) {
    visit.bad('jose', `The JWT of a test badge does not verify by jose: ${(error as Error).message}`, REMEDY);
  }
}

/**
 * Sets a test badge aside that the deployment never could have signed: of the keys of whoever made it the deployment
 * publishes not one, so that the settings here are of another service, and what would not verify is no fault of the one
 * that is looked at. (An old copy of the DID document in a cache still has the older keys.)
 */
export function ownSpecimen(visit: Visit, specimen: SpecimenAnswer, keys: PublishedKeys): SpecimenAnswer {
  if ('missing' in specimen) return specimen;
  const methods = [...asArray(keys.did.verificationMethod), ...keys.jwks.keys].filter(isObject);
  const published = new Set(methods.flatMap((one) => [one.id, one.kid]));
  if (specimen.keys.some((name) => published.has(name))) return specimen;
  visit.odd(
    'settings',
    `The settings here are not those of the service at ${visit.url}: it publishes none of the keys that belong to them.`,
    'Run the doctor with the DATABASE_URL (or DATA_DIR) and KEYS_DIR of the running service; until then no test badge can be looked at.',
  );
  return { missing: 'No test badge was looked at: the one made here is of another service.' };
}

/** Verifies a test badge in every way there is. */
export async function checkSpecimen(visit: Visit, specimen: SpecimenAnswer, keys: PublishedKeys): Promise<void> {
  if ('missing' in specimen) return visit.skip('specimen', specimen.missing);
  await byUs(visit, 'json', { json: specimen.credential });
  await byUs(visit, 'jwt', { jwt: specimen.jwt });
  await byOthers(visit, specimen.credential, keys);
  await byJose(visit, specimen.jwt, keys);
}
