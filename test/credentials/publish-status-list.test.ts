// The status list: a stranger can verify it, its bits are those that are set, and it never runs out.
import t from 'tap';
import {
  currentStatusList,
  LIST_TTL_MS,
  LIST_VALID_MS,
  publishStatusList,
  renewStatusLists,
  type ListChange,
} from '../../src/credentials/publish-status-list.ts';
import { changePostedStatus } from '../../src/credentials/change-posted-status.ts';
import { statusListUrl } from '../../src/credentials/status-entry.ts';
import { setBits } from '../../src/credentials/status-store.ts';
import { revokeCredential } from '../../src/credentials/revoke-credential.ts';
import { decodeBitstring } from '../../src/openbadges/status/bitstring.ts';
import { compromiseKey } from '../../src/platform/compromise-key.ts';
import type { Service } from '../../src/platform/service.ts';
import { onEachDatabase } from '../platform/test-service.ts';
import { issueCommons, strangerVerifies } from './issued.ts';
import { openVcApi, plain } from './vc-api-caller.ts';

interface List {
  id: string;
  type: string[];
  issuer: string;
  validFrom: string;
  validUntil: string;
  credentialSubject: { type: string; statusPurpose: string; encodedList: string; ttl: number };
}

async function served(service: Service, n = 0): Promise<{ list: List; json: string; etag: string }> {
  const found = await currentStatusList(service, 'revocation', n);
  if (!found) throw new Error('no list');
  return { list: JSON.parse(found.json) as List, json: found.json, etag: found.etag };
}

const bits = (list: List) => decodeBitstring(list.credentialSubject.encodedList, { maxBytes: 1 << 20 });
const DAY_MS = 86_400_000;

await onEachDatabase(
  t,
  'a list is there as soon as a badge names it, with the members that the standard asks for',
  async (t, service) => {
    t.equal(await currentStatusList(service, 'revocation', 0), undefined, 'before any badge there is none');
    await issueCommons(service);
    const { list } = await served(service);
    t.match(list, {
      id: statusListUrl('https://badges.example.org', 'revocation', 0),
      type: ['VerifiableCredential', 'BitstringStatusListCredential'],
      issuer: 'did:web:badges.example.org',
      validFrom: '2026-03-04T12:00:00Z',
      validUntil: new Date(service.now().getTime() + LIST_VALID_MS).toISOString().replace('.000', ''),
      credentialSubject: { type: 'BitstringStatusList', statusPurpose: 'revocation', ttl: LIST_TTL_MS },
    });
    t.equal(bits(list).lengthBits, 131_072);
    t.equal(await currentStatusList(service, 'revocation', 1), undefined);
    t.equal(await currentStatusList(service, 'suspension', 0), undefined);
  },
);

await onEachDatabase(
  t,
  'a list verifies with code that is not ours, and not when a bit was changed',
  async (t, service) => {
    await issueCommons(service);
    const { list } = await served(service);
    t.equal(await strangerVerifies(service, list), true);
    const forged = { ...list, credentialSubject: { ...list.credentialSubject, ttl: 1 } };
    t.equal(await strangerVerifies(service, forged), false);
  },
);

await onEachDatabase(t, 'a revocation is in the next list served, and changes its ETag', async (t, service) => {
  const [ada, bob] = [await issueCommons(service, 'ada'), await issueCommons(service, 'bob')];
  const before = await served(service);
  t.equal(bits(before.list).get(ada.statusIndex), 0);
  await revokeCredential(service, ada.id, 'issued_in_error', 'It was issued to somebody else.');
  const after = await served(service);
  t.equal(bits(after.list).get(ada.statusIndex), 1);
  t.equal(bits(after.list).get(bob.statusIndex), 0, 'and nobody else’s bit');
  t.not(after.etag, before.etag);
  t.equal(await strangerVerifies(service, after.list), true);
});

await onEachDatabase(t, 'a list is served unchanged until it is signed again', async (t, service) => {
  await issueCommons(service);
  const first = await served(service);
  service.clock.advance(5 * DAY_MS);
  t.equal((await served(service)).json, first.json);
});

await onEachDatabase(t, 'all who first ask for a list at once get one and the same', async (t, service) => {
  await issueCommons(service);
  // Each look at the clock is a second later, so that two publications cannot be the same bytes.
  const now = (): Date => {
    service.clock.advance(1000);
    return service.now();
  };
  const ticking = { ...service, now };
  const lists = await Promise.all(Array.from({ length: 8 }, () => served(ticking)));
  t.equal(new Set(lists.map((one) => one.etag)).size, 1);
  t.equal((await served(ticking)).etag, lists[0]!.etag, 'which is the one that is kept');
});

await onEachDatabase(
  t,
  'a replica that has not heard of an issuer signs its lists; those of one that is lost are signed by none',
  async (t, service) => {
    const replica = service.db.kind === 'postgres' ? await service.openReplica() : service;
    if (replica !== service) t.teardown(() => replica.close());
    const api = await openVcApi(t, service);
    const name = { credentialId: 'urn:x:theirs', clientId: null };
    const { vc } = await api.issue(plain({ issuer: api.didKey, id: name.credentialId }), {
      credentialStatus: [{ type: 'BitstringStatusListEntry', statusPurpose: 'suspension' }],
    });
    await changePostedStatus(replica, { ...name, changes: [{ purpose: 'suspension', set: true }] });
    t.match((await api.verify(vc)).text, /suspended/);
    await compromiseKey(service, api.didKey.replace('did:key:', ''));
    const lifted = changePostedStatus(service, { ...name, changes: [{ purpose: 'suspension', set: false }] });
    await t.rejects(lifted, { code: 'issuer_lost', status: 409 });
  },
  { vcApi: true },
);

