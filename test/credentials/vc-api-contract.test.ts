// What is said in the contract is said of routes that there are.
import t from 'tap';
import { vcApiContract } from '../../src/credentials/vc-api-contract.ts';
import { holdRoom } from '../contract/room.ts';

await t.test('every text belongs to a route', async (t) => holdRoom(t, vcApiContract));
