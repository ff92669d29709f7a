// A track's file: what is refused, and what the published document is made of.
import { createHash } from 'node:crypto';
import t from 'tap';
import core10 from '../../src/tracks/catalogue/tracks/core-1.0.json' with { type: 'json' };
import { TEXTS } from '../../src/tracks/catalogue.ts';
import { digestOf, parseTrack, TOP_LEVEL_LIMIT, TrackFaults } from '../../src/tracks/track.ts';

type File = typeof core10;
function changed(change: (file: File) => void): File {
  const file = structuredClone(core10);
  change(file);
  return file;
}
function pointersOf(file: unknown): string[] {
  try {
    parseTrack(file, TEXTS);
    return [];
  } catch (error) {
    if (!(error instanceof TrackFaults)) throw error;
    return error.faults.map((fault) => fault.pointer);
  }
}

void t.test('the published document stands by itself: titles in the requirement, units with their texts', async (t) => {
  const track = parseTrack(core10, TEXTS);
  t.equal(track.units.length, 29);
  t.ok('of' in track.requirement);
  if ('of' in track.requirement)
    t.match(track.requirement.of[0], { kind: 'module', title: 'The Commons', titles: ['Significance of the Commons'] });
});

void t.test('a digest is that of the JCS form of everything else, whatever the order of members', async (t) => {
  t.equal(
    digestOf({ b: [1, 'ö'], a: true, digest: 'x' }),
    `sha256-${createHash('sha256').update('{"a":true,"b":[1,"ö"]}').digest('hex')}`,
  );
  const track = parseTrack(core10, TEXTS);
  t.equal(digestOf(JSON.parse(JSON.stringify(track))), track.digest, 'it can be recomputed from what is served');
});

void t.test('every fault is named with its pointer', async (t) => {
  t.same(pointersOf(core10), []);
  t.same(pointersOf('no track'), ['']);
  t.same(pointersOf(changed((file) => (file.version = 'one'))), ['/version']);
  t.same(pointersOf(changed((file) => (file.description = 'Sharing &amp; caring'))), ['/description']);
  t.same(pointersOf({ ...core10, colour: 'red' }), ['']);
  t.same(pointersOf(changed((file) => file.modules[0]?.units.push('commons/tragedy'))), ['/modules/0/units/4']);
  t.same(pointersOf(changed((file) => file.modules[1]?.units.push('commons/significance'))), ['/modules/1/units/5']);
  t.ok(pointersOf(changed((file) => void (file.modules[0]!.module = 'goats'))).includes('/modules/0/module'));
  t.same(
    pointersOf(changed((file) => file.modules[0]?.units.pop())),
    ['/requirement'],
    'asks for what it does not list',
  );
});

void t.test(`more than ${TOP_LEVEL_LIMIT} things at the top of a requirement are refused`, async (t) => {
  const crowded = changed((file) => {
    const { of } = file.requirement;
    const units = (of[0] as { units: string[] }).units.splice(1, 3);
    of.push(...(units.map((unit) => ({ kind: 'unit', unit })) as unknown as typeof of));
  });
  t.same(pointersOf(crowded), ['/requirement/of']);
});

void t.test('a later version may say things in other words, and the shared text stays for the older', async (t) => {
  const before = TEXTS.units.get('legal/marking');
  const next = {
    ...core10,
    version: '1.1',
    modules: core10.modules.map((module) =>
      module.module !== 'legal'
        ? module
        : {
            ...module,
            units: module.units.map((unit) =>
              unit === 'legal/marking' ? { unit, summary: 'How to mark.', outcomes: ['Mark a work'] } : unit,
            ),
          },
    ),
  };
  const track = parseTrack(next, TEXTS);
  t.match(
    track.units.find((unit) => unit.key === 'legal/marking'),
    { title: 'Proper Legal Marking', content: 'authored', outcomes: ['Mark a work'] },
  );
  t.equal(TEXTS.units.get('legal/marking'), before);
  t.notOk(before?.outcomes);
});
