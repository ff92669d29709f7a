// Whom we were told to forget stays forgotten, by any one of their names and in any writing of it.
import { createHmac } from 'node:crypto';
import t from 'tap';
import { deleteTombstones, findErased, insertTombstones, keysOf } from '../../src/learners/tombstones.ts';
import { MOODLE } from '../completions/submissions.ts';
import { everyTable } from '../privacy/earner.ts';
import { onEachDatabase } from '../platform/test-service.ts';

const keyedHash = (text: string): string => createHmac('sha256', 'a key of this test').update(text).digest('hex');
const email = (value: string) => ({ type: 'email' as const, value });
const account = (name: string) => ({ type: 'account' as const, homePage: MOODLE, name });

await t.test('an e-mail is one key in whatever case, believed or not', async (t) => {
  t.same(keysOf([email('Ada@Example.edu')]), keysOf([{ ...email('ada@example.EDU'), verified: true }]));
});

await onEachDatabase(t, 'one identifier of somebody erased is enough; others are not touched', async (t, service) => {
  const gone = [email('ada@example.edu'), account('17')];
  const now = service.now();
  await service.db.transaction((tx) => insertTombstones(tx, keyedHash, keysOf(gone), now));
  await service.db.transaction((tx) => insertTombstones(tx, keyedHash, keysOf(gone), now));
  const lists = [[email('ADA@example.edu')], [account('17'), email('new@example.edu')], [account('18')], []];
  t.same(await findErased(service.db.read, keyedHash, lists), [true, true, false, false]);
  t.notMatch((await everyTable(service)).get('public.tombstones'), /ada|17\b.*example/, 'the hash tells no name');
});

await onEachDatabase(t, 'whoever proves an address anew is there again', async (t, service) => {
  const gone = [email('ada@example.edu'), account('17')];
  await service.db.transaction((tx) => insertTombstones(tx, keyedHash, keysOf(gone), service.now()));
  await service.db.transaction((tx) => deleteTombstones(tx, keyedHash, keysOf([email('ada@example.edu')])));
  t.same(await findErased(service.db.read, keyedHash, [[email('ada@example.edu')], [account('17')]]), [false, true]);
});
