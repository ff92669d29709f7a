// What was told of a learner: given to another, or taken away with its receipts.
import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import t from 'tap';
import { deleteHistory, moveHistory, readParkedOf } from '../../src/completions/privacy-store.ts';
import { recordCompletions } from '../../src/completions/record-completions.ts';
import { readEnrolments, readHistories } from '../../src/completions/store.ts';
import { rows } from '../../src/platform/database.ts';
import { onEachDatabase, type TestService } from '../platform/test-service.ts';
import { body, MOODLE, record, submission } from './submissions.ts';

const keys = [{ kind: 'account' as const, authority: MOODLE, value: 'ada' }];
const receiptsLeft = async (service: TestService) => (await rows(service.db.read, sql`select 1 from receipts`)).length;

async function tellOfTwo(service: TestService): Promise<string> {
  const [ada] = await recordCompletions(service, [
    submission(record('copyright/basics', 'ada')),
    submission(record('no/such-unit', 'ada')),
    submission(record('copyright/basics', 'bob')),
  ]);
  return body(ada).learner!;
}

await onEachDatabase(
  t,
  'a history that is given away is whole, and a replay names the new holder',
  async (t, service) => {
    const ada = await tellOfTwo(service);
    const other = randomUUID();
    await service.db.transaction((tx) => moveHistory(tx, ada, other));
    const histories = await readHistories(service.db.read, [ada, other]);
    t.same([histories.get(ada)?.length, histories.get(other)?.length], [0, 1]);
    t.equal((await readEnrolments(service.db.read, [other])).length, 4);
    const answers = await rows<{ n: number }>(
      service.db.read,
      sql`select 1 as n from receipts where answer->>'learner' = ${other}`,
    );
    t.equal(answers.length, 1);
  },
);

await onEachDatabase(
  t,
  'a history that is taken away leaves no record, no receipt, nothing parked',
  async (t, service) => {
    const ada = await tellOfTwo(service);
    t.equal((await readParkedOf(service.db.read, ada, keys)).length, 1);
    t.equal(await receiptsLeft(service), 3);
    await service.db.transaction((tx) => deleteHistory(tx, ada, keys));
    t.equal((await readHistories(service.db.read, [ada])).get(ada)?.length, 0);
    t.same(await readParkedOf(service.db.read, ada, keys), []);
    t.equal(await receiptsLeft(service), 1, 'the receipt of somebody else');
  },
);
