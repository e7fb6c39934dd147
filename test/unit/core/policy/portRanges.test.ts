import assert from 'node:assert/strict';
import { includesPort, isEveryPort, parsePorts } from '../../../../src/core/policy/portRanges.ts';

describe('ports of a policy', () => {
  it('are read as Headscale reads them', () => {
    for (const [text, expected] of [
      ['*', [{ first: 0, last: 65535 }]],
      ['443', [{ first: 443, last: 443 }]],
      [
        '22,80-90',
        [
          { first: 22, last: 22 },
          { first: 80, last: 90 },
        ],
      ],
      ['0-65535', [{ first: 0, last: 65535 }]],
    ] as const) {
      assert.deepEqual(parsePorts(text), expected, text);
    }
    for (const text of ['', '0', '65536', '90-80', '1,', ' 1', '1 ', 'ssh', '1-2-3', '-', '*,1']) {
      assert.equal(parsePorts(text), undefined, text);
    }
  });

  it('are all of them, or one', () => {
    assert.ok(isEveryPort([{ first: 1, last: 65535 }]));
    assert.ok(!isEveryPort([{ first: 2, last: 65535 }]));
    assert.ok(includesPort([{ first: 80, last: 90 }], 90) && !includesPort([{ first: 80, last: 90 }], 91));
  });
});
