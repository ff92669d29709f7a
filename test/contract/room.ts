// Holds what a room says in the contract to the routes there are: nothing is said of a route that is gone.
import type { Test } from 'tap';
import type { RoomContract } from '../../src/platform/contract.ts';
import { drawContract } from './document.ts';
import { operations } from './operations.ts';

/** Every operation that a room describes is there, under the name that the room gave it. */
export async function holdRoom(t: Test, { operations: told }: RoomContract): Promise<void> {
  const drawn = new Map(operations(await drawContract()).map((one) => [one.name, one.operation.operationId]));
  for (const [route, text] of Object.entries(told))
    t.equal(drawn.get(route.replace(/:(\w+)/g, '{$1}')), text.operationId, route);
}
