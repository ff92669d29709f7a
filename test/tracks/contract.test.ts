// What this room says in the contract is said of routes that there are, and shows the catalogue as it is.
import t from 'tap';
import { currentTrack } from '../../src/tracks/catalogue.ts';
import { tracksContract } from '../../src/tracks/contract.ts';
import { holdRoom } from '../contract/room.ts';

await t.test('every text belongs to a route', async (t) => holdRoom(t, tracksContract));

await t.test('the track that is shown is the one that is published', async (t) => {
  const { digest, version } = currentTrack('core');
  t.match(tracksContract.operations['GET /v1/catalogue'].answers[200].example, { tracks: [{ digest, version }] });
});
