import assert from 'node:assert/strict';
import { Readable } from 'node:stream';

import { beginningOf, busMessages, followBusBody } from '../../../../src/node/daemon/busStream.ts';

async function* body(...chunks: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield await Promise.resolve(Buffer.from(chunk));
}

async function kindsOf(limit: number, ...chunks: readonly string[]): Promise<string[]> {
  const kinds: string[] = [];
  for await (const { kind } of busMessages(body(...chunks), limit)) kinds.push(kind);
  return kinds;
}

const state = '{"State":6}';

describe('busMessages', () => {
  it('reads lines wherever their bytes are cut', async () => {
    const text = `${state}\n{"State":null}\n{"Health":{"T":"é"}}\n`;
    const bytes = Buffer.from(text);
    for (let at = 0; at <= bytes.length; at++) {
      const kinds: string[] = [];
      const chunks = Readable.from([bytes.subarray(0, at), bytes.subarray(at)]);
      for await (const { kind } of busMessages(chunks)) kinds.push(kind);
      assert.deepEqual(kinds, ['change', 'nothing', 'change'], `cut at ${at}`);
    }
  });

  it('takes the rest of a line that was cut for no message', async () => {
    assert.deepEqual(await kindsOf(100, `${state}\n{"Sta`), ['change']);
  });

  it('says once, and before its end, that a line too long to keep tells of a change', async () => {
    const long = 'x'.repeat(60);
    assert.deepEqual(await kindsOf(100, long, long, long), ['change']);
    assert.deepEqual(await kindsOf(100, long, long, `${long}\n{"State":null}\n${state}\n`), [
      'change',
      'nothing',
      'change',
    ]);
  });

  it('reads on after a line too long, however its end is cut', async () => {
    const long = 'x'.repeat(101);
    assert.deepEqual(await kindsOf(100, long, '\n', state, '\n'), ['change', 'change']);
    assert.deepEqual(await kindsOf(100, `${long}${long}\n${long}`, `${long}\n`), ['change', 'change']);
  });

  it('keeps nothing of a line that is too long', async () => {
    // The same bytes again and again: whatever grows is what was kept of them.
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    async function* gigabyte(): AsyncGenerator<Uint8Array> {
      for (let sent = 0; sent < 1_024; sent++) yield await Promise.resolve(chunk);
      yield Buffer.from(`\n${state}\n`);
    }
    const before = process.memoryUsage().arrayBuffers;
    const grown: number[] = [];
    for await (const { kind } of busMessages(gigabyte())) {
      assert.equal(kind, 'change');
      grown.push(process.memoryUsage().arrayBuffers - before);
    }
    assert.equal(grown.length, 2);
    assert.ok(Math.max(...grown) < 64 * 1024 * 1024, `${Math.max(...grown)} bytes more`);
  });
});

describe('followBusBody', () => {
  it('takes a first line that is no message for a refusal, and a later one for a change', async () => {
    const events: string[] = [];
    assert.deepEqual(await followBusBody(body('hello\n'), (event) => events.push(event)), {
      kind: 'refused',
      reason: 'no message of a bus: hello',
    });
    const end = await followBusBody(body(`${state}\nhello\n`), (event) => events.push(event));
    assert.deepEqual([end.kind, events], ['ended', ['change', 'change']]);
  });
});

describe('beginningOf', () => {
  it('is the first text, of which no more than 4 kB are kept', async () => {
    assert.equal(await beginningOf(Readable.from([Buffer.from(' denied \n')]), AbortSignal.timeout(1_000)), 'denied');
    const long = Readable.from([Buffer.alloc(10_000, 'x')]);
    assert.equal((await beginningOf(long, AbortSignal.timeout(1_000))).length, 4096);
  });

  it('waits for a body that says nothing no longer than the signal', async () => {
    const silent = new Readable({ read: () => undefined });
    const limit = new AbortController();
    const beginning = beginningOf(silent, limit.signal);
    limit.abort();
    assert.equal(await beginning, '');
    assert.equal(silent.destroyed, true);
  });
});
