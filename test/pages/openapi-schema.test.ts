// Reading OpenAPI for people.
import t from 'tap';
import { exampleOf, fieldsOf, resolveSchema, typeOf } from '../../src/pages/openapi-schema.ts';

const document = {
  components: {
    schemas: {
      Name: { type: 'string', description: 'A name', examples: ['Ada'] },
      'a/b': { type: 'integer' },
      Loop: { type: 'object', properties: { next: { $ref: '#/components/schemas/Loop' } } },
    },
  },
};

await t.test('references are followed inside the document, and lead nowhere else', async (t) => {
  t.match(resolveSchema({ $ref: '#/components/schemas/Name' }, document), { type: 'string' });
  t.match(resolveSchema({ $ref: '#/components/schemas/a~1b' }, document), { type: 'integer' });
  t.same(resolveSchema({ $ref: '#/constructor/prototype' }, document), {});
  t.same(resolveSchema(7, document), {});
});

await t.test('types are said in few words', async (t) => {
  t.equal(typeOf({ enum: ['a', 'b'] }, document), '"a" | "b"');
  t.equal(typeOf({ const: 1 }, document), '1');
  t.equal(typeOf({ type: 'array', items: { $ref: '#/components/schemas/Name' } }, document), 'list of string');
  t.equal(typeOf({ anyOf: [{ type: 'string', format: 'uri' }, { type: 'null' }] }, document), 'string (uri) | null');
  t.equal(typeOf({ type: ['string', 'null'] }, document), 'string | null');
  t.equal(typeOf({ properties: {} }, document), 'object');
  t.equal(typeOf({}, document), 'any');
});

await t.test('fields are named with their path; a schema that holds itself comes to an end', async (t) => {
  const schema = {
    type: 'object',
    required: ['list'],
    properties: {
      list: { type: 'array', items: { type: 'object', properties: { name: { $ref: '#/components/schemas/Name' } } } },
    },
  };
  t.same(
    fieldsOf(schema, document).map((field) => [field.name, field.required]),
    [
      ['list', true],
      ['list[].name', false],
    ],
  );
  t.ok(fieldsOf({ $ref: '#/components/schemas/Loop' }, document).length < 10);
});

await t.test('the example nearest to the media type is taken', async (t) => {
  t.equal(exampleOf({ example: 1 }, document), 1);
  t.equal(exampleOf({ examples: { a: { value: 2 } } }, document), 2);
  t.equal(exampleOf({ schema: { $ref: '#/components/schemas/Name' } }, document), 'Ada');
  t.equal(exampleOf({}, document), undefined);
});
