// The command: plain words or JSON, and an exit code for scripts.
import t from 'tap';
import { issueSpecimen } from '../../src/credentials/issue-specimen.ts';
import { runDoctorCommand } from '../../src/verification/cli-doctor.ts';
import { openTestApp } from '../platform/test-app.ts';
import { openTestService } from '../platform/test-service.ts';
import { deployment, URL_THERE, type Faults } from './doctor/deployment.ts';

const service = await openTestService();
t.teardown(() => service.close());
// Ready is who works on jobs.
await service.jobs.start();
const app = await openTestApp(service);
t.teardown(() => app.close());

async function run(args: string[], faults: Faults = {}) {
  let [text, failed] = ['', ''];
  const code = await runDoctorCommand(args, {
    ...deployment(service, app, faults),
    publicUrl: URL_THERE,
    makeSpecimen: () => issueSpecimen(service),
    out: { write: (more) => void (text += more), fail: (more) => void (failed += more) },
  });
  return { code, text, failed };
}

void t.test('0 when nothing is wrong, in words', async (t) => {
  const { code, text } = await run([]);
  t.equal(code, 0);
  t.match(text, /https:\/\/badges\.example\.org: Strangers can verify what it issues\./);
  t.notMatch(text, /BAD/);
});

void t.test('1 when something is, with the remedy beneath', async (t) => {
  const { code, text } = await run([`${URL_THERE}/`], { '/readyz': () => ({ status: 503 }) });
  t.equal(code, 1);
  t.match(text, /BAD +\/readyz answers 503.*\n +Mend what is named there/);
  t.match(text, /1 to be mended/);
});

void t.test('--json for scripts', async (t) => {
  const { text } = await run(['--json']);
  t.match(JSON.parse(text), { url: URL_THERE, ok: true, findings: [{ id: 'tls', status: 'good' }] });
});

void t.test('2 and the usage for what cannot be understood', async (t) => {
  for (const args of [['nonsense'], ['ftp://a.example'], ['--what'], [URL_THERE, 'more']]) {
    const { code, failed } = await run(args);
    t.equal(code, 2, args.join(' '));
    t.match(failed, /Usage: cairn doctor/);
  }
});

void t.test('of an address that is not ours no test badge is asked for', async (t) => {
  let asked = 0;
  const tools = deployment(service, app, {}, 'https://elsewhere.example');
  const out = { write: () => undefined, fail: () => undefined };
  const makeSpecimen = async () => ({ missing: `asked ${++asked}` });
  await runDoctorCommand(['https://elsewhere.example'], { ...tools, publicUrl: URL_THERE, makeSpecimen, out });
  t.equal(asked, 0);
});
