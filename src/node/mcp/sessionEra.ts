import {
  decodeInitializeResult,
  initializedNotification,
  initializeRequest,
  sessionRequest,
  type Question,
} from '../../core/mcp/messages.ts';
import type { ProbeFailure } from '../../core/mcp/probeOutcome.ts';
import { isStatelessRefusal } from '../../core/mcp/stateless.ts';
import { exchange, type ExchangeLimits } from './exchange.ts';
import { messageLimits, post, resultOf, type McpAnswer, type McpClient } from './mcpClient.ts';
import type { McpDialogue } from './mcpDialogue.ts';

/** Nobody waits long for the end of a session that has said all. */
const endLimits: ExchangeLimits = { timeoutMs: 1_000, bytes: 64 * 1024 };

export type SessionOpening =
  | { readonly ok: true; readonly value: McpDialogue }
  | { readonly ok: false; readonly failure: ProbeFailure; readonly isStateless: boolean };

/** Opens a session. Source: MCP specification 2025-06-18, "Transports" and "Lifecycle". */
export async function openSession(client: McpClient, signal: AbortSignal): Promise<SessionOpening> {
  const answer = await post(client, initializeRequest(1, client.version), {}, messageLimits, signal);
  const initialized = resultOf(answer, client.url, decodeInitializeResult);
  const response = answer.exchange.kind === 'response' ? answer.exchange : undefined;
  if (!initialized.ok) {
    const isStateless = response !== undefined && isStatelessRefusal(response.status, answer.message);
    return { ok: false, failure: initialized.failure, isStateless };
  }
  const { protocolVersion, serverInfo: server } = initialized.value;
  const sessionId = response?.header('mcp-session-id');
  const headers = {
    'mcp-protocol-version': protocolVersion,
    ...(sessionId === undefined ? {} : { 'mcp-session-id': sessionId }),
  };
  const notified = await post(client, initializedNotification, headers, messageLimits, signal);
  let lastId = 1;
  return {
    ok: true,
    value: {
      client,
      server,
      protocolVersion,
      ...(sessionId === undefined ? {} : { sessionId }),
      ...(notified.exchange.kind === 'response' ? { roundTripMs: notified.exchange.tookMs } : {}),
      ask(question: Question, limits, until, own = {}): Promise<McpAnswer> {
        lastId += 1;
        return post(client, sessionRequest(lastId, question), { ...own, ...headers }, limits, until);
      },
      async end() {
        // A session left open would stay in the server's memory; whether ending it succeeds changes nothing here.
        if (sessionId === undefined) return;
        const last = { ...client.headers, ...headers, connection: 'close' };
        const request = { method: 'DELETE', url: client.url, headers: last } as const;
        // Not the caller's signal: who gives up in the middle has a session all the same.
        await exchange(client.fetch, request, endLimits, new AbortController().signal);
      },
    },
  };
}
