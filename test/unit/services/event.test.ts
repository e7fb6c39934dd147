import assert from 'node:assert/strict';

import { Emitter } from '../../../src/services/event.ts';

describe('Emitter', () => {
  const errors: unknown[] = [];
  const emitter = (): Emitter<number> => new Emitter<number>((error) => errors.push(error));
  beforeEach(() => (errors.length = 0));

  it('tells every listener, in the order in which they came, until each is disposed', () => {
    const changed = emitter();
    const heard: string[] = [];
    const first = changed.event((value) => heard.push(`a${value}`));
    changed.event((value) => heard.push(`b${value}`));
    changed.fire(1);
    first.dispose();
    first.dispose();
    changed.fire(2);
    assert.deepEqual(heard, ['a1', 'b1', 'b2']);
  });

  it('tells a function that was subscribed twice twice, and ends each on its own', () => {
    const changed = emitter();
    const heard: number[] = [];
    const listener = (value: number): number => heard.push(value);
    const once = changed.event(listener);
    changed.event(listener);
    changed.fire(1);
    once.dispose();
    changed.fire(2);
    assert.deepEqual(heard, [1, 1, 2]);
  });

  it('lets a listener that throws keep nobody from hearing', () => {
    const changed = emitter();
    const heard: number[] = [];
    changed.event(() => {
      throw new Error('bug');
    });
    changed.event((value) => heard.push(value));
    changed.fire(1);
    assert.deepEqual([heard, errors.length], [[1], 1]);
  });

  it('tells nobody after its end', () => {
    const changed = emitter();
    changed.event(() => assert.fail('was ended'));
    changed.dispose();
    changed.fire(1);
    assert.equal(errors.length, 0);
  });
});
