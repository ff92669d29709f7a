// Commands handed to a running service.
import { chmodSync, existsSync, statSync, writeFileSync } from 'node:fs';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import { openCommandSocket, sendCommand, socketPath } from '../../src/platform/command-socket.ts';
import type { RunCommand } from '../../src/platform/command-socket.ts';

const echo: RunCommand = async (args, out) => {
  if (args[0] === 'throw') throw new Error('it broke');
  for (const word of args) out.write(`${word}\n`);
  out.fail('complaint');
  return args.length;
};

async function send(
  folder: string,
  args: string[],
): Promise<{ code: number | undefined; told: string; failed: string }> {
  let [told, failed] = ['', ''];
  const code = await sendCommand(folder, args, {
    write: (text) => void (told += text),
    fail: (text) => void (failed += text),
  });
  return { code, told, failed };
}

await t.test('output streams back, the exit code too, and errors as errors', async (t) => {
  const folder = t.testdir({});
  const socket = await openCommandSocket(folder, echo);
  t.same(await send(folder, ['a', 'b c']), { code: 2, told: 'a\nb c\n', failed: 'complaint' });
  await t.rejects(send(folder, ['throw']), /it broke/);
  t.equal(statSync(socketPath(folder)).mode & 0o777, 0o600);
  await socket.close();
  t.notOk(existsSync(socketPath(folder)));
});

await t.test("where no service listens there is no answer; a dead one's socket is replaced", async (t) => {
  const folder = t.testdir({});
  t.match(await send(folder, ['x']), { code: undefined });
  writeFileSync(join(folder, 'command.sock'), '');
  chmodSync(join(folder, 'command.sock'), 0o600);
  const socket = await openCommandSocket(folder, echo);
  t.match(await send(folder, ['x']), { code: 1 });
  await socket.close();
});

await t.test('what is no command is refused, and the service goes on', async (t) => {
  const folder = t.testdir({});
  const socket = await openCommandSocket(folder, echo);
  for (const text of ['rubbish\n', '{"command":"x"}\n', '{}\n']) {
    const client = createConnection(socketPath(folder));
    client.write(text);
    let answer = '';
    for await (const chunk of client) answer += String(chunk);
    t.match(JSON.parse(answer), { exit: 1, error: String }, text);
  }
  t.match(await send(folder, ['x']), { code: 1 });
  await socket.close();
});

await t.test('a path too long for a socket gets one elsewhere, the same for both sides', async (t) => {
  const deep = join(t.testdir({}), 'x'.repeat(120));
  t.ok(Buffer.byteLength(socketPath(deep)) < 108);
  t.equal(socketPath(deep), socketPath(deep));
  t.not(socketPath(deep), socketPath(`${deep}y`));
  const socket = await openCommandSocket(deep, echo);
  t.match(await send(deep, ['x']), { code: 1 });
  await socket.close();
});
