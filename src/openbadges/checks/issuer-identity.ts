// Who is the issuer? Only that it is this very service can be said here; a name in a badge is its issuer's own claim.
//
// An issuer in no registry is a remark and changes no outcome: a genuine badge of an unknown school is genuine.
//
// Open Badges 3.0 implementation guide (1EdTech), "Issuer identity": issuer data are unverified unless on a trusted list.

import { check, type Check } from '../report.ts';
import { textOf, type Json } from './examination.ts';

/** Takes the credential, its issuer's id and our own ids; gives the check. */
export function checkIssuerIdentity(credential: Json, issuer: string | undefined, own: readonly string[] = []): Check {
  if (issuer === undefined)
    return check('issuer_identity', 'skipped', 'issuer_missing', 'The credential names no issuer.');
  const profile = credential['issuer'];
  const name = typeof profile === 'object' && profile !== null ? textOf((profile as Json)['name']) : undefined;
  if (own.includes(issuer))
    return check('issuer_identity', 'pass', 'issuer_is_this_service', 'The issuer is this service.', { issuer });
  return check(
    'issuer_identity',
    'skipped',
    'issuer_not_registered',
    'The issuer is in no registry that is consulted here; its name and picture are its own claim.',
    { issuer, ...(name !== undefined && { claimedName: name.slice(0, 300) }) },
  );
}
