// What a badge says of itself, read out of a report for the page that shows it. Every text here is a stranger's.
import { asArray, isObject } from '../openbadges/parse-json.ts';
import type { Report } from '../openbadges/report.ts';

export interface ShownBadge {
  id?: string;
  name?: string;
  description?: string;
  /** Whom it names in the open. */
  recipient?: string;
  /** The name that the issuer gives itself. */
  issuerName?: string;
  issuerId?: string;
  issuerUrl?: string;
  from?: string;
  until?: string;
  criteria?: string;
  evidence: { url: string; name?: string }[];
  /** A picture that can be shown without asking anybody for it. */
  picture?: string;
}

type Json = Record<string, unknown>;
const object = (value: unknown): Json => (isObject(value) ? value : {});
// A list of one stands for the one in many badges.
const first = (value: unknown): unknown => asArray(value)[0];
const text = (value: unknown): string | undefined => {
  const one = first(value);
  if (typeof one === 'string') return one.slice(0, 4000);
  // A text in several languages: the first of them.
  const worded = object(one)['@value'];
  return typeof worded === 'string' ? worded.slice(0, 4000) : undefined;
};

const PICTURE_LENGTH_MAX = 600_000;
const SHOWABLE = /^data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]/;

function pictureOf(publicUrl: string, image: unknown): string | undefined {
  const one = first(image);
  const address = typeof one === 'string' ? one : text(object(one).id);
  if (address === undefined) return undefined;
  // Clipped texts are no pictures any more, so a data: URL is read whole.
  const whole = typeof one === 'string' ? one : (object(one).id as string);
  if (SHOWABLE.test(whole)) return whole.length <= PICTURE_LENGTH_MAX ? whole : undefined;
  return whole.startsWith(`${publicUrl}/`) ? whole.slice(publicUrl.length) : undefined;
}

/** A day that can be written out, or nothing. */
export function readableDay(value: string | undefined): string | undefined {
  return value !== undefined && !Number.isNaN(Date.parse(value)) ? value : undefined;
}

/**
 * Reads what a badge says: Open Badges 3.0, and 2.0 where its members have other names.
 * @param submitted the picture that was handed in, as a data: URL.
 */
export function viewBadge(report: Report, publicUrl: string, submitted?: string): ShownBadge | undefined {
  const credential = report.credential;
  if (!credential) return undefined;
  const subject = object(first(credential.credentialSubject));
  const achievement = object(first(subject.achievement) ?? first(credential.badge));
  const issuer = first(credential.issuer) ?? first(achievement.issuer);
  const named = asArray(subject.identifier)
    .map(object)
    .find((one) => one.hashed !== true && (one.identityType === 'name' || one.identityType === 'ext:name'));
  return {
    id: text(credential.id),
    name: text(achievement.name) ?? text(credential.name),
    description: text(achievement.description) ?? text(credential.description),
    recipient: text(named?.identityHash),
    issuerName: report.issuer?.name ?? text(object(issuer).name),
    issuerId: report.issuer?.id ?? (typeof issuer === 'string' ? issuer : text(object(issuer).id)),
    issuerUrl: text(object(issuer).url),
    from: readableDay(text(credential.validFrom) ?? text(credential.issuanceDate) ?? text(credential.issuedOn)),
    until: readableDay(text(credential.validUntil) ?? text(credential.expirationDate) ?? text(credential.expires)),
    criteria: text(object(first(achievement.criteria)).narrative),
    evidence: asArray(credential.evidence)
      .map((one) =>
        typeof one === 'string' ? { url: one } : { url: text(object(one).id) ?? '', name: text(object(one).name) },
      )
      .filter((one) => one.url !== '')
      .slice(0, 20),
    picture:
      submitted && submitted.length <= PICTURE_LENGTH_MAX
        ? submitted
        : (pictureOf(publicUrl, achievement.image) ?? pictureOf(publicUrl, credential.image)),
  };
}
