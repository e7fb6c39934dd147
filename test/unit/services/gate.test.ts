import assert from 'node:assert/strict';

import fc from 'fast-check';

import { Gate } from '../../../src/services/gate.ts';

describe('Gate', () => {
  it('lets as many run at once as it has places, and the others in the order in which they came', async () => {
    const gate = new Gate(2);
    const tasks = Array.from({ length: 5 }, () => Promise.withResolvers<undefined>());
    const started: number[] = [];
    const all = tasks.map(({ promise }, index) =>
      gate.run(async () => {
        started.push(index);
        await promise;
        return index;
      }),
    );
    assert.deepEqual(started, [0, 1]);
    tasks[1]!.resolve(undefined);
    await all[1];
    assert.deepEqual(started, [0, 1, 2]);
    tasks[0]!.resolve(undefined);
    tasks[2]!.resolve(undefined);
    await Promise.all([all[0], all[2]]);
    assert.deepEqual(started, [0, 1, 2, 3, 4]);
    tasks[3]!.resolve(undefined);
    tasks[4]!.resolve(undefined);
    assert.deepEqual(await Promise.all(all), [0, 1, 2, 3, 4]);
  });

  it('gives the place of a task that fails to the next one, and its failure to the caller', async () => {
    const gate = new Gate(1);
    const first = gate.run(() => Promise.reject(new Error('no')));
    const second = gate.run(() => Promise.resolve('yes'));
    await assert.rejects(first, /no/);
    assert.equal(await second, 'yes');
    assert.equal(await gate.run(() => Promise.resolve('again')), 'again');
  });

  it('never lets more run than it has places, whatever ends when', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 20 }),
        async (places, turns) => {
          const gate = new Gate(places);
          let now = 0;
          let most = 0;
          const all = turns.map((count) =>
            gate.run(async () => {
              most = Math.max(most, ++now);
              for (let turn = 0; turn < count; turn++) await Promise.resolve();
              now--;
            }),
          );
          await Promise.all(all);
          assert.equal(now, 0);
          assert.equal(most, Math.min(places, turns.length));
        },
      ),
    );
  });
});
