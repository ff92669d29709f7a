// Badges as fast-check makes them: names in any script, texts that need escapes, nested evidence, several identifiers,
// nodes that are alike. For properties that must hold of every badge.
import fc from 'fast-check';

const scripts = [
  'Ada',
  'Zoë',
  'José María',
  'नेहा',
  '李雷',
  'محمد',
  'Ελένη',
  '𝒜𝓁𝑒𝓍',
  'ﬁona',
  'ﷺ',
  '👩🏽‍🎓',
  'İpek',
  '\u{10FFFF}\uFFFD',
];
const escapes = [
  '"',
  '\\',
  '\n',
  '\r\n',
  '\t',
  '\b',
  '\f',
  '\u0000',
  '\u000b',
  '\u001f',
  '\u007f',
  '\u0085',
  '\u2028',
  '<&>',
];

/** A text of one to five pieces, each a name, an escape or anything that is Unicode. */
export const text = fc
  .array(
    fc.oneof(fc.constantFrom(...scripts), fc.constantFrom(...escapes), fc.string({ unit: 'binary', maxLength: 8 })),
    { minLength: 1, maxLength: 5 },
  )
  .map((pieces) => pieces.join(''));

const url = fc.webUrl({ withFragments: true }).filter((one) => !/[<>"{}|^`\\]|%(?![0-9A-Fa-f]{2})/.test(one));
const uuid = fc.uuid().map((one) => `urn:uuid:${one}`);

const identity = fc.record({
  type: fc.constant('IdentityObject'),
  hashed: fc.boolean(),
  identityHash: text,
  identityType: fc.constantFrom('name', 'emailAddress', 'ext:other'),
});

const evidence = fc.record(
  { id: fc.oneof(url, uuid), type: fc.constant(['Evidence']), name: text, narrative: text, genre: text },
  { requiredKeys: ['type'] },
);

const alignment = fc.record(
  { type: fc.constant(['Alignment']), targetName: text, targetUrl: url, targetCode: text },
  { requiredKeys: ['type', 'targetName', 'targetUrl'] },
);

const achievement = fc.record(
  {
    id: uuid,
    type: fc.constant(['Achievement']),
    name: text,
    description: text,
    criteria: fc.record({ narrative: text }),
    creditsAvailable: fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
    tag: fc.array(text, { minLength: 1, maxLength: 3 }),
    alignment: fc.array(alignment, { minLength: 1, maxLength: 3 }),
  },
  { requiredKeys: ['id', 'type', 'name', 'description', 'criteria'] },
);

const result = fc.record({
  type: fc.constant(['Result']),
  value: text,
  status: fc.constantFrom('Completed', 'Failed'),
});

/** Things of which some stand there twice. */
const some = <T>(one: fc.Arbitrary<T>) =>
  fc
    .tuple(fc.array(one, { minLength: 1, maxLength: 4 }), fc.boolean())
    .map(([list, isDoubled]) => (isDoubled ? [...list, structuredClone(list[0])] : list));

const subject = fc.record(
  {
    id: uuid,
    type: fc.constant(['AchievementSubject']),
    identifier: some(identity),
    achievement,
    result: some(result),
    narrative: text,
  },
  { requiredKeys: ['type', 'identifier', 'achievement'] },
);

/** An unsigned badge. */
export const badge = fc.record(
  {
    '@context': fc.constant([
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
    ]),
    id: uuid,
    type: fc.constant(['VerifiableCredential', 'OpenBadgeCredential']),
    name: text,
    issuer: fc.record({ id: url, type: fc.constant(['Profile']), name: text }),
    validFrom: fc.constant('2026-03-04T10:11:12Z'),
    credentialSubject: subject,
    evidence: some(evidence),
  },
  { requiredKeys: ['@context', 'id', 'type', 'name', 'issuer', 'validFrom', 'credentialSubject'] },
);
