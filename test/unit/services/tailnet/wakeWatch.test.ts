import assert from 'node:assert/strict';

import { WakeWatch } from '../../../../src/services/tailnet/wakeWatch.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { RecordingLog } from '../../support/recordingLog.ts';

describe('WakeWatch', () => {
  let clock: ManualClock;
  let log: RecordingLog;
  let watch: WakeWatch;
  let wakes: number;

  beforeEach(() => {
    clock = new ManualClock();
    log = new RecordingLog();
    watch = new WakeWatch(clock, log);
    wakes = 0;
    watch.onDidWake(() => (wakes += 1));
  });

  afterEach(() => watch.dispose());

  it('hears of a sleep within a second after it, once', () => {
    watch.setFocused(true);
    clock.advance(60_000);
    assert.equal(wakes, 0);
    clock.sleep(3_600_000);
    clock.advance(999);
    assert.equal(wakes, 1);
    clock.advance(60_000);
    assert.equal(wakes, 1);
    assert.match(log.text, /slept for about 3600 s/);
  });

  it('takes a clock that is set by a little, or back, for no sleep', () => {
    watch.setFocused(true);
    for (const ms of [3_000, -3_600_000]) {
      clock.sleep(ms);
      clock.advance(5_000);
    }
    assert.equal(wakes, 0);
  });

  it('sets no timer while nobody looks, and takes the time away for no sleep', () => {
    assert.equal(clock.pending, 0);
    watch.setFocused(true);
    watch.setFocused(true);
    assert.equal(clock.pending, 1);
    watch.setFocused(false);
    assert.equal(clock.pending, 0);
    clock.advance(3_600_000);
    watch.setFocused(true);
    clock.advance(5_000);
    assert.equal(wakes, 0);
  });

  it('leaves no timer behind', () => {
    watch.setFocused(true);
    watch.dispose();
    assert.equal(clock.pending, 0);
  });
});
