// What an assertion refers to is asked of its own URL.
import t from 'tap';
import { gather, inScope } from '../../../src/openbadges/ob2/documents.ts';
import { serve } from '../documents.ts';

const resolve = serve({
  'https://a.example/1': { id: 'https://a.example/1' },
  'https://a.example/2': { id: 'https://a.example/1' },
  'https://a.example/3': 'x',
});

void t.test('found, wrong, unreachable, and embedded only', async (t) => {
  t.match(await gather('https://a.example/1', 'badge', resolve), { state: 'found' });
  t.match(await gather({ id: 'https://a.example/1', name: 'claimed' }, 'badge', resolve), {
    state: 'found',
    json: { name: undefined },
  });
  t.match(await gather('https://a.example/2', 'badge', resolve), { state: 'wrong' });
  t.match(await gather('https://a.example/3', 'badge', resolve), { state: 'wrong' });
  t.match(await gather('https://a.example/4', 'badge', resolve), { state: 'unreachable' });
  t.match(await gather({ id: 'https://a.example/4' }, 'badge', resolve), { state: 'unconfirmed' });
  t.match(await gather({ id: '_:b0' }, 'badge', resolve), { state: 'unconfirmed' });
  t.match(await gather(undefined, 'badge', resolve), { state: 'wrong' });
});

void t.test('the issuer’s own host by default', async (t) => {
  t.ok(inScope('https://a.example/x', { id: 'https://a.example/issuer' }));
  t.notOk(inScope('https://b.example/x', { id: 'https://a.example/issuer' }));
  t.notOk(inScope('urn:uuid:1', { id: 'https://a.example/issuer' }));
  t.notOk(
    inScope('https://a.example/x', {
      id: 'https://a.example/',
      verification: { startsWith: 'https://a.example/x', allowedOrigins: 'b.example' },
    }),
  );
});
