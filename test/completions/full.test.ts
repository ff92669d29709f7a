// When there is too much: 429 for a client that asks too often, 503 when the intake is full or the database is gone.
import t from 'tap';
import { openTestApp } from '../platform/test-app.ts';
import { openTestService, type TestService } from '../platform/test-service.ts';
import { MOODLE, record } from './submissions.ts';

const rateLimits = { clientPerMinute: 3, addressPerMinute: 600, tokenPerMinute: 60 };

await t.test('429: over its limit a client is told when to come back, and another is not its victim', async (t) => {
  const service = await openTestService('pglite', { rateLimits });
  const app = await openTestApp(service);
  t.teardown(async () => {
    await app.close();
    await service.close();
  });
  const busy = await app.caller(['completions:write'], [MOODLE]);
  const quiet = await app.caller(['completions:write'], [MOODLE]);
  const post = (caller = busy) => caller.call('POST', '/v1/completions', record('commons/significance', 'ada'));
  for (let n = 0; n < 3; n += 1) t.equal((await post()).statusCode, 201);
  const refused = await post();
  t.equal(refused.statusCode, 429);
  t.equal(refused.json().code, 'too_many_requests');
  t.match(refused.headers['retry-after'], /^\d+$/);
  t.equal((await post(quiet)).statusCode, 201);
  service.clock.advance(60_000);
  t.equal((await post()).statusCode, 201, 'and a minute later it is served');
});

/** A service whose transactions wait for a gate, and then fail as with a database that is gone. */
function gated(service: TestService): { service: TestService; close: () => void; open: () => void } {
  let open = (): void => {};
  let gate: Promise<void> | undefined;
  const db = {
    kind: service.db.kind,
    get read() {
      return service.db.read;
    },
    async transaction(work: never) {
      if (!gate) return await service.db.transaction(work);
      await gate;
      throw Object.assign(new Error('the database is gone'), { code: 'CONNECTION_CLOSED' });
    },
    close: () => service.db.close(),
  };
  return {
    service: { ...service, db: db as never },
    close: () => void (gate = new Promise((resolve) => (open = resolve))),
    open: () => open(),
  };
}

await t.test(
  '503: with too many waiting, and for what the database would not take; all of it can be sent again',
  async (t) => {
    const plain = await openTestService();
    const held = gated(plain);
    const app = await openTestApp(held.service);
    t.teardown(async () => {
      await app.close();
      await plain.close();
    });
    const moodle = await app.caller(['completions:write'], [MOODLE]);
    held.close();
    const records = Array.from({ length: 1000 }, () => record('commons/significance', 'ada'));
    // One gathering may be on its way while twenty wait.
    const batches = Array.from({ length: 22 }, () => moodle.call('POST', '/v1/completions/batch', { records }));
    const refused = await Promise.race(batches);
    t.equal(refused.statusCode, 503, 'the one that is too many is answered while the others wait');
    t.equal(refused.json().code, 'busy');
    t.match(refused.headers['retry-after'], /^\d+$/);

    held.open();
    const answers = await Promise.all(batches);
    t.same([...new Set(answers.map((one) => one.statusCode))].sort(), [207, 503]);
    const { summary, results } = answers.find((one) => one.statusCode === 207)!.json();
    t.match(summary, { created: 0, failed: 1000 });
    t.match(results[0], { status: 503, retryable: true, problem: { code: 'not_recorded' } });
    t.notMatch(JSON.stringify(results[0]), /gone/, 'and nothing of the inside is told');
    const alone = await moodle.call('POST', '/v1/completions', records[0]!);
    t.equal(alone.statusCode, 503);
    t.match(alone.headers['retry-after'], /^\d+$/);
  },
);
