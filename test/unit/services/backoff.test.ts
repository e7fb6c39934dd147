import assert from 'node:assert/strict';

import { backoff } from '../../../src/services/backoff.ts';

describe('backoff', () => {
  const times = { first: 100, last: 1_000 };

  it('doubles up to the last wait, and stays there', () => {
    const waits = [1, 2, 3, 4, 5, 2_000].map((failures) => backoff(failures, times, () => 0));
    assert.deepEqual(waits, [100, 200, 400, 800, 1_000, 1_000]);
  });

  it('takes at most a half off by chance', () => {
    assert.equal(
      backoff(3, times, () => 0.5),
      300,
    );
    assert.ok(backoff(3, times, () => 0.999_999) > 200);
  });
});
