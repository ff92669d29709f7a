// What is read off a zod schema is what zod says of it.
import t from 'tap';
import fc from 'fast-check';
import { z } from 'zod';
import { achievementCredentialSchema } from '../../src/openbadges/achievement-credential.ts';
import * as primitives from '../../src/openbadges/primitives.ts';
import { imageSchema, profileRefSchema, profileSchema } from '../../src/openbadges/profile.ts';
import { formOf, type ClassForm, type Form } from '../../src/openbadges/schema-form.ts';

const leaves = [
  ...Object.values(primitives).filter((one) => one instanceof z.ZodType && primitives.leafWords.has(one)),
  primitives.enumSchema(['Completed', 'Failed'], 'C'),
  primitives.extensibleEnumSchema(['Badge', 'Award'], 'C'),
  primitives.onlyTypeSchema('Image'),
] as z.ZodType[];

const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.webUrl(),
  fc.emailAddress(),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10)),
  fc.constantFrom('Completed', 'Failed', 'Badge', 'ext:Own', 'Image', 'FR', 'pt-BR', 'name', 'a.b.c', 'a..c', 'true'),
);
const anything = fc.oneof(texts, fc.jsonValue(), fc.constantFrom(Number.NaN, Infinity, -0, undefined, null, [], {}));

void t.test('property: a value fits a leaf when zod says so, and only then', async (t) => {
  t.ok(leaves.length >= 16, `${leaves.length} leaves`);
  for (const schema of leaves) {
    const form = formOf(schema);
    if (form.kind !== 'leaf') throw new Error('a leaf is no leaf');
    fc.assert(
      fc.property(anything, (value) => form.fits(value) === schema.safeParse(value).success),
      { numRuns: 300 },
    );
  }
});

void t.test('a leaf without words is judged by zod', async (t) => {
  const form = formOf(z.string().min(3));
  t.equal(form.kind === 'leaf' && form.fits('abc') && !form.fits('ab'), true);
});

void t.test('the same schema has one form, whatever is wrapped around it', async (t) => {
  t.equal(formOf(imageSchema.optional()), formOf(imageSchema));
  t.equal(formOf(z.lazy(() => imageSchema.optional())), formOf(imageSchema));
  t.equal(formOf(imageSchema), formOf(imageSchema));
});

const member = (form: Form, name: string) => (form as ClassForm).members.find((one) => one.name === name)!;

void t.test('a class has the members of its schema, in its order, and knows which must be there', async (t) => {
  const form = formOf(imageSchema) as ClassForm;
  t.same(
    form.members.map(({ name, required }) => [name, required]),
    [
      ['id', true],
      ['type', true],
      ['caption', false],
    ],
  );
  t.same([...form.names!], ['id', 'type', 'caption']);
  t.equal((formOf(profileSchema) as ClassForm).names, undefined, 'a profile may have any further member');
});

void t.test(
  'classes that need each other are read once: a profile in a profile, an endorser in an endorsement',
  async (t) => {
    const profile = formOf(profileSchema);
    t.equal(member(profile, 'parentOrg').form, profile);
    const badge = formOf(achievementCredentialSchema);
    const issuer = member(badge, 'issuer').form;
    t.equal(issuer, formOf(profileRefSchema));
    t.equal(issuer.kind === 'choice' && issuer.other, profile);
    const endorsements = member(profile, 'endorsement').form;
    const endorsement = endorsements.kind === 'list' ? endorsements.element : undefined;
    t.equal(member(endorsement!, 'issuer').form, issuer);
  },
);
