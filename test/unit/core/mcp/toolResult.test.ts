import assert from 'node:assert/strict';

import fc from 'fast-check';

import { decodeToolResult } from '../../../../src/core/mcp/toolResult.ts';

describe('decodeToolResult', () => {
  it('gives the texts, and whether the tool calls them an error', () => {
    const content = [
      { type: 'text', text: 'one' },
      { type: 'image', data: 'AAAA', mimeType: 'image/png' },
      { type: 'text', text: 'two' },
    ];
    assert.deepEqual(decodeToolResult({ content }), { ok: true, value: { text: 'one\ntwo', isError: false } });
    assert.deepEqual(decodeToolResult({ content, isError: true, resultType: 'complete' }), {
      ok: true,
      value: { text: 'one\ntwo', isError: true },
    });
  });

  it('has none where the tool wants something first', () => {
    const asked = decodeToolResult({ resultType: 'input_required', inputRequests: [] });
    assert.deepEqual(asked, { ok: false, reason: 'the tool asks for something before it answers' });
  });

  it('says what is wrong otherwise, and never throws', () => {
    for (const result of [undefined, {}, { content: 'text' }, { content: [{ text: 'x' }] }]) {
      assert.deepEqual(decodeToolResult(result), {
        ok: false,
        reason: 'the answer to tools/call is not a CallToolResult',
      });
    }
    fc.assert(fc.property(fc.anything(), (result) => void decodeToolResult(result)));
  });
});
