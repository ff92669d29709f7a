// The schemas that a credential names for itself.
import t from 'tap';
import type { SchemaValidator } from '../../../src/openbadges/checks/credential-schema.ts';
import type { Served } from '../documents.ts';
import { badge, endorsement, sign, summary, verify } from '../signed-badges.ts';

const OFFICIAL = 'https://purl.imsglobal.org/spec/ob/v3p0/schema/json/ob_v3p0_achievementcredential_schema.json';
const OWN = 'https://school.example/schema.json';
const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';

async function ask(id: string, served?: Served, validateSchema?: SchemaValidator, document = badge()): Promise<string> {
  const named = {
    ...document,
    '@context': [...document['@context'], EXTENSIONS],
    credentialSchema: [{ id, type: '1EdTechJsonSchemaValidator2019' }],
  };
  return summary(
    await verify(await sign(named), { documents: served === undefined ? {} : { [id]: served }, validateSchema }),
  );
}

void t.test('the official schema is ours already and not fetched; that of another kind fails', async (t) => {
  t.equal(await ask(OFFICIAL), 'valid');
  t.equal(await ask(OFFICIAL.replace('/json/', '/json-ld/')), 'valid');
  t.match(
    await ask(OFFICIAL, undefined, undefined, endorsement()),
    /^invalid schema=fail\/credential_schema_of_another_kind/,
  );
});

void t.test('another schema is applied, and must be there', async (t) => {
  t.equal(await ask(OWN, { type: 'object' }, async () => ({ applied: true, faults: [] })), 'valid');
  t.equal(
    await ask(OWN, { type: 'object' }, async () => ({ applied: true, faults: ['/name is wrong'] })),
    'invalid schema=fail/credential_schema_violated',
  );
  t.equal(
    await ask(OWN, { type: 'object' }, async () => ({ applied: false, why: 'it never ends' })),
    'valid_with_warnings schema=warn/credential_schema_not_applied',
  );
  t.equal(await ask(OWN), 'invalid schema=fail/credential_schema_unreachable');
});
