// What this room says in the contract is said of routes that there are, and every form of a badge is shown.
import t from 'tap';
import { verificationContract } from '../../src/verification/contract.ts';
import { holdRoom } from '../contract/room.ts';

await t.test('every text belongs to a route', async (t) => holdRoom(t, verificationContract));

await t.test('a badge is taken as JSON, JWT and picture', async (t) => {
  const { content } = verificationContract.operations['POST /v1/verify']!.body!;
  for (const type of ['application/json', 'application/vc', 'application/vc+jwt', 'image/png', 'image/svg+xml'])
    t.ok(content?.[type], type);
});
