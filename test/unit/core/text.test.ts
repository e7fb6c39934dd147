import assert from 'node:assert/strict';

import fc from 'fast-check';

import {
  applyEdits,
  inverseEdits,
  lineNumbers,
  spanEnd,
  spansTouch,
  type Span,
  type TextEdit,
} from '../../../src/core/text.ts';

const edit = (offset: number, length: number, text: string): TextEdit => ({ span: { offset, length }, text });

/** A text with edits that do not overlap, in any order: two of them never begin at the same place. */
const texts = fc.string({ unit: 'grapheme', maxLength: 60 });
const edited = texts.chain((text) =>
  fc
    .uniqueArray(fc.nat({ max: text.length }), { maxLength: 12 })
    .map((cuts) => cuts.toSorted((one, other) => one - other))
    .chain((cuts) => {
      const spans = cuts.map((offset, index) => ({ offset, most: (cuts[index + 1] ?? text.length) - offset }));
      return fc.tuple(
        ...spans.map(({ offset, most }) =>
          fc
            .record({ length: fc.nat({ max: most }), text: fc.string({ maxLength: 8 }) })
            .map(({ length, text: put }): TextEdit => edit(offset, length, put)),
        ),
      );
    })
    .chain((edits) => fc.shuffledSubarray(edits, { minLength: edits.length }))
    .map((edits) => ({ text, edits })),
);

describe('applyEdits', () => {
  it('puts each text in the place of its span, in whatever order the edits come', () => {
    const edits = [edit(6, 5, 'there'), edit(0, 5, 'Good bye,'), edit(11, 0, '!')];
    for (const order of [edits, edits.toReversed()]) assert.equal(applyEdits('Hello world', order), 'Good bye, there!');
  });

  it('does nothing without edits', () => assert.equal(applyEdits('as it is', []), 'as it is'));

  it('keeps insertions at one place in the order in which they were given', () => {
    assert.equal(applyEdits('ab', [edit(1, 0, '1'), edit(1, 0, '2')]), 'a12b');
  });

  it('allows spans that touch', () => {
    assert.equal(applyEdits('abcd', [edit(0, 2, 'X'), edit(2, 2, 'Y')]), 'XY');
    assert.equal(applyEdits('abcd', [edit(1, 2, 'X'), edit(3, 0, 'Y')]), 'aXYd');
  });

  it('puts an insertion before a replacement that begins at the same place, in whatever order they come', () => {
    const edits = [edit(1, 2, 'X'), edit(1, 0, 'Y')];
    for (const order of [edits, edits.toReversed()]) assert.equal(applyEdits('abcd', order), 'aYXd');
  });

  it('throws on an overlap and on a span outside, before anything is lost', () => {
    assert.throws(() => applyEdits('abcd', [edit(0, 2, ''), edit(1, 2, '')]), /edit at 1 overlaps/);
    assert.throws(() => applyEdits('abcd', [edit(0, 3, ''), edit(1, 0, 'x')]), RangeError);
    assert.throws(() => applyEdits('abcd', [edit(3, 2, '')]), RangeError);
    assert.throws(() => applyEdits('abcd', [edit(5, 0, '')]), RangeError);
    assert.throws(() => applyEdits('abcd', [edit(-1, 1, '')]), RangeError);
  });

  it('changes what stands in the spans and nothing else', () => {
    fc.assert(
      fc.property(edited, ({ text, edits }) => {
        const ordered = edits.toSorted((one, other) => one.span.offset - other.span.offset);
        let expected = '';
        let position = 0;
        for (const { span, text: put } of ordered) {
          expected += text.slice(position, span.offset) + put;
          position = spanEnd(span);
        }
        assert.equal(applyEdits(text, edits), expected + text.slice(position));
      }),
    );
  });
});

describe('inverseEdits', () => {
  it('restores the text to the character', () => {
    fc.assert(
      fc.property(edited, ({ text, edits }) => {
        assert.equal(applyEdits(applyEdits(text, edits), inverseEdits(text, edits)), text);
      }),
      { numRuns: 1_000 },
    );
  });

  it('restores, and once more, the changed text', () => {
    fc.assert(
      fc.property(edited, ({ text, edits }) => {
        const after = applyEdits(text, edits);
        const back = inverseEdits(text, edits);
        assert.equal(applyEdits(text, inverseEdits(after, back)), after);
      }),
    );
  });

  it('restores where two insertions stand at one place', () => {
    const edits = [edit(1, 0, 'one'), edit(1, 0, 'two')];
    assert.equal(applyEdits(applyEdits('ab', edits), inverseEdits('ab', edits)), 'ab');
  });
});

describe('spansTouch', () => {
  const span = (offset: number, length: number): Span => ({ offset, length });
  const table: readonly (readonly [Span, Span, boolean])[] = [
    [span(0, 2), span(1, 2), true],
    [span(0, 2), span(2, 2), true],
    [span(0, 2), span(3, 2), false],
    [span(5, 0), span(5, 3), true],
    [span(8, 0), span(5, 3), true],
    [span(9, 0), span(5, 3), false],
    [span(4, 0), span(4, 0), true],
    [span(0, 9), span(3, 1), true],
  ];
  for (const [one, other, expected] of table) {
    it(`${one.offset}+${one.length} and ${other.offset}+${other.length} ${expected ? 'touch' : 'do not touch'}`, () => {
      assert.equal(spansTouch(one, other), expected);
      assert.equal(spansTouch(other, one), expected);
    });
  }
});

describe('lineNumbers', () => {
  it('counts lines as editors do', () => {
    const lineOf = lineNumbers('a\nb\r\n\rc');
    assert.deepEqual([0, 1, 2, 3, 4, 5, 6, 7].map(lineOf), [1, 1, 2, 2, 2, 3, 4, 4]);
    assert.equal(lineNumbers('')(0), 1);
  });
});
