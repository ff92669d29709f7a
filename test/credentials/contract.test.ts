// What this room says in the contract is said of routes that there are, and the badge that is shown is a good one.
import { compactVerify, importJWK } from 'jose';
import t from 'tap';
import { credentialsContract } from '../../src/credentials/contract.ts';
import documents from '../../src/credentials/example-documents.json' with { type: 'json' };
import issuer from '../../src/issuer/example-documents.json' with { type: 'json' };
import { ResolveError } from '../../src/openbadges/resolve.ts';
import { verifyCredential } from '../../src/openbadges/verify.ts';
import { holdRoom } from '../contract/room.ts';

const { credential, jwt, award, statusList } = documents;
const served: Record<string, object> = {
  'https://badges.example.org/.well-known/did.json': issuer.did,
  [issuer.key.kid]: issuer.key,
  [statusList.id]: statusList,
  [award.id]: award,
};

await t.test('every text belongs to a route', async (t) => holdRoom(t, credentialsContract));

await t.test(
  'the credential that is shown verifies with the keys and the list that are shown, in both forms',
  async (t) => {
    const resolve = async (url: string) => {
      const document = served[url.split('#')[0]!];
      if (!document) throw new ResolveError('unreachable', `${url} is not among the examples`);
      return { url, status: 200, contentType: 'application/json', body: JSON.stringify(document) };
    };
    const now = new Date('2026-03-04T12:00:00.000Z');
    for (const submission of [{ json: credential }, { jwt }]) {
      const { outcome, checks } = await verifyCredential(submission, { resolve, now });
      t.equal(outcome, 'valid', JSON.stringify(checks.filter((one) => one.status !== 'pass')));
    }
    const { payload } = await compactVerify(jwt, await importJWK(issuer.key, 'RS256'));
    const { proof: _, ...unsigned } = credential;
    t.match(JSON.parse(new TextDecoder().decode(payload)), unsigned);
  },
);
