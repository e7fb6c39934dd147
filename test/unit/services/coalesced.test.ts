import assert from 'node:assert/strict';

import { Coalesced } from '../../../src/services/coalesced.ts';

describe('Coalesced', () => {
  it('runs once at a time, and once more for all that came meanwhile', async () => {
    let runs = 0;
    let atOnce = 0;
    const first = Promise.withResolvers<undefined>();
    const task = new Coalesced(async () => {
      runs += 1;
      atOnce += 1;
      assert.equal(atOnce, 1);
      if (runs === 1) await first.promise;
      atOnce -= 1;
    });
    const all = [task.run(), task.run(), task.run()];
    assert.equal(runs, 1);
    first.resolve(undefined);
    await Promise.all(all);
    assert.equal(runs, 2);
    await task.run();
    assert.equal(runs, 3);
  });

  it('runs again after a failure, which its caller hears of', async () => {
    let fails = true;
    const task = new Coalesced(() => (fails ? Promise.reject(new Error('no')) : Promise.resolve()));
    await assert.rejects(task.run(), /no/);
    fails = false;
    await task.run();
  });
});
