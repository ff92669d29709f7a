// What this room says in the contract is said of routes that there are.
import t from 'tap';
import { pagesContract } from '../../src/pages/contract.ts';
import { holdRoom } from '../contract/room.ts';

await t.test('every text belongs to a route', async (t) => holdRoom(t, pagesContract));
