// Which form of a badge a caller gets.
import fc from 'fast-check';
import t from 'tap';
import { chooseForm, contentType, TYPE_OF } from '../../src/credentials/forms.ts';

await t.test('no preference, and no header at all, is JSON', async (t) => {
  for (const accept of [undefined, '', '*/*', 'application/*'])
    t.same(chooseForm(accept), { form: 'json', mediaType: 'application/json' }, String(accept));
});

await t.test('every JSON type is answered by its own name', async (t) => {
  for (const type of ['application/json', 'application/vc', 'application/vc+ld+json', 'application/ld+json'])
    t.same(chooseForm(type), { form: 'json', mediaType: type });
});

await t.test('a JWS is asked for as vc+jwt, jwt or plain text', async (t) => {
  for (const type of ['application/vc+jwt', 'application/jwt', 'text/plain'])
    t.same(chooseForm(type), { form: 'jwt', mediaType: type });
});

await t.test('pictures are asked for by their types', async (t) => {
  t.equal(chooseForm('image/png')?.form, 'png');
  t.equal(chooseForm('image/svg+xml')?.form, 'svg');
});

await t.test('weights decide, and what is refused by weight 0 is not given', async (t) => {
  t.equal(chooseForm('application/json;q=0.5, application/vc+jwt')?.form, 'jwt');
  t.equal(chooseForm('text/html, application/vc+jwt;q=0.2, image/png;q=0.1')?.form, 'jwt');
  t.equal(chooseForm('application/json;q=0'), undefined);
});

await t.test('a JSON-LD profile is still JSON-LD, as loaders of contexts ask for it', async (t) => {
  const profile = 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"';
  t.equal(chooseForm(profile)?.form, 'json');
  t.equal(chooseForm(`${profile};q=0.9, text/html;q=0.8`)?.mediaType, 'application/ld+json');
});

await t.test('what there is not is undefined, and no header makes it throw', async (t) => {
  t.equal(chooseForm('text/html'), undefined);
  t.equal(chooseForm('application/vc+jwt', ['json']), undefined);
  fc.assert(
    fc.property(fc.string(), (accept) => {
      chooseForm(accept);
      return true;
    }),
  );
});

await t.test('a form that is asked for by its extension is answered by its registered type', async (t) => {
  for (const [form, type] of Object.entries(TYPE_OF)) t.equal(chooseForm(type)?.form, form);
  t.equal(contentType('text/plain'), 'text/plain; charset=utf-8');
  t.equal(contentType('application/vc'), 'application/vc');
});
