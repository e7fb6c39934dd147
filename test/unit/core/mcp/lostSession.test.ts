import assert from 'node:assert/strict';

import { isSessionLost } from '../../../../src/core/mcp/lostSession.ts';
import { decodeAnswer } from '../../../../src/core/mcp/messages.ts';

const lost = (status: number, code: number, message: string, id: number | null = null): boolean =>
  isSessionLost(status, decodeAnswer({ jsonrpc: '2.0', id, error: { code, message } }, 7));

describe('isSessionLost', () => {
  it('knows how servers say that they do not know a session', () => {
    // ClawQL 5.0.0; the TypeScript SDK with and without a store of sessions; a server that has done away with sessions.
    assert.ok(lost(400, -32000, 'Bad Request: missing/invalid mcp-session-id, or initialize request required.'));
    assert.ok(lost(404, -32001, 'Session not found'));
    assert.ok(lost(400, -32000, 'Bad Request: Server not initialized', 7));
    assert.ok(lost(400, -32022, 'Unsupported protocol version: 2025-06-18', 7));
    assert.ok(lost(404, -32601, 'Method not found', 7));
  });

  it('takes nothing else for it', () => {
    assert.ok(!lost(400, -32000, 'Bad Request: Mcp-Protocol-Version header must be one of 2025-06-18'));
    assert.ok(!lost(500, -32603, 'The session store is away'));
    assert.ok(!lost(403, -32000, 'Invalid Host: session.example'));
    assert.ok(!isSessionLost(404, undefined), 'a page that says "Session not found"');
    assert.ok(!isSessionLost(400, { ok: true, value: {} }));
  });
});
