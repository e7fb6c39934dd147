import assert from 'node:assert/strict';

import { readBounded } from '../../../src/node/readBounded.ts';

async function* bytes(...chunks: readonly (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(typeof chunk === 'string' ? Buffer.from(chunk) : chunk);
}

describe('readBounded', () => {
  it('reads a text whose characters are cut by the chunks', async () => {
    const whole = Buffer.from('ä\u{1f600}x');
    const single = [...whole].map((byte) => Uint8Array.of(byte));
    assert.equal(await readBounded(bytes(...single), 100), 'ä\u{1f600}x');
    assert.equal(await readBounded(bytes(), 0), '');
  });

  it('reads up to the limit and no byte more', async () => {
    assert.equal(await readBounded(bytes('abc', 'def'), 6), 'abcdef');
    await assert.rejects(readBounded(bytes('abc', 'def'), 5), RangeError);
  });

  it('stops reading where the limit is passed', async () => {
    let taken = 0;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      for (;;) {
        taken++;
        yield await Promise.resolve(Buffer.alloc(1_000));
      }
    };
    await assert.rejects(readBounded(endless(), 10_000), /larger than 10000 bytes/);
    assert.equal(taken, 11);
  });

  it('takes bytes only', async () => {
    const texts = async function* (): AsyncGenerator {
      yield await Promise.resolve('text');
    };
    await assert.rejects(readBounded(texts(), 10), TypeError);
  });
});
