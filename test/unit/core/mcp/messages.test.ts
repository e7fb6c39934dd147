import assert from 'node:assert/strict';

import { ErrorCode, InitializeRequestSchema, ListToolsRequestSchema } from '@modelcontextprotocol/sdk/types.js';
import fc from 'fast-check';

import {
  decodeAnswer,
  decodeInitializeResult,
  decodeToolNames,
  initializedNotification,
  initializeRequest,
  sessionRequest,
} from '../../../../src/core/mcp/messages.ts';

const answer = (id: number | string | null, result: unknown): object => ({ jsonrpc: '2.0', id, result });

describe('the requests of a probe', () => {
  it('are such as the protocol describes them', () => {
    const { params } = InitializeRequestSchema.parse(initializeRequest(1, '1.2.3'));
    assert.deepEqual(params.clientInfo, { name: 'clawql-tailnet', version: '1.2.3' });
    assert.ok(ListToolsRequestSchema.safeParse(sessionRequest(2, { method: 'tools/list' })).success);
  });

  it('carry the id that was given, and the notification none', () => {
    assert.deepEqual([initializeRequest(7, 'x').id, sessionRequest(8, { method: 'ping' }).id], [7, 8]);
    assert.deepEqual(initializedNotification, { jsonrpc: '2.0', method: 'notifications/initialized' });
  });
});

describe('decodeAnswer', () => {
  it('gives the result of the answer with that id', () => {
    assert.deepEqual(decodeAnswer(answer(1, { tools: [] }), 1), { ok: true, value: { tools: [] } });
  });

  it('passes over answers to other requests, and notifications', () => {
    assert.equal(decodeAnswer(answer(2, {}), 1), undefined);
    assert.equal(decodeAnswer(answer('1', {}), 1), undefined);
    assert.equal(decodeAnswer({ jsonrpc: '2.0', method: 'notifications/message', params: {} }, 1), undefined);
  });

  it("passes over the server's own request, whose ids count for themselves", () => {
    assert.equal(decodeAnswer({ jsonrpc: '2.0', id: 1, method: 'ping' }, 1), undefined);
    assert.equal(decodeAnswer({ jsonrpc: '2.0', id: 1, method: 'roots/list', params: {} }, 1), undefined);
  });

  it('gives the reason of an error, with or without the id', () => {
    const error = { code: ErrorCode.InvalidRequest, message: 'Bad Request' };
    const expected = { ok: false, code: -32600, reason: 'error -32600: Bad Request' };
    assert.deepEqual(decodeAnswer({ jsonrpc: '2.0', id: 1, error }, 1), expected);
    assert.deepEqual(decodeAnswer({ jsonrpc: '2.0', id: null, error }, 1), expected);
    assert.deepEqual(decodeAnswer({ jsonrpc: '2.0', error }, 1), expected);
  });

  it('keeps the reason to a length that can be shown and logged', () => {
    const error = { code: -1, message: 'x'.repeat(1_000_000) };
    const decoded = decodeAnswer({ jsonrpc: '2.0', id: 1, error }, 1);
    assert.ok(decoded?.ok === false);
    assert.ok(decoded.reason.length < 1_000, `${decoded.reason.length} characters`);
  });

  it('passes over everything else, and never throws', () => {
    for (const message of [undefined, null, 'x', [], [answer(1, {})], {}, { jsonrpc: '1.0', id: 1, result: {} }]) {
      assert.equal(decodeAnswer(message, 1), undefined);
    }
    fc.assert(fc.property(fc.anything(), (message) => void decodeAnswer(message, 1)));
  });
});

describe('decodeInitializeResult', () => {
  it("reads a server's name and version", () => {
    const result = {
      protocolVersion: '2025-06-18',
      capabilities: { tools: { listChanged: true } },
      serverInfo: { name: 'clawql-mcp', version: '5.0.0', title: 'ClawQL' },
    };
    assert.deepEqual(decodeInitializeResult(result), {
      ok: true,
      value: { protocolVersion: '2025-06-18', serverInfo: { name: 'clawql-mcp', version: '5.0.0' } },
    });
  });

  it('keeps names to what can be shown', () => {
    const long = 'x'.repeat(100_000);
    const decoded = decodeInitializeResult({
      protocolVersion: '2025-06-18',
      serverInfo: { name: long, version: long },
    });
    assert.ok(decoded.ok);
    assert.deepEqual([decoded.value.serverInfo.name.length, decoded.value.serverInfo.version.length], [200, 200]);
  });

  it('takes no revision that is more than a word: it goes into a header', () => {
    const serverInfo = { name: 'x', version: '1' };
    for (const protocolVersion of ['2025-06-18\r\nx-evil: 1', '', 'x'.repeat(33), '2025 06 18', 'é']) {
      assert.equal(decodeInitializeResult({ protocolVersion, serverInfo }).ok, false, JSON.stringify(protocolVersion));
    }
    assert.ok(decodeInitializeResult({ protocolVersion: 'DRAFT-2026-v1', serverInfo }).ok);
  });

  it('says what is wrong otherwise', () => {
    for (const result of [
      undefined,
      null,
      {},
      { protocolVersion: '2025-06-18' },
      { serverInfo: { name: 'x', version: '1' } },
    ]) {
      assert.deepEqual(decodeInitializeResult(result), {
        ok: false,
        reason: 'the answer to initialize is not an InitializeResult',
      });
    }
  });
});

describe('decodeToolNames', () => {
  it('reads the names', () => {
    const tools = [
      { name: 'search', inputSchema: {} },
      { name: 'execute', description: 'runs' },
    ];
    assert.deepEqual(decodeToolNames({ tools, nextCursor: 'x' }), { ok: true, value: ['search', 'execute'] });
    assert.deepEqual(decodeToolNames({ tools: [] }), { ok: true, value: [] });
  });

  it('says what is wrong otherwise', () => {
    for (const result of [undefined, {}, { tools: {} }, { tools: ['search'] }, { tools: [{ title: 'x' }] }]) {
      assert.equal(decodeToolNames(result).ok, false);
    }
  });
});
