import assert from 'node:assert/strict';

import fc from 'fast-check';

import { readEventStream } from '../../../../src/core/mcp/sse.ts';

/** Feeds the text in pieces, as it comes off a socket. */
function inPieces(text: string, cuts: readonly number[]): readonly string[] {
  const places = [...new Set(cuts.map((cut) => cut % (text.length + 1)))].toSorted((one, other) => one - other);
  const data: string[] = [];
  let rest = '';
  let from = 0;
  for (const to of [...places, text.length]) {
    const chunk = readEventStream(rest + text.slice(from, to));
    data.push(...chunk.data);
    rest = chunk.rest;
    from = to;
  }
  return data;
}

describe('readEventStream', () => {
  it('reads the answer of a ClawQL server', () => {
    const text = 'event: message\ndata: {"jsonrpc":"2.0","id":1,"result":{}}\n\n';
    assert.deepEqual(readEventStream(text), { data: ['{"jsonrpc":"2.0","id":1,"result":{}}'], rest: '' });
  });

  it('reads every line end that the standard allows', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = ['data: a', 'data: b', '', 'data: c', '', 'data: more'].join(end);
      assert.deepEqual(readEventStream(text).data, ['a\nb', 'c'], JSON.stringify(end));
    }
  });

  it('takes off one space after the colon and no more', () => {
    assert.deepEqual(readEventStream('data:a\n\ndata: b\n\ndata:  c\n\n').data, ['a', 'b', ' c']);
  });

  it('passes over comments, other fields, and events without data', () => {
    assert.deepEqual(readEventStream(': ping\n\nid: 7\nretry: 3\n\ndata\n\nevent: x\ndata: a\nid: 1\n\n').data, ['a']);
  });

  it('keeps an event that has not ended for the next chunk', () => {
    const { data, rest } = readEventStream('data: a\n\ndata: b');
    assert.deepEqual([data, rest], [['a'], 'data: b']);
    assert.deepEqual(readEventStream(`${rest}c\n\n`).data, ['bc']);
  });

  it('does not take the two halves of one line end for two', () => {
    const { data, rest } = readEventStream('data: a\r');
    assert.deepEqual(data, []);
    assert.deepEqual(readEventStream(`${rest}\ndata: b\r\n\r\n`).data, ['a\nb']);
  });

  it('reads the same however the stream is cut', () => {
    const line = fc.constantFrom('data: {"a":1}', 'data:x', ': comment', 'event: message', 'data: ä\u{1f600}', '');
    const stream = fc.tuple(fc.array(line, { maxLength: 12 }), fc.constantFrom('\n', '\r\n'));
    fc.assert(
      fc.property(stream, fc.array(fc.nat({ max: 500 }), { maxLength: 6 }), ([lines, end], cuts) => {
        const text = lines.map((one) => one + end).join('') + end;
        assert.deepEqual(inPieces(text, cuts), readEventStream(text).data);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has nothing for an empty chunk', () => assert.deepEqual(readEventStream(''), { data: [], rest: '' }));
});
