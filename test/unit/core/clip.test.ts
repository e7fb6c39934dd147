import assert from 'node:assert/strict';

import fc from 'fast-check';

import { clip } from '../../../src/core/clip.ts';

describe('clip', () => {
  it('leaves a text that is short enough as it is', () => {
    assert.equal(clip('twelve chars', 12), 'twelve chars');
    assert.equal(clip('', 5), '');
  });

  it('keeps the beginning of a longer one, and says so', () => assert.equal(clip('twelve chars', 7), 'twelve…'));

  it('tears no character apart', () => assert.equal(clip('ab\u{1f600}cd', 4), 'ab…'));

  it('is never longer than it may be, and stays well-formed', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 });
    fc.assert(
      fc.property(text, fc.integer({ min: 3, max: 40 }), (whole, limit) => {
        const clipped = clip(whole, limit);
        return clipped.length <= limit && clipped.isWellFormed();
      }),
    );
  });
});