await onEachDatabase(
  t,
  'an issuer that is lost while its lists are renewed keeps no other list from it',
  async (t, service) => {
    const api = await openVcApi(t, service);
    const entry = { credentialStatus: [{ type: 'BitstringStatusListEntry', statusPurpose: 'suspension' }] };
    for (const [n, issuer] of [api.didKey, 'did:web:badges.example.org'].entries()) {
      const credentialId = `urn:x:${n}`;
      await api.issue(plain({ issuer, id: credentialId }), entry);
      const changes = [{ purpose: 'suspension' as const, set: true }];
      await changePostedStatus(service, { credentialId, clientId: null, changes });
    }
    // Found by whoever looks for it first, and gone when it is to sign.
    let looked = false;
    const keys: typeof service.keys = {
      ...service.keys,
      find: (kid) => {
        if (looked) return undefined;
        looked = true;
        return service.keys.find(kid);
      },
    };
    t.equal(await renewStatusLists({ ...service, keys }, true), 1);
    t.equal(await renewStatusLists(service, true), 2);
  },
  { vcApi: true },
);

await onEachDatabase(t, 'a list that nobody renewed is signed again when it is asked for', async (t, service) => {
  await issueCommons(service);
  const first = await served(service);
  service.clock.advance(LIST_VALID_MS - DAY_MS + 1);
  const later = await served(service);
  t.not(later.etag, first.etag);
  t.ok(new Date(later.list.validUntil).getTime() > service.now().getTime() + LIST_VALID_MS - 1000);
});

await onEachDatabase(t, 'the renewal signs what is a day old, or all that there is', async (t, service) => {
  await issueCommons(service);
  await served(service);
  t.equal(await renewStatusLists(service), 0);
  t.equal(await renewStatusLists(service, true), 1);
  service.clock.advance(DAY_MS + 1);
  t.equal(await renewStatusLists(service), 1);
  t.equal(await renewStatusLists(service), 0);
});

await onEachDatabase(t, 'a publication that is rolled back leaves the list as it was', async (t, service) => {
  await issueCommons(service);
  const first = await served(service);
  service.clock.advance(1000);
  const failing = service.db.transaction(async (tx) => {
    await publishStatusList(tx, service, 'revocation', 0);
    throw new Error('rolled back');
  });
  await t.rejects(failing, /rolled back/);
  t.equal((await served(service)).json, first.json);
});

await onEachDatabase(t, 'a change is put on what was signed last; the rows have the last word', async (t, service) => {
  await issueCommons(service);
  const bits = async (): Promise<number[]> => {
    const { list } = await served(service);
    const { get } = decodeBitstring(list.credentialSubject.encodedList);
    return [0, 1, 7, 8, 9, 131_071].filter((index) => get(index) === 1);
  };
  const change = (rowed: number[], change?: ListChange): Promise<void> =>
    service.db.transaction(async (tx) => {
      await setBits(
        tx,
        rowed.map((index) => ({ purpose: 'revocation', n: 0, index })),
        service.now(),
      );
      await publishStatusList(tx, service, 'revocation', 0, change);
    });
  await change([0, 9], { set: [0, 9] });
  t.same(await bits(), [0, 9], 'the first publication reads the rows');
  await change([8, 131_071], { set: [8, 131_071] });
  t.same(await bits(), [0, 8, 9, 131_071]);
  await change([], { set: [7], cleared: [8, 1] });
  t.same(await bits(), [0, 7, 9, 131_071]);
  await change([]);
  t.same(await bits(), [0, 8, 9, 131_071], 'a renewal reads the rows');
});

await onEachDatabase(t, 'two that change one list at once: both changes are in it', async (t, service) => {
  await issueCommons(service);
  await served(service);
  const indexes = Array.from({ length: 20 }, (_, n) => n * 13);
  await Promise.all(
    indexes.map((index) =>
      service.db.transaction(async (tx) => {
        await setBits(tx, [{ purpose: 'revocation', n: 0, index }], service.now());
        await publishStatusList(tx, service, 'revocation', 0, { set: [index] });
      }),
    ),
  );
  const { get } = decodeBitstring((await served(service)).list.credentialSubject.encodedList);
  t.same(
    indexes.filter((index) => get(index) !== 1),
    [],
  );
});

await onEachDatabase(
  t,
  'under another PUBLIC_URL a list is signed anew at once: badges issued from then on have one of their own issuer',
  async (t, service) => {
    const { statusIndex, id } = await issueCommons(service);
    await revokeCredential(service, id, 'issued_in_error', 'It was issued to somebody else.');
    const before = await served(service);
    const moved = { ...service, config: { ...service.config, publicUrl: 'https://new.example.org' } };
    const { list, etag } = await served(moved);
    t.match(list, { id: 'https://new.example.org/status/revocation/0', issuer: 'did:web:new.example.org' });
    t.equal(bits(list).get(statusIndex), 1);
    t.not(etag, before.etag);
    t.equal((await served(moved)).etag, etag, 'and once');
  },
);
