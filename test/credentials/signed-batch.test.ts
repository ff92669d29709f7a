// What is not sent for each document is in it all the same, to the letter.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import fc from 'fast-check';
import { constantPart } from '../../src/openbadges/constant-part.ts';
import { BatchWriter, SHARED_MARK } from '../../src/credentials/signed-batch.ts';
import { insertAwards, insertCredentials } from '../../src/credentials/store.ts';
import { insertLearners } from '../../src/learners/store.ts';
import { rows } from '../../src/platform/database.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { documentsOf } from './badge-orders.ts';

const long = (text: string): object => constantPart({ text: text.repeat(600) });
const parts = ['a', '’', '\\', '"', '\u0001', '\n', '%', '$1', "'", '\ud83d\ude00'].map(long);

const part = fc.constantFrom(...parts, constantPart({ short: true }));
const document = fc.record(
  {
    id: fc.string({ unit: 'binary' }),
    issuer: part,
    subject: fc.record({ name: fc.constantFrom('\u0001', '\u0000\n', 'Ada'), achievement: part }),
    other: fc.oneof(part, fc.jsonValue()),
  },
  { requiredKeys: ['id'] },
);

function write(documents: object[]) {
  const writer = new BatchWriter();
  for (const one of documents) writer.add(one);
  return writer.finish();
}

await t.test('property: every document is whole again, whatever it shares with whom', async (t) => {
  fc.assert(
    fc.property(fc.array(document, { minLength: 1, maxLength: 8 }), (documents) => {
      const batch = write(documents);
      const whole = documentsOf(batch);
      return (
        documents.every((one, n) => whole[n] === JSON.stringify(one)) &&
        batch.lines.split('\n').every((line, n) => line.split(SHARED_MARK).length === (batch.sharedOf[n]! > 0 ? 2 : 1))
      );
    }),
    { numRuns: 300 },
  );
  t.equal(documentsOf(write([{ a: 1 }]))[0], '{"a":1}', 'one that shares nothing');
});

await t.test('a text that many share is there once', async (t) => {
  const { lines, shared, sharedOf } = write([{ part: parts[0] }, { part: parts[1] }, { part: parts[0] }, {}]);
  t.same([shared.length, sharedOf], [2, [1, 2, 1, 0]]);
  t.ok(lines.length < 100);
});

await onEachDatabase(t, 'what is stored is the document as it was signed, of any text', async (t, service) => {
  const learnerId = '11111111-1111-4111-8111-111111111111';
  // No database keeps U+0000, and JSON has none.
  const own = ['Ada', '\u0001', '\\u0001', '’', "'; --", '\\1 & $1', '\ud83d\ude00'];
  const documents = [...own.map((name, n) => ({ name, part: parts[n], last: parts[0] })), { name: 'shares nothing' }];
  const credentials = documents.map((_, n) => {
    const id = `22222222-2222-4222-8222-${String(n).padStart(12, '0')}`;
    return {
      ...{ id, learnerId, awardId: id, achievement: `core/${n}`, subjectId: `urn:uuid:${id}` },
      ...{ statusList: 0, statusIndex: n },
    };
  });
  await service.db.transaction(async (tx) => {
    await insertLearners(tx, [{ id: learnerId, name: null, consents: {} }], service.now());
    const awards = credentials.map(({ id, achievement }) => ({
      ...{ id, learnerId, achievement, trackId: 'core', trackVersion: '1.0', record: '{}' },
    }));
    await insertAwards(tx, awards, service.now());
    await insertCredentials(tx, credentials, write(documents), 'k', service.now());
  });
  const stored = await rows<{ json: string }>(service.db.read, sql`select json from credentials order by status_index`);
  t.same(
    stored.map(({ json }) => json),
    documents.map((one) => JSON.stringify(one)),
  );
});

await onEachDatabase(t, 'documents that share nothing are stored too', async (t, service) => {
  const id = '22222222-2222-4222-8222-222222222222';
  await service.db.transaction(async (tx) => {
    await insertLearners(tx, [{ id, name: null, consents: {} }], service.now());
    const award = { id, learnerId: id, achievement: 'a', trackId: 'core', trackVersion: '1.0', record: '{}' };
    await insertAwards(tx, [award], service.now());
    const row = { id, learnerId: id, awardId: id, achievement: 'a', subjectId: 's', statusList: 0, statusIndex: 0 };
    await insertCredentials(tx, [row], write([{ a: 1 }]), 'k', service.now());
  });
  t.same(await rows(service.db.read, sql`select json from credentials`), [{ json: '{"a":1}' }]);
});
