// Builds the badge that is signed: one earner, one achievement, and nothing that a wallet could read in two ways.
//
// Everything optional is left out rather than empty, lists stay lists, instants have whole seconds, and no text holds
// an HTML entity: two wallets decode entities before they parse, and the signature of such a badge would fail there.
// What comes out is held against the same schemas that judge other people's badges.
//
// Open Badges 3.0 (1EdTech, April 2025) §B.1.1, appendix A; RFC 7519 NumericDate for whole seconds.

import type { Achievement } from './achievement.ts';
import { checkCredential } from './check-credential.ts';
import { isConstant, withoutEmpty } from './constant-part.ts';
import { OB_CONTEXT, OB_EXTENSIONS, VC_V2 } from './context-order.ts';
import { OpenBadgesError } from './errors.ts';
import type { Evidence } from './evidence.ts';
import { asArray, isObject } from './parse-json.ts';
import type { Image, Profile } from './profile.ts';
import { buildEmailIdentity, type IdentityObject } from './recipient.ts';
import type { Result } from './result.ts';
import { brandUnsigned, wholeSeconds, type CredentialDocument, type UnsignedCredential } from './unsigned.ts';
import type { RelatedResource } from './related-resource.ts';

export { brandSigned, brandUnsigned, wholeSeconds } from './unsigned.ts';
export type { CredentialDocument, SignedCredential, UnsignedCredential } from './unsigned.ts';

/** What goes into a badge. Whatever is not given is not in it. */
export interface BadgeContent {
  id: string;
  name?: string;
  description?: string;
  issuer: Profile;
  achievement: Achievement;
  subjectId: string;
  /** The hash of the e-mail, made by hashIdentity, with the salt it was made with. */
  emailIdentity?: { identityHash: string; salt: string };
  /** The earner's name in the open; by consent only. */
  recipientName?: string;
  results?: readonly Result[];
  validFrom: Date;
  validUntil?: Date;
  /** When it was first awarded; kept when a badge is issued again with a newer validFrom. */
  awardedDate?: Date;
  image?: Image;
  credentialStatus?: object;
  credentialSchema?: readonly object[];
  evidence?: readonly Evidence[];
  relatedResource?: readonly RelatedResource[];
  /** Endorsements with a proof inside them; never as JWTs, whose member two copies of the 3.0.3 context read differently. */
  endorsement?: readonly object[];
  refreshService?: { id: string; type: string };
  termsOfUse?: readonly object[];
}

// Named, decimal and hexadecimal references, as the entity decoders of the two wallets know them.
const HTML_ENTITY = /&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});/;

/** The HTML entity in a text that is to be signed, or undefined; `&` alone is fine. */
export function htmlEntityIn(text: string): string | undefined {
  return text.includes('&') ? HTML_ENTITY.exec(text)?.[0] : undefined;
}

const withoutEntities = new WeakSet<object>();

/** Whether any text holds one; a part that never changes is looked at once. */
function holdsEntity(value: unknown): boolean {
  if (typeof value === 'string') return htmlEntityIn(value) !== undefined;
  if (typeof value !== 'object' || value === null || withoutEntities.has(value)) return false;
  for (const name of Object.keys(value)) if (holdsEntity((value as Record<string, unknown>)[name])) return true;
  if (isConstant(value)) withoutEntities.add(value);
  return false;
}

function refuseEntities(value: unknown, pointer: string): void {
  if (typeof value === 'string') {
    const entity = htmlEntityIn(value);
    if (entity !== undefined)
      throw new OpenBadgesError(
        'ERR_OB_HTML_ENTITY',
        `The text at ${pointer} holds "${entity}"; write the character itself, for some wallets decode it before they check the signature.`,
        { pointer },
      );
  } else if (typeof value === 'object' && value !== null)
    for (const [name, member] of Object.entries(value)) refuseEntities(member, `${pointer}/${name}`);
}

const EXTENSION_TYPES = new Set([
  '1EdTechJsonSchemaValidator2019',
  '1EdTechRevocationList',
  '1EdTechCredentialRefresh',
]);

/** R1.03: three types of 1EdTech are defined only in a context of their own. */
function needsExtensions(content: BadgeContent): boolean {
  const typed = [content.credentialStatus, content.refreshService, ...(content.credentialSchema ?? [])];
  return typed.filter(isObject).some((one) => asArray(one.type).some((type) => EXTENSION_TYPES.has(String(type))));
}

/** The name first: one wallet takes the first plain entry for the earner's name. */
function identities(content: BadgeContent): IdentityObject[] {
  const { recipientName, emailIdentity } = content;
  return [
    ...(recipientName === undefined
      ? []
      : [{ type: 'IdentityObject' as const, hashed: false, identityHash: recipientName, identityType: 'name' }]),
    ...(emailIdentity === undefined ? [] : [buildEmailIdentity(emailIdentity.identityHash, emailIdentity.salt)]),
  ];
}

/**
 * Refuses a document that breaks the data model or holds an HTML entity.
 * Takes a credential before signing; throws ERR_OB_CREDENTIAL_INVALID naming every fault, or ERR_OB_HTML_ENTITY.
 */
export function assertSignable(document: object): void {
  if (holdsEntity(document)) refuseEntities(document, '');
  const faults = checkCredential(document).findings;
  if (faults.length === 0) return;
  const sentences = faults.map((fault) => `${fault.pointer}: ${fault.message}`).join(' ');
  throw new OpenBadgesError('ERR_OB_CREDENTIAL_INVALID', `The credential breaks the data model. ${sentences}`, {
    pointer: faults[0]!.pointer,
  });
}

/**
 * Builds a badge, ready to be signed.
 * Takes its content; gives the unsigned credential with `@context` exactly VC 2.0 and OB 3.0.3 (and extensions.json when
 * a member needs it). Throws ERR_OB_CREDENTIAL_INVALID with every fault, warnings included, or ERR_OB_HTML_ENTITY.
 */
export function buildBadge(content: BadgeContent): UnsignedCredential {
  const { id, name, description, image, issuer, validFrom, validUntil, awardedDate } = content;
  const document = withoutEmpty({
    '@context': [VC_V2, OB_CONTEXT, ...(needsExtensions(content) ? [OB_EXTENSIONS] : [])],
    id,
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    name,
    description,
    image,
    issuer,
    validFrom: wholeSeconds(validFrom),
    validUntil: validUntil && wholeSeconds(validUntil),
    awardedDate: awardedDate && wholeSeconds(awardedDate),
    credentialSubject: {
      id: content.subjectId,
      type: ['AchievementSubject'],
      identifier: identities(content),
      achievement: content.achievement,
      result: content.results,
    },
    evidence: content.evidence,
    relatedResource: content.relatedResource,
    endorsement: content.endorsement,
    credentialStatus: content.credentialStatus,
    credentialSchema: content.credentialSchema,
    refreshService: content.refreshService,
    termsOfUse: content.termsOfUse,
  }) as CredentialDocument;
  assertSignable(document);
  return brandUnsigned(document);
}
