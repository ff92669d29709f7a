// The pages of what can be earned: everything of the catalogue, in its order.
import t from 'tap';
import { achievementsPage, modulePage, trackPage } from '../../src/pages/achievement-pages.ts';
import { wordsOf } from '../../src/pages/words.ts';
import { currentTrack, currentTracks, findAwardable } from '../../src/tracks/catalogue.ts';
import { escapeHtml } from '../../src/pages/html.ts';
import { site } from './badge-for-pages.ts';

const words = wordsOf('en');

await t.test('the list has every track', async (t) => {
  const { text } = achievementsPage(site, words).body;
  for (const track of currentTracks()) t.match(text, new RegExp(`href="/achievements/${track.id}"`), track.id);
});

await t.test(
  'a track is a trail: its modules and units in its own order, what counts, steps, skills, source',
  async (t) => {
    for (const track of currentTracks()) {
      const { text } = trackPage(track, site, words).body;
      const places = track.units.map((unit) => text.indexOf(`id="${unit.key}"`));
      const listed = [
        ...track.modules.flatMap((module) => module.units),
        ...track.groups.flatMap((group) => group.units),
      ];
      const inOrder = listed.map((key) => text.indexOf(`id="${key}"`));
      t.ok(
        places.every((place) => place > 0),
        `${track.id}: every unit`,
      );
      t.same(
        inOrder,
        inOrder.toSorted((a, b) => a - b),
        `${track.id}: in order`,
      );
      t.ok(text.includes(track.digest) && text.includes('CC BY 4.0'), `${track.id}: digest and licence`);
      for (const outcome of track.outcomes) t.ok(text.includes(escapeHtml(outcome)), outcome);
    }
  },
);

await t.test('a choice says how many of how many', async (t) => {
  t.match(trackPage(currentTrack('librarian'), site, words).body.text, /at least 2 of 6/);
});

await t.test('the badge of a module has its units and its quest', async (t) => {
  const { text } = modulePage(currentTrack('core'), findAwardable('core/commons')!, site, words).body;
  t.match(text, /Summit quest/);
  t.equal(text.match(/class="unit"/g)?.length, 4);
});
