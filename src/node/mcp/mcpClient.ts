import { parseJson } from '../../core/json.ts';
import { decodeAnswer, type Decoded, type JsonRpcRequest } from '../../core/mcp/messages.ts';
import type { ProbeFailure } from '../../core/mcp/probeOutcome.ts';
import { readEventStream } from '../../core/mcp/sse.ts';
import { exchange, type Exchange, type ExchangeLimits, type Fetch } from './exchange.ts';
import { pageFailure } from './pageFailure.ts';
import { failureOfResponse } from './responseFailure.ts';

/** Who speaks MCP here, and with which endpoint. */
export interface McpClient {
  readonly fetch: Fetch;
  readonly url: string;
  /** The extension's, told to the server. */
  readonly version: string;
  /** Go with every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** An exchange, and of what came the answer that was waited for, if it came. */
export interface McpAnswer {
  readonly exchange: Exchange;
  readonly message: Decoded<unknown> | undefined;
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: ProbeFailure };

/** What an ordinary message is given. */
export const messageLimits: ExchangeLimits = { timeoutMs: 8_000, bytes: 1024 * 1024 };

/** Sends one message; a stream is read until the answer to it is there. Never rejects. Source: MCP specification, "Streamable HTTP". */
export async function post(
  { fetch, url, headers }: McpClient,
  message: JsonRpcRequest,
  own: Readonly<Record<string, string>>,
  limits: ExchangeLimits,
  signal: AbortSignal,
): Promise<McpAnswer> {
  const { id } = message;
  const request = {
    method: 'POST',
    url,
    headers: { ...headers, ...own, accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify(message),
    ...(id === undefined ? {} : { enough: answerSeen(id) }),
  } as const;
  const answer = await exchange(fetch, request, limits, signal);
  if (answer.kind === 'failed' || id === undefined) return { exchange: answer, message: undefined };
  const isStream = answer.header('content-type')?.startsWith('text/event-stream') === true;
  const texts = isStream ? readEventStream(`${answer.text}\n\n`).data : [answer.text];
  return { exchange: answer, message: answerIn(texts, id) };
}

/** The decoded result, or why there is none. */
export function resultOf<T>(
  { exchange: answer, message }: McpAnswer,
  url: string,
  decode: (result: unknown) => Decoded<T>,
): Result<T> {
  if (answer.kind === 'failed') return { ok: false, failure: answer.failure };
  if (answer.status !== 200) {
    const failure = failureOfResponse(answer, url);
    const words = message?.ok === false ? ` (${message.reason})` : '';
    return { ok: false, failure: { ...failure, detail: failure.detail + words } };
  }
  // In front of ClawQL the health can be let through, and MCP not.
  const page = message === undefined ? pageFailure(answer) : undefined;
  if (page !== undefined) return { ok: false, failure: page };
  const result = message?.ok === true ? decode(message.value) : message;
  if (result?.ok === true) return result;
  return { ok: false, failure: { kind: 'protocol', detail: result?.reason ?? 'no JSON-RPC answer came' } };
}

/** The end of an event, or the beginning of such an end. */
const blankLine = /\n\n|[\r\n]\r/;

/** Whether the answer to `id` has come, by the pieces of a stream. None of it is read twice: a server chooses how small they are. */
function answerSeen(id: number): (piece: string) => boolean {
  let unread = '';
  let last = '';
  return (piece) => {
    const seam = last + piece;
    last = piece.slice(-1);
    unread += piece;
    if (!blankLine.test(seam)) return false;
    const { data, rest } = readEventStream(unread);
    unread = rest;
    return answerIn(data, id) !== undefined;
  };
}

function answerIn(texts: readonly string[], id: number): Decoded<unknown> | undefined {
  for (const text of texts) {
    const answer = decodeAnswer(parseJson(text), id);
    if (answer !== undefined) return answer;
  }
  return undefined;
}
