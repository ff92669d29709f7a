// Who issues, creates, endorses or stands above: Profile and what it is made of.
//
// Open Badges 3.0 (1EdTech, April 2025): Profile, Address, GeoCoordinates, IdentifierEntry, Image.

import { z } from 'zod';
import { endorsementCredentialSchema } from './endorsement.ts';
import {
  classOf,
  compactJwsSchema,
  countryCodeSchema,
  dateSchema,
  emailSchema,
  identifierTypeSchema,
  listSchema,
  numberSchema,
  onlyTypeSchema,
  textSchema,
  typeSchema,
  uriSchema,
  type Rule,
} from './primitives.ts';

const knownImageScheme: Rule = (image, pointer, findings) => {
  if (typeof image.id === 'string' && /^[a-z][a-z0-9+.-]*:/i.test(image.id) && !/^(https?|data):/i.test(image.id))
    findings.warn(
      `${pointer}/id`,
      'image_scheme',
      'The id of an image should be an http(s) URL or a data: URI, so that anybody can show it.',
      'OB 3.0 (April 2025), Image',
    );
};

/** R1.28: never a bare text, no further members. */
export const imageSchema = classOf(
  z.strictObject({ id: uriSchema, type: onlyTypeSchema('Image'), caption: textSchema.optional() }),
  'Image',
  [knownImageScheme],
);
export type Image = z.infer<typeof imageSchema>;

export const identifierEntrySchema = classOf(
  z.strictObject({
    type: onlyTypeSchema('IdentifierEntry'),
    identifier: textSchema,
    identifierType: identifierTypeSchema,
  }),
  'IdentifierEntry',
);
export type IdentifierEntry = z.infer<typeof identifierEntrySchema>;

const onTheGlobe: Rule = (geo, pointer, findings) => {
  const { latitude, longitude } = geo;
  if (typeof latitude === 'number' && Math.abs(latitude) > 90)
    findings.warn(`${pointer}/latitude`, 'latitude_outside', 'latitude should be from -90 to 90.', 'WGS 84');
  if (typeof longitude === 'number' && Math.abs(longitude) > 180)
    findings.warn(`${pointer}/longitude`, 'longitude_outside', 'longitude should be from -180 to 180.', 'WGS 84');
};

export const geoCoordinatesSchema = classOf(
  z.looseObject({ type: onlyTypeSchema('GeoCoordinates'), latitude: numberSchema, longitude: numberSchema }),
  'GeoCoordinates',
  [onTheGlobe],
);
export type GeoCoordinates = z.infer<typeof geoCoordinatesSchema>;

export const addressSchema = classOf(
  z.looseObject({
    type: typeSchema(['Address']),
    addressCountry: textSchema.optional(),
    addressCountryCode: countryCodeSchema.optional(),
    addressRegion: textSchema.optional(),
    addressLocality: textSchema.optional(),
    streetAddress: textSchema.optional(),
    postOfficeBoxNumber: textSchema.optional(),
    postalCode: textSchema.optional(),
    geo: geoCoordinatesSchema.optional(),
  }),
  'Address',
);
export type Address = z.infer<typeof addressSchema>;

/** A Profile as we write it; any further member is allowed (R1.12). */
export interface Profile {
  id: string;
  type: string[];
  name?: string | undefined;
  url?: string | undefined;
  phone?: string | undefined;
  description?: string | undefined;
  endorsement?: unknown[] | undefined;
  endorsementJwt?: string[] | undefined;
  image?: Image | undefined;
  email?: string | undefined;
  address?: Address | undefined;
  otherIdentifier?: IdentifierEntry[] | undefined;
  official?: string | undefined;
  parentOrg?: Profile | undefined;
  familyName?: string | undefined;
  givenName?: string | undefined;
  additionalName?: string | undefined;
  patronymicName?: string | undefined;
  honorificPrefix?: string | undefined;
  honorificSuffix?: string | undefined;
  familyNamePrefix?: string | undefined;
  dateOfBirth?: string | undefined;
  [member: string]: unknown;
}

export const profileSchema: z.ZodType<Profile> = classOf(
  z.looseObject({
    id: uriSchema,
    type: typeSchema(['Profile']),
    name: textSchema.optional(),
    url: uriSchema.optional(),
    phone: textSchema.optional(),
    description: textSchema.optional(),
    // A getter, because endorsers are profiles too: the two files need each other.
    get endorsement() {
      return listSchema(endorsementCredentialSchema).optional();
    },
    endorsementJwt: listSchema(compactJwsSchema).optional(),
    image: imageSchema.optional(),
    email: emailSchema.optional(),
    address: addressSchema.optional(),
    otherIdentifier: listSchema(identifierEntrySchema).optional(),
    official: textSchema.optional(),
    get parentOrg() {
      return profileSchema.optional();
    },
    familyName: textSchema.optional(),
    givenName: textSchema.optional(),
    additionalName: textSchema.optional(),
    patronymicName: textSchema.optional(),
    honorificPrefix: textSchema.optional(),
    honorificSuffix: textSchema.optional(),
    familyNamePrefix: textSchema.optional(),
    dateOfBirth: dateSchema.optional(),
  }),
  'Profile',
);

/** R1.08: an issuer is a URI or a Profile. */
export const profileRefSchema = z.union([uriSchema, profileSchema]);
