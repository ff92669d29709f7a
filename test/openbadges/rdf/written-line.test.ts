// A line has the bytes of its pieces and words, whatever stood there before, and is written only where it differs.
import t from 'tap';
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fillLine, hasNew, rewrite, unwrite, unwritten, type Words } from '../../../src/openbadges/rdf/written-line.ts';
import { text } from '../generated-badge.ts';

function wordsOf(texts: string[], before?: Words): Words {
  return {
    texts,
    widths: texts.map((one) => Buffer.byteLength(one)),
    isNew: Uint8Array.from(texts.map((one, n) => (before && one === before.texts[n] ? 0 : 1))),
  };
}

const written = (line: ReturnType<typeof unwritten>) => line.bytes.toString();

void t.test('one filling after another, of words of all widths', async (t) => {
  const gaps = fc.array(fc.nat({ max: 3 }), { maxLength: 6 });
  const texts = fc.array(fc.oneof(fc.constantFrom('a', 'b', 'é', ''), text), { minLength: 4, maxLength: 4 });
  fc.assert(
    fc.property(gaps, fc.array(text, { minLength: 7, maxLength: 7 }), fc.array(texts), (gaps, pieces, fillings) => {
      const line = unwritten({ gaps, pieces: pieces.slice(0, gaps.length + 1).map((piece) => `<${piece}>`) });
      let words: Words | undefined;
      for (const filling of fillings) {
        const before = words && written(line);
        words = wordsOf(filling, words);
        const isNew = hasNew(line.gaps, words) || before === undefined;
        assert.equal(rewrite(line, words), isNew);
        assert.equal(written(line), fillLine(line, words));
      }
    }),
    { numRuns: 500 },
  );
  t.pass();
});

void t.test('what was left is written as if it had never been', async (t) => {
  const line = unwritten({ pieces: ['<', '>'], gaps: [0] });
  const words = wordsOf(['a']);
  t.ok(rewrite(line, words));
  t.notOk(rewrite(line, wordsOf(['a'], words)));
  unwrite(line);
  t.strictSame([line.at, line.bytes.length], [-1, 0]);
  t.ok(rewrite(line, wordsOf(['a'], words)));
  t.equal(written(line), '<a>');
});
