import assert from 'node:assert/strict';
import fc from 'fast-check';
import { editDistance } from '../../../src/core/editDistance.ts';

/** By the definition. */
function distance(one: string, other: string): number {
  if (one === '' || other === '') return one.length + other.length;
  const [left, right] = [one.slice(1), other.slice(1)];
  if (one.startsWith(other.charAt(0))) return distance(left, right);
  return 1 + Math.min(distance(left, other), distance(one, right), distance(left, right));
}

describe('editDistance', () => {
  it('counts what has to be changed, up to a limit', () => {
    assert.equal(editDistance('clawql-l', 'clawql-1', 2), 1);
    assert.equal(editDistance('clawql.tail1.ts.net', 'calwql.tail1.ts.net', 2), 2);
    assert.equal(editDistance('a', 'a', 0), 0);
    assert.equal(editDistance('abc', '', 2), undefined);
    assert.equal(editDistance('abcd', 'wxyz', 2), undefined);
  });

  it('does so for any two texts', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
    fc.assert(
      fc.property(text, text, fc.nat(4), (one, other, limit) => {
        const expected = distance(one, other);
        assert.equal(editDistance(one, other, limit), expected > limit ? undefined : expected);
      }),
      { numRuns: 1000 },
    );
  });
});
