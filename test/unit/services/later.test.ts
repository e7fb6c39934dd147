import assert from 'node:assert/strict';

import type { Disposable } from '../../../src/services/event.ts';
import { Later } from '../../../src/services/later.ts';
import { RecordingLog } from '../support/recordingLog.ts';

class Loaded implements Disposable {
  ended = 0;

  dispose(): void {
    this.ended++;
  }
}

describe('Later', () => {
  let log = new RecordingLog();
  beforeEach(() => (log = new RecordingLog()));

  it('begins to load in a turn of its own, once, and gives what was loaded to everybody who asks', async () => {
    const { promise, resolve } = Promise.withResolvers<Loaded>();
    let loads = 0;
    const later = new Later(
      'the part',
      () => {
        loads++;
        return promise;
      },
      log,
    );
    assert.equal(loads, 0, 'whoever makes it waits for nothing');
    const used: Loaded[] = [];
    later.whenLoaded((loaded) => used.push(loaded));
    const loaded = new Loaded();
    resolve(loaded);
    assert.equal(await later.get(), loaded);
    assert.equal(await later.need(), loaded);
    assert.deepEqual(used, [loaded]);
    assert.equal(await later.get(), loaded);
    assert.equal(loads, 1);
  });

  it('ends what was loaded, once', async () => {
    const loaded = new Loaded();
    const later = new Later('the part', () => Promise.resolve(loaded), log);
    await later.get();
    later.dispose();
    later.dispose();
    assert.equal(await later.get(), undefined);
    assert.equal(loaded.ended, 1);
  });

  it('ends what is still loading as soon as it is there, and hands it to nobody', async () => {
    const { promise, resolve } = Promise.withResolvers<Loaded>();
    const later = new Later('the part', () => promise, log);
    const waiting = later.get();
    let used = false;
    later.whenLoaded(() => (used = true));
    later.dispose();
    const loaded = new Loaded();
    resolve(loaded);
    assert.equal(await waiting, undefined);
    assert.deepEqual([loaded.ended, used], [1, false]);
  });

  it('hands out nothing that was ended before it got there', async () => {
    const loaded = new Loaded();
    const later = new Later('the part', () => Promise.resolve(loaded), log);
    await later.get();
    const states: number[] = [];
    later.whenLoaded((one) => states.push(one.ended));
    later.dispose();
    await later.get();
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(loaded.ended, 1);
    assert.deepEqual(states, []);
  });

  it('tells of a failure once, and is there for nobody', async () => {
    const later = new Later<Loaded>('the part', () => Promise.reject(new Error('no such file')), log);
    assert.equal(await later.get(), undefined);
    later.whenLoaded(() => assert.fail('there is nothing to use'));
    later.dispose();
    await assert.rejects(later.need(), { message: 'the part could not be loaded. Reload the window.' });
    assert.deepEqual(log.lines, ['error the part could not be loaded: no such file']);
  });
});
