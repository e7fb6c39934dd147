import { parseJson } from '../core/json.ts';
import {
  decodeAnswer,
  decodeInitializeResult,
  decodeToolNames,
  initializedNotification,
  initializeRequest,
  toolsListRequest,
  type Decoded,
  type JsonRpcRequest,
} from '../core/mcp/messages.ts';
import type { ProbeFailure, ProbeStep } from '../core/mcp/probeOutcome.ts';
import { readEventStream } from '../core/mcp/sse.ts';
import { exchange, type Exchange, type ExchangeLimits, type Fetch } from './exchange.ts';
import { failureOfResponse } from './responseFailure.ts';

const limits: ExchangeLimits = { timeoutMs: 8_000, bytes: 1024 * 1024 };

/** Nobody waits long for the end of a session that has said all. */
const endLimits: ExchangeLimits = { timeoutMs: 1_000, bytes: 64 * 1024 };

export type SessionOutcome =
  | {
      readonly kind: 'answered';
      readonly server: { readonly name: string; readonly version: string };
      readonly tools: readonly string[];
      readonly latencyMs: number;
    }
  | { readonly kind: 'failed'; readonly step: ProbeStep; readonly failure: ProbeFailure };

/** Opens a session, lists the tools and ends the session again. Source: MCP specification 2025-06-18, "Transports" and "Lifecycle". */
export async function listTools(
  fetch: Fetch,
  url: string,
  version: string,
  signal: AbortSignal,
): Promise<SessionOutcome> {
  const initialize = await post(fetch, url, {}, initializeRequest(1, version), signal);
  const initialized = resultOf(initialize, 1, decodeInitializeResult);
  if (!initialized.ok) return { kind: 'failed', step: 'initialize', failure: initialized.failure };
  const sessionId = initialize.kind === 'response' ? initialize.header('mcp-session-id') : undefined;
  const headers = {
    'mcp-protocol-version': initialized.value.protocolVersion,
    ...(sessionId === undefined ? {} : { 'mcp-session-id': sessionId }),
  };
  try {
    const notified = await post(fetch, url, headers, initializedNotification, signal);
    const answer = await post(fetch, url, headers, toolsListRequest(2), signal);
    const listed = resultOf(answer, 2, decodeToolNames);
    if (!listed.ok) return { kind: 'failed', step: 'tools', failure: listed.failure };
    return {
      kind: 'answered',
      server: initialized.value.serverInfo,
      tools: listed.value,
      latencyMs: roundTrip(notified, answer),
    };
  } finally {
    // A session left open would stay in the server's memory; whether ending it succeeds changes nothing here.
    if (sessionId !== undefined) {
      const last = { ...headers, connection: 'close' };
      await exchange(fetch, { method: 'DELETE', url, headers: last }, endLimits, signal);
    }
  }
}

/** Of two requests on the open connection the quicker one that was answered; that the second one was is certain here. */
function roundTrip(...answers: readonly Exchange[]): number {
  return Math.min(...answers.flatMap((answer) => (answer.kind === 'response' ? [answer.tookMs] : [])));
}

function post(
  fetch: Fetch,
  url: string,
  headers: Readonly<Record<string, string>>,
  message: JsonRpcRequest,
  signal: AbortSignal,
): Promise<Exchange> {
  const { id } = message;
  return exchange(
    fetch,
    {
      method: 'POST',
      url,
      headers: { ...headers, accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify(message),
      ...(id === undefined ? {} : { enough: (text: string) => answerIn(readEventStream(text).data, id) !== undefined }),
    },
    limits,
    signal,
  );
}

function resultOf<T>(
  answer: Exchange,
  id: number,
  decode: (result: unknown) => Decoded<T>,
): { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: ProbeFailure } {
  if (answer.kind === 'failed') return { ok: false, failure: answer.failure };
  if (answer.status !== 200) return { ok: false, failure: failureOfResponse(answer) };
  const isStream = answer.header('content-type')?.startsWith('text/event-stream') === true;
  const message = answerIn(isStream ? readEventStream(`${answer.text}\n\n`).data : [answer.text], id);
  const result = message?.ok === true ? decode(message.value) : message;
  if (result?.ok === true) return result;
  return { ok: false, failure: { kind: 'protocol', detail: result?.reason ?? 'no JSON-RPC answer came' } };
}

function answerIn(texts: readonly string[], id: number): Decoded<unknown> | undefined {
  for (const text of texts) {
    const answer = decodeAnswer(parseJson(text), id);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
