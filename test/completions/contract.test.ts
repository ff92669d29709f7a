// What this room says in the contract is said of routes that there are.
import t from 'tap';
import { completionsContract } from '../../src/completions/contract.ts';
import { holdRoom } from '../contract/room.ts';

await t.test('every text belongs to a route', async (t) => holdRoom(t, completionsContract));

await t.test('each way of being parked is shown', async (t) => {
  const shown = completionsContract.operations['POST /v1/completions']?.answers?.[202]?.examples;
  t.same(Object.keys(shown ?? {}), ['unknown_unit', 'identity_conflict', 'unverified_email']);
});
