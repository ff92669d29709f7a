// Revocation is for ever, suspension is not; both are seen by whoever verifies next.
import { sql } from '../../src/platform/sql.ts';
import t from 'tap';
import { readBits, readSignedBits } from '../../src/credentials/status-store.ts';
import { LIST_LENGTH_BITS } from '../../src/credentials/take-status-indexes.ts';
import { onEachDatabase, openTestService } from '../platform/test-service.ts';
import { OWN, openVcApi, plain } from './vc-api-caller.ts';

const TYPE = 'BitstringStatusListEntry';
const entry = (statusPurpose: string, more: object = {}) => ({ type: TYPE, statusPurpose, ...more });
const both = { credentialStatus: [entry('revocation'), entry('suspension')] };

const service = await openTestService('pglite', { vcApi: true });
t.teardown(() => service.close());
const api = await openVcApi(t, service);

await onEachDatabase(
  t,
  'suspended, reinstated, suspended, revoked: each is seen at once',
  async (t, service) => {
    const api = await openVcApi(t, service);
    for (const [n, issuer] of [OWN, api.didKey].entries()) {
      const credentialId = `urn:x:${n}`;
      const { vc } = await api.issue(plain({ issuer, id: credentialId }), both);
      const change = (purpose: string, status: unknown) =>
        api.status({ credentialId, credentialStatus: entry(purpose), status });
      const says = async (pattern: RegExp) => t.match((await api.verify(vc)).text, pattern);
      t.equal((await api.verify(vc)).status, 200);
      t.equal(await change('suspension', true), 200);
      await says(/suspended/);
      t.equal(await change('suspension', true), 200, 'the same again');
      t.equal(await change('suspension', false), 200);
      t.equal((await api.verify(vc)).status, 200, 'reinstated');
      t.equal(await change('suspension', '1'), 200);
      t.equal(await change('revocation', '0'), 200, 'not revoked is what it is');
      t.equal(await change('revocation', '1'), 200);
      await says(/revoked/);
      t.equal(await change('revocation', '0'), 409);
    }
  },
  { vcApi: true },
);

await onEachDatabase(
  t,
  'of contrary requests at once each is answered, and the lists say what stands',
  async (t, service) => {
    const api = await openVcApi(t, service);
    const word = (purpose: string, status: string) => entry(purpose, { status });
    const [suspend, lift, revoke] = [word('suspension', '1'), word('suspension', '0'), word('revocation', '1')];
    const orders = [
      [suspend, revoke],
      [revoke, suspend],
      [revoke, lift],
    ];
    for (let round = 0; round < 5; round += 1) {
      const credentialId = `urn:x:contrary-${round}`;
      const { vc } = await api.issue(plain({ id: credentialId }), both);
      const answers = orders.map((credentialStatus) => api.status({ credentialId, credentialStatus }));
      t.same(await Promise.all(answers), [200, 200, 200]);
      t.match((await api.verify(vc)).text, /revoked/);
    }
    for (const purpose of ['suspension', 'revocation']) {
      const bits = Buffer.alloc(LIST_LENGTH_BITS / 8);
      for (const index of await readBits(service.db.read, purpose, 0)) bits[index >> 3]! |= 0x80 >> (index & 7);
      const signed = await readSignedBits(service.db.read, purpose, 0);
      t.ok(signed?.equals(bits), `what is signed of ${purpose} is what stands`);
    }
  },
  { vcApi: true },
);

void t.test('the older form: several entries, each with a status of its own', async (t) => {
  const { vc } = await api.issue(plain({ id: 'urn:x:older' }), both);
  const credentialStatus = [entry('suspension', { status: '1' }), entry('revocation', { status: '0' })];
  t.equal(await api.status({ credentialId: 'urn:x:older', credentialStatus }), 200);
  t.match((await api.verify(vc)).text, /suspended/);
});

void t.test('without a name, by the entry itself', async (t) => {
  const { vc } = await api.issue(plain(), { credentialStatus: [entry('suspension')] });
  const { credentialStatus } = vc as unknown as { credentialStatus: Record<string, string> };
  t.equal(await api.status({ credentialStatus, status: true }), 200);
  t.match((await api.verify(vc)).text, /suspended/);
  for (const list of [
    'https://elsewhere.example/status/suspension/0',
    'https://badges.example.org/status/suspension/7',
  ])
    t.equal(
      await api.status({ credentialStatus: { ...credentialStatus, statusListCredential: list }, status: true }),
      404,
    );
});

void t.test('what was issued without an entry for it cannot be suspended, and says so', async (t) => {
  await api.issue(plain({ id: 'urn:x:bare' }), { credentialStatus: [entry('revocation')] });
  const order = { credentialId: 'urn:x:bare', credentialStatus: entry('suspension'), status: true };
  const answer = await api.issuer.call('POST', '/credentials/status', order);
  t.match(answer.json(), { status: 400, code: 'status_entry_unknown' });
});

void t.test('only whoever issued it may change it, or an admin', async (t) => {
  await api.issue(plain({ id: 'urn:x:mine' }), both);
  const order = { credentialId: 'urn:x:mine', credentialStatus: entry('suspension'), status: true };
  const other = await api.caller(['vc:issue']);
  t.equal((await other.call('POST', '/credentials/status', order)).statusCode, 404);
  const admin = await api.caller(['admin']);
  t.equal((await admin.call('POST', '/credentials/status', order)).statusCode, 200);
});

void t.test('two copies under one name are one to whoever revokes', async (t) => {
  const copies = [
    await api.issue(plain({ id: 'urn:x:twice' }), both),
    await api.issue(plain({ id: 'urn:x:twice' }), both),
  ];
  await api.status({ credentialId: 'urn:x:twice', credentialStatus: entry('revocation'), status: true });
  for (const { vc } of copies) t.match((await api.verify(vc)).text, /revoked/);
});

await onEachDatabase(
  t,
  'a full suspension list is followed by the next, and both are served',
  async (t, service) => {
    const api = await openVcApi(t, service);
    await api.issue(plain({ id: 'urn:x:first' }), both);
    await service.db.transaction(async (tx) => {
      await tx.execute(sql`update status_series set taken = ${LIST_LENGTH_BITS - 1} where series = 'suspension'`);
    });
    const lists: string[] = [];
    for (const id of ['urn:x:last', 'urn:x:next']) {
      const { vc } = await api.issue(plain({ id }), { credentialStatus: entry('suspension') });
      const { statusListCredential: list } = (vc as unknown as { credentialStatus: Record<string, string> })
        .credentialStatus;
      lists.push(list!);
      t.equal(await api.status({ credentialId: id, credentialStatus: entry('suspension'), status: true }), 200);
      t.match((await api.verify(vc)).text, /suspended/);
    }
    t.same(
      lists,
      [0, 1].map((n) => `https://badges.example.org/status/suspension/${n}`),
    );
    t.equal((await api.get('/status/suspension/2')).statusCode, 404, 'none is served before it has begun');
  },
  { vcApi: true },
);
