import assert from 'node:assert/strict';

import fc from 'fast-check';

import type { Decoded } from '../../../../src/core/mcp/messages.ts';
import { decodeDiscoverResult, isStatelessRefusal, statelessRequest } from '../../../../src/core/mcp/stateless.ts';

const refusal = (code: number): Decoded<unknown> => ({ ok: false, code, reason: `error ${code}: no` });

describe('statelessRequest', () => {
  it('says with the question what a session would have told', () => {
    const request = statelessRequest(3, { method: 'tools/call', params: { name: 'search', arguments: {} } }, '1.2.3');
    assert.deepEqual(request, {
      jsonrpc: '2.0',
      id: 3,
      method: 'tools/call',
      params: {
        name: 'search',
        arguments: {},
        _meta: {
          'io.modelcontextprotocol/protocolVersion': '2026-07-28',
          'io.modelcontextprotocol/clientInfo': { name: 'clawql-tailnet', version: '1.2.3' },
          'io.modelcontextprotocol/clientCapabilities': {},
        },
      },
    });
  });
});

describe('decodeDiscoverResult', () => {
  it("reads a server's name and version where it gives them, and does without", () => {
    const serverInfo = { name: 'clawql-mcp', version: '6.0.0' };
    const result = { supportedVersions: ['2026-07-28'], resultType: 'complete' };
    const named = { ...result, _meta: { 'io.modelcontextprotocol/serverInfo': serverInfo } };
    assert.deepEqual(decodeDiscoverResult(named), { ok: true, value: serverInfo });
    for (const bare of [result, { ...result, _meta: {} }]) {
      const decoded = decodeDiscoverResult(bare);
      assert.ok(decoded.ok && decoded.value.name === 'unnamed server');
    }
  });

  it('says what is wrong otherwise, and never throws', () => {
    assert.equal(decodeDiscoverResult({}).ok, false);
    fc.assert(fc.property(fc.anything(), (result) => void decodeDiscoverResult(result)));
  });
});

describe('isStatelessRefusal', () => {
  it('knows the ways in which a server without sessions refuses initialize', () => {
    for (const code of [-32022, -32021, -32020, -32601, -32602])
      assert.ok(isStatelessRefusal(400, refusal(code)), String(code));
    assert.ok(isStatelessRefusal(404, refusal(-32601)));
    assert.ok(isStatelessRefusal(405, undefined));
  });

  it("takes no other refusal for one, ClawQL's own among them", () => {
    assert.ok(!isStatelessRefusal(400, refusal(-32000)));
    assert.ok(!isStatelessRefusal(404, undefined));
    assert.ok(!isStatelessRefusal(400, { ok: false, reason: 'not an InitializeResult' }));
    assert.ok(!isStatelessRefusal(200, { ok: true, value: {} }));
  });
});
