// No place in a status list is given out twice, not even to badges of which a restored database knows nothing.
import t from 'tap';
import { currentStatusList } from '../../src/credentials/publish-status-list.ts';
import { skipStatusPlaces } from '../../src/credentials/skip-status-places.ts';
import { takeSeriesIndex, takeStatusIndexes } from '../../src/credentials/take-status-indexes.ts';
import { onEachDatabase } from '../platform/test-service.ts';

await onEachDatabase(
  t,
  'places are given from a list that no badge of before can have, and the lists between are served',
  async (t, service) => {
    t.equal(await skipStatusPlaces(service), 2, 'before the first badge too');
    const [place] = await service.db.transaction((tx) => takeStatusIndexes(tx, service, 1));
    t.equal(place?.list, 2);
    t.equal(await skipStatusPlaces(service), 4);
    const places = await service.db.transaction((tx) => takeStatusIndexes(tx, service, 2));
    t.same(
      places.map(({ list }) => list),
      [4, 4],
    );
    t.not(places[0]!.index, places[1]!.index);
    for (const n of [0, 1, 2, 3, 4]) t.ok(await currentStatusList(service, 'revocation', n), `list ${n}`);
    t.equal(await currentStatusList(service, 'revocation', 5), undefined);
  },
);

await onEachDatabase(t, 'so are those of each other series', async (t, service) => {
  const take = () => service.db.transaction((tx) => takeSeriesIndex(tx, service, 'suspension'));
  t.equal((await take()).list, 0);
  await skipStatusPlaces(service);
  t.equal((await take()).list, 2);
});
