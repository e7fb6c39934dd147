import assert from 'node:assert/strict';

import { durationText } from '../../../src/core/duration.ts';

describe('durationText', () => {
  it('is as fine as people read it', () => {
    assert.deepEqual([0.44, 9.94, 12.4, 99.6, 1234.5].map(durationText), [
      '0.4 ms',
      '9.9 ms',
      '12 ms',
      '100 ms',
      '1.2 s',
    ]);
  });
});
