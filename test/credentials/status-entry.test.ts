// The entry of a place in a list.
import t from 'tap';
import { statusEntry, statusListUrl } from '../../src/credentials/status-entry.ts';

void t.test('the index is a text, and the list is named by its URL', async (t) => {
  const url = 'https://badges.example.org/status/revocation/2';
  t.equal(statusListUrl('https://badges.example.org', 'revocation', 2), url);
  t.same(statusEntry('https://badges.example.org', 'revocation', { list: 2, index: 7 }), {
    ...{ id: `${url}#7`, type: 'BitstringStatusListEntry', statusPurpose: 'revocation' },
    ...{ statusListIndex: '7', statusListCredential: url },
  });
});

void t.test('a did:key has lists of its own, whose purpose is the same', async (t) => {
  t.match(statusEntry('https://b.example', 'suspension/z6Mk', { list: 0, index: 0 }), {
    ...{ statusPurpose: 'suspension', statusListCredential: 'https://b.example/status/suspension/z6Mk/0' },
  });
});
