// A stranger's schema is applied within bounds.
import t from 'tap';
import { applySchema } from '../../src/verification/apply-schema.ts';

void t.test('what fits and what does not', async (t) => {
  const schema = { $schema: 'https://json-schema.org/draft/2019-09/schema', type: 'object', required: ['name'] };
  t.strictSame(await applySchema(schema, { name: 'x' }), { applied: true, faults: [] });
  t.match(await applySchema(schema, {}), { applied: true, faults: [/name/] });
  t.match(await applySchema({ $schema: 'http://json-schema.org/draft-07/schema#', const: 1 }, {}), {
    applied: true,
    faults: [/.+/],
  });
});

void t.test('a schema that leads elsewhere or never ends is not applied', async (t) => {
  t.match(await applySchema({ $ref: 'https://elsewhere.example/schema' }, {}), { applied: false });
  const endless = { properties: { a: { type: 'string', pattern: '^(x+x+)+y$' } } };
  t.match(await applySchema(endless, { a: 'x'.repeat(60) }), { applied: false, why: /longer/ });
});
