import assert from 'node:assert/strict';

import { atMost, delay, systemClock } from '../../../src/services/clock.ts';
import { ManualClock } from '../support/manualClock.ts';

/** Whether a promise is settled by now. */
async function settled(promise: Promise<unknown>): Promise<boolean> {
  const open = Symbol('open');
  return (await Promise.race([promise, Promise.resolve(open)])) !== open;
}

describe('delay', () => {
  it('resolves when the time is over, not before', async () => {
    const clock = new ManualClock();
    const waiting = delay(clock, 100, new AbortController().signal);
    clock.advance(99);
    assert.equal(await settled(waiting), false);
    clock.advance(1);
    await waiting;
  });

  it('resolves at once when the signal is aborted, and leaves neither a timer nor a listener', async () => {
    const clock = new ManualClock();
    const ended = new AbortController();
    const waiting = delay(clock, 100, ended.signal);
    assert.equal(clock.pending, 1);
    ended.abort();
    await waiting;
    assert.equal(clock.pending, 0);
  });

  it('sets no timer for a signal that is aborted already', async () => {
    const clock = new ManualClock();
    await delay(clock, 100, AbortSignal.abort());
    assert.equal(clock.pending, 0);
  });

  it('lets a later abort change nothing', async () => {
    const clock = new ManualClock();
    const ended = new AbortController();
    const waiting = delay(clock, 100, ended.signal);
    clock.advance(100);
    await waiting;
    ended.abort();
    assert.equal(clock.pending, 0);
  });
});

describe('atMost', () => {
  it('tells a task that ends in time from one that does not, and leaves no timer', async () => {
    const clock = new ManualClock();
    assert.equal(await atMost(clock, 100, Promise.resolve('done')), true);
    const late = atMost(clock, 100, new Promise(() => undefined));
    clock.advance(100);
    assert.equal(await late, false);
    assert.equal(clock.pending, 0);
  });

  it('rejects as the task does', async () => {
    const clock = new ManualClock();
    await assert.rejects(atMost(clock, 100, Promise.reject(new Error('broken'))), /broken/);
    assert.equal(clock.pending, 0);
  });
});

describe('systemClock', () => {
  it('tells the time of the system in milliseconds', () => {
    const before = Date.now();
    const now = systemClock.now();
    assert.ok(now >= before && now <= Date.now());
  });

  it('calls back after the time, unless disposed before', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const disposed = systemClock.after(1, () => assert.fail('was disposed'));
    disposed.dispose();
    disposed.dispose();
    const started = performance.now();
    systemClock.after(20, () => resolve(undefined));
    await promise;
    assert.ok(performance.now() - started >= 15);
  });
});
