// The commands about keys.
import t from 'tap';
import { createDidKeyIssuer } from '../../src/issuer/create-issuer.ts';
import { KEY_USES } from '../../src/platform/key-ring.ts';
import { UsageError } from '../../src/platform/cli-arguments.ts';
import { runKeysCommand } from '../../src/platform/cli-keys.ts';
import { openTestService } from './test-service.ts';

await t.test('keys are listed, rotated, retired and compromised; each prints JSON', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  const alongside: string[] = [];
  async function run<T>(line: string): Promise<T> {
    let text = '';
    const out = { write: (more: string) => void (text += more), fail: () => {} };
    await runKeysCommand(service, line.split(' '), out, async (_tx, kid) => void alongside.push(kid));
    return JSON.parse(text) as T;
  }
  const { keys } = await run<{ keys: { kid: string; use: string; state: string; publicJwk?: object }[] }>('list');
  t.equal(keys.length, 6);
  const { kid } = keys.find(({ use, state }) => use === 'data-integrity' && state === 'active')!;
  t.match(await run('rotate data-integrity'), { rotated: [{ retired: kid }], note: /Back up/ });
  t.match(await run('rotate all'), { rotated: { length: 3 } });
  const next = service.keys.keys('vc-jwt').find(({ state }) => state === 'next')!.kid;
  t.match(await run(`retire ${next}`), { kid: next, state: 'retired', note: /Back up/ });
  t.match(await run(`compromise ${kid}`), { kid, state: 'compromised' });
  t.same(alongside, [kid]);
});

await t.test(
  'whoever marks a key is told what becomes of what it signed, and of a backup where there are new keys',
  async (t) => {
    const service = await openTestService();
    t.teardown(() => service.close());
    const notes = new Map<string, string>();
    const issuer = await createDidKeyIssuer(service);
    const kids = [...KEY_USES.map((use) => service.keys.active(use).kid), issuer.key.kid];
    for (const kid of kids)
      await runKeysCommand(service, ['compromise', kid], {
        write: (text) => {
          const { use, note } = JSON.parse(text) as { use: string; note: string };
          notes.set(use, note);
        },
        fail: () => undefined,
      });
    for (const use of ['data-integrity', 'vc-jwt']) t.match(notes.get(use), /badges.*signed again.*VC API.*Back up/);
    t.match(notes.get('access-token'), /tokens.*refused.*Back up/);
    t.match(notes.get('did-key'), /lost with it/);
    t.notMatch(notes.get('did-key'), /Back up|signed again/);
  },
);

await t.test('what is not understood is told', async (t) => {
  const service = await openTestService();
  t.teardown(() => service.close());
  for (const line of ['', 'rotate', 'rotate badges', 'list more', 'burn x', 'retire', 'rotate all now']) {
    await t.rejects(runKeysCommand(service, line.split(' ').filter(Boolean)), UsageError, line);
  }
  await t.rejects(runKeysCommand(service, ['list', 'more']), /^more is one word too many/);
  await t.rejects(runKeysCommand(service, ['retire', 'nobody']), { code: 'key_unknown' });
});
