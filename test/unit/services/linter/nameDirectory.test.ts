import assert from 'node:assert/strict';

import { resolveBySystem } from '../../../../src/node/systemResolver.ts';
import { NameDirectory } from '../../../../src/services/linter/nameDirectory.ts';
import { eventually } from '../../support/eventually.ts';
import { ManualClock } from '../../support/manualClock.ts';
import { RecordingLog } from '../../support/recordingLog.ts';

const minute = 60_000;

/** A resolver whose answers come when they are told to. */
class HandResolver {
  readonly asked: string[] = [];
  readonly #open = new Map<string, (answers: readonly string[]) => void>();

  readonly resolve = (name: string): Promise<readonly string[]> => {
    this.asked.push(name);
    return new Promise((resolve) => this.#open.set(name, resolve));
  };

  get open(): number {
    return this.#open.size;
  }

  async answer(name: string, ...answers: readonly string[]): Promise<void> {
    const resolve = await eventually(`${name} is asked for`, () => this.#open.get(name));
    this.#open.delete(name);
    resolve(answers);
  }
}

describe('NameDirectory', () => {
  let clock: ManualClock;
  let resolver: HandResolver;
  let names: NameDirectory;
  let changes: number;
  beforeEach(() => {
    clock = new ManualClock();
    resolver = new HandResolver();
    names = new NameDirectory(resolver.resolve, clock, new RecordingLog());
    changes = 0;
    names.onDidChange(() => changes++);
    names.allow();
  });
  afterEach(() => names.dispose());

  async function answered(name: string, ...answers: readonly string[]): Promise<void> {
    await resolver.answer(name, ...answers);
    await eventually(`${name} is known`, () => names.lookups.get(name)?.join() === answers.join());
  }

  it('asks the real resolver, and tells when the answer is there', async () => {
    const real = new NameDirectory(resolveBySystem, clock, new RecordingLog());
    real.allow();
    const { promise, resolve } = Promise.withResolvers<readonly string[] | undefined>();
    real.onDidChange((lookups) => resolve(lookups.get('localhost')));
    real.lookUp(['localhost']);
    const answers = (await promise) ?? [];
    real.dispose();
    assert.ok(
      answers.length > 0 && answers.every((address) => address === '127.0.0.1' || address === '::1'),
      String(answers),
    );
  });

  it('asks nothing before it is allowed to', () => {
    const untrusted = new NameDirectory(resolver.resolve, clock, new RecordingLog());
    untrusted.lookUp(['a.example']);
    assert.deepEqual(resolver.asked, []);
    untrusted.allow();
    untrusted.lookUp(['a.example']);
    assert.deepEqual(resolver.asked, ['a.example']);
    untrusted.dispose();
  });

  it('asks for two names at a time, the others after them', async () => {
    names.lookUp(['a.example', 'b.example', 'c.example', 'd.example']);
    assert.deepEqual(resolver.asked, ['a.example', 'b.example']);
    await answered('b.example', '1.1.1.1');
    await eventually('the third is asked for', () => resolver.asked.length === 3);
    assert.equal(resolver.open, 2);
    for (const name of ['a.example', 'c.example', 'd.example']) await answered(name, '1.1.1.1');
    assert.equal(names.lookups.size, 4);
  });

  it('asks for a name once while its answer is out or holds', async () => {
    names.lookUp(['a.example', 'a.example']);
    names.lookUp(['a.example']);
    await answered('a.example', '1.1.1.1');
    clock.advance(9 * minute);
    names.lookUp(['a.example']);
    assert.deepEqual(resolver.asked, ['a.example']);
  });

  it('asks again when an answer is too old, and sooner where there was none', async () => {
    names.lookUp(['a.example', 'silent.example']);
    await answered('a.example', '1.1.1.1');
    await resolver.answer('silent.example');
    // The silence is noted in a later turn than the promise's own.
    await eventually('the silence is noted', () => {
      clock.advance(minute);
      names.lookUp(['silent.example']);
      return resolver.asked.length === 3;
    });
    await resolver.answer('silent.example');
    clock.advance(10 * minute);
    names.lookUp(['a.example']);
    await eventually('the old answer is asked for again', () => resolver.asked.at(-1) === 'a.example');
  });

  it('tells of an answer that changed, and not of one that stayed', async () => {
    names.lookUp(['a.example']);
    await answered('a.example', '1.1.1.1');
    assert.equal(changes, 1);
    clock.advance(10 * minute);
    names.lookUp(['a.example', 'b.example']);
    await resolver.answer('a.example', '1.1.1.1');
    await answered('b.example', '3.3.3.3');
    assert.equal(changes, 2);
    clock.advance(10 * minute);
    names.lookUp(['a.example']);
    await answered('a.example', '2.2.2.2');
    assert.equal(changes, 3);
  });

  it('never changes lookups that were handed out', async () => {
    const before = names.lookups;
    names.lookUp(['a.example']);
    await answered('a.example', '1.1.1.1');
    assert.equal(before.size, 0);
  });

  describe('with a thousand names', () => {
    let asked: string[];
    let full: NameDirectory;
    const first = Array.from({ length: 1_000 }, (_, index) => `n${index}.example`);
    beforeEach(async () => {
      asked = [];
      const resolve = (name: string): Promise<readonly string[]> => {
        asked.push(name);
        return Promise.resolve(['10.0.0.1']);
      };
      full = new NameDirectory(resolve, clock, new RecordingLog());
      full.allow();
      full.lookUp([...first, 'late.example']);
      await eventually('a thousand names are known', () => full.lookups.size === 1_000);
    });
    afterEach(() => full.dispose());

    it('asks for no more', () => {
      assert.ok(!asked.includes('late.example'));
    });

    it('keeps those that it knows fresh', () => {
      clock.advance(11 * minute);
      full.lookUp(['n7.example']);
      assert.equal(asked.filter((name) => name === 'n7.example').length, 2);
    });

    it('lets a new one take the place of the one that nobody has wanted for longest', async () => {
      clock.advance(minute / 2);
      full.lookUp(first.filter((name) => name !== 'n500.example'));
      clock.advance(minute / 2);
      full.lookUp(['new.example', 'newer.example']);
      await eventually('the new one is known', () => full.lookups.has('new.example'));
      assert.ok(!full.lookups.has('n500.example'));
      assert.ok(!asked.includes('newer.example'), 'the others are wanted still');
      assert.equal(full.lookups.size, 1_000);
      clock.advance(minute);
      full.lookUp(['newer.example']);
      await eventually('the newer one is known', () => full.lookups.has('newer.example'));
      assert.ok(!full.lookups.has('n0.example'), 'the one that was wanted first');
      assert.equal(full.lookups.size, 1_000);
    });

    it('does not ask in turn for those of two documents that together hold too many', () => {
      const other = Array.from({ length: 800 }, (_, index) => `m${index}.example`);
      for (let round = 0; round < 20; round += 1) {
        clock.advance(minute / 4);
        full.lookUp(first);
        full.lookUp(other);
      }
      assert.equal(asked.filter((name) => name.startsWith('m')).length, 0);
      assert.ok(asked.length <= 1_002, `${asked.length} questions`);
    });
  });

  it('asks anew for all that is wanted when the resolver may answer otherwise, and keeps the old answer until then', async () => {
    names.lookUp(['a.example']);
    await answered('a.example', '1.1.1.1');
    names.expire();
    assert.deepEqual(names.lookups.get('a.example'), ['1.1.1.1']);
    names.lookUp(['a.example']);
    await answered('a.example', '100.64.0.1');
    names.lookUp(['a.example']);
    assert.deepEqual(resolver.asked, ['a.example', 'a.example']);
  });

  it('does not trust an answer to a question from before that', async () => {
    names.lookUp(['a.example']);
    names.expire();
    await answered('a.example', '1.1.1.1');
    names.lookUp(['a.example']);
    assert.deepEqual(resolver.asked, ['a.example', 'a.example']);
  });

  it('takes a resolver that fails for one without an answer, and asks again later', async () => {
    let questions = 0;
    const failing = new NameDirectory(
      () => {
        questions += 1;
        return Promise.reject(new Error('no resolver'));
      },
      clock,
      new RecordingLog(),
    );
    failing.allow();
    failing.lookUp(['a.example']);
    await eventually('it is asked for again', () => {
      clock.advance(minute);
      failing.lookUp(['a.example']);
      return questions === 2;
    });
    failing.dispose();
    assert.equal(failing.lookups.size, 0);
  });

  it('ends the questions that are out when it ends', () => {
    const signals: AbortSignal[] = [];
    const ending = new NameDirectory(
      (_, signal) => {
        signals.push(signal);
        return new Promise(() => undefined);
      },
      clock,
      new RecordingLog(),
    );
    ending.allow();
    ending.lookUp(['a.example', 'b.example', 'c.example']);
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [false, false],
    );
    ending.dispose();
    ending.lookUp(['d.example']);
    assert.deepEqual(
      signals.map(({ aborted }) => aborted),
      [true, true],
    );
  });

  it('asks for nothing more and tells nobody after its end', async () => {
    names.lookUp(['a.example', 'b.example', 'c.example']);
    names.dispose();
    await resolver.answer('a.example', '1.1.1.1');
    await resolver.answer('b.example', '1.1.1.1');
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(resolver.asked, ['a.example', 'b.example']);
    assert.deepEqual([changes, names.lookups.size], [0, 0]);
  });
});
