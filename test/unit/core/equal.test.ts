import assert from 'node:assert/strict';
import { inspect, isDeepStrictEqual } from 'node:util';

import fc from 'fast-check';

import { equal } from '../../../src/core/equal.ts';

const key = fc.constantFrom('a', 'b', 'c');
const data: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  data: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom<unknown>(undefined, null, true, false, 0, 1, NaN, '', 'a', 1n),
    fc.array(tie('data'), { maxLength: 3 }),
    fc.dictionary(key, tie('data'), { maxKeys: 3, noNullPrototype: true }),
    fc.array(fc.tuple(key, tie('data')), { maxLength: 3 }).map((entries) => new Map(entries)),
  ),
})).data;

describe('equal', () => {
  const same: readonly (readonly [unknown, unknown])[] = [
    [1, 1],
    [NaN, NaN],
    ['a', 'a'],
    [null, null],
    [undefined, undefined],
    [1n, 1n],
    [[], []],
    [
      [1, [2]],
      [1, [2]],
    ],
    [{}, {}],
    [
      { a: 1, b: { c: [2] } },
      { b: { c: [2] }, a: 1 },
    ],
    [new Map([['a', [1]]]), new Map([['a', [1]]])],
    [
      new Map([
        ['a', 1],
        ['b', 2],
      ]),
      new Map([
        ['b', 2],
        ['a', 1],
      ]),
    ],
  ];
  const different: readonly (readonly [unknown, unknown])[] = [
    [1, 2],
    [1, '1'],
    [0, false],
    [null, undefined],
    [null, {}],
    [undefined, {}],
    [[], {}],
    [[1], { 0: 1 }],
    [[1], [1, undefined]],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { b: 1 }],
    [{ a: undefined }, {}],
    [{ a: undefined }, { b: undefined }],
    [{}, new Map()],
    [new Map(), []],
    [new Map([['a', 1]]), new Map([['a', 2]])],
    [new Map([['a', 1]]), { a: 1 }],
  ];
  for (const [one, other] of same) {
    it(`${inspect(one)} is equal to ${inspect(other)}`, () => {
      assert.ok(equal(one, other));
      assert.ok(equal(other, one));
    });
  }
  for (const [one, other] of different) {
    it(`${inspect(one)} is not equal to ${inspect(other)}`, () => {
      assert.ok(!equal(one, other));
      assert.ok(!equal(other, one));
    });
  }

  it('agrees with the platform on plain data', () => {
    fc.assert(
      fc.property(data, data, (one, other) => {
        assert.equal(equal(one, other), isDeepStrictEqual(one, other));
        assert.ok(equal(one, structuredClone(one)));
      }),
      { numRuns: 2_000 },
    );
  });
});
