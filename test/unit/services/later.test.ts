import assert from 'node:assert/strict';

import type { Disposable } from '../../../src/services/event.ts';
import { Later } from '../../../src/services/later.ts';

class Loaded implements Disposable {
  ended = 0;

  dispose(): void {
    this.ended++;
  }
}

describe('Later', () => {
  const errors: unknown[] = [];
  const onError = (error: unknown): void => void errors.push(error);
  beforeEach(() => (errors.length = 0));

  it('begins to load in a turn of its own, once, and gives what was loaded to everybody who asks', async () => {
    const { promise, resolve } = Promise.withResolvers<Loaded>();
    let loads = 0;
    const later = new Later(() => {
      loads++;
      return promise;
    }, onError);
    assert.equal(loads, 0, 'whoever makes it waits for nothing');
    const used: Loaded[] = [];
    later.whenLoaded((loaded) => used.push(loaded));
    const loaded = new Loaded();
    resolve(loaded);
    assert.equal(await later.get(), loaded);
    assert.deepEqual(used, [loaded]);
    assert.equal(await later.get(), loaded);
    assert.equal(loads, 1);
  });

  it('ends what was loaded, once', async () => {
    const loaded = new Loaded();
    const later = new Later(() => Promise.resolve(loaded), onError);
    await later.get();
    later.dispose();
    later.dispose();
    assert.equal(await later.get(), undefined);
    assert.equal(loaded.ended, 1);
  });

  it('ends what is still loading as soon as it is there, and hands it to nobody', async () => {
    const { promise, resolve } = Promise.withResolvers<Loaded>();
    const later = new Later(() => promise, onError);
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
    const later = new Later(() => Promise.resolve(loaded), onError);
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
    const later = new Later<Loaded>(() => Promise.reject(new Error('no such file')), onError);
    assert.equal(await later.get(), undefined);
    later.whenLoaded(() => assert.fail('there is nothing to use'));
    later.dispose();
    await later.get();
    assert.equal(errors.length, 1);
  });
});
