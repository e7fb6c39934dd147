import assert from 'node:assert/strict';
import fc from 'fast-check';
import { changeBetween } from '../../../../src/core/mcp/textChange.ts';
import { applyEdits, inverseEdits, spanEnd } from '../../../../src/core/text.ts';

const text = fc
  .array(fc.constantFrom('a', 'b', '\r\n', '\n', '\r', '\u{1f600}', '\u{1f601}', '\u{1f201}', ''), { maxLength: 12 })
  .map((parts) => parts.join(''));

describe('textChange', () => {
  it('leads from one text to the other and back', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const edits = changeBetween(before, after);
        assert.equal(applyEdits(before, edits), after);
        assert.equal(applyEdits(after, inverseEdits(before, edits)), before);
        assert.equal(edits.length, before === after ? 0 : 1);
      }),
      { numRuns: 1000 },
    );
  });

  it('never begins or ends between characters that an editor holds together', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        for (const { span } of changeBetween(before, after)) {
          for (const position of [span.offset, spanEnd(span)]) {
            const round = before.slice(Math.max(position - 1, 0), position + 1);
            assert.ok(round !== '\r\n' && !(round.length === 2 && /^.$/u.test(round)), JSON.stringify([before, after]));
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('is no larger than the difference', () => {
    assert.deepEqual(changeBetween('"localhost"', '"clawql-1"'), [
      { span: { offset: 1, length: 9 }, text: 'clawql-1' },
    ]);
    assert.deepEqual(changeBetween('aaa', 'aaaa'), [{ span: { offset: 3, length: 0 }, text: 'a' }]);
  });
});
