import * as z from 'zod/mini';

import { clip } from '../clip.ts';

/** The newest protocol version that ClawQL 5 and this probe share. Source: MCP specification, "Lifecycle". */
const protocolVersion = '2025-06-18';

export interface JsonRpcRequest {
  readonly jsonrpc: '2.0';
  readonly id?: number;
  readonly method: string;
  readonly params?: unknown;
}

/** What a server that was spoken to is asked, in either era of the protocol. */
export interface Question {
  readonly method: 'server/discover' | 'tools/list' | 'tools/call' | 'ping';
  readonly params?: Readonly<Record<string, unknown>>;
}

/** What a client calls itself. `version` is the extension's. */
export function clientInfo(version: string): { readonly name: string; readonly version: string } {
  return { name: 'clawql-tailnet', version };
}

export function initializeRequest(id: number, version: string): JsonRpcRequest {
  return {
    jsonrpc: '2.0',
    id,
    method: 'initialize',
    params: { protocolVersion, capabilities: {}, clientInfo: clientInfo(version) },
  };
}

export const initializedNotification: JsonRpcRequest = { jsonrpc: '2.0', method: 'notifications/initialized' };

/** The question within a session. */
export function sessionRequest(id: number, question: Question): JsonRpcRequest {
  return { jsonrpc: '2.0', id, ...question };
}

const answer = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.optional(z.nullable(z.union([z.number(), z.string()]))),
  /** A request of the server's own has one, and its ids count for themselves. */
  method: z.optional(z.undefined()),
  result: z.optional(z.unknown()),
  error: z.optional(z.object({ code: z.number(), message: z.string() })),
});

/** UTF-16 code units of a name that is kept: servers choose their own. */
const nameLimit = 200;

const name = z.pipe(
  z.string(),
  z.transform((text: string) => clip(text, nameLimit)),
);

/** Source: MCP specification, `Implementation`. */
export const implementation = z.object({ name, version: name });
export type ServerInfo = Readonly<z.infer<typeof implementation>>;

const initializeResult = z.object({
  // It goes into a header of each request that follows.
  protocolVersion: z.string().check(z.regex(/^[\w.-]{1,32}$/)),
  serverInfo: implementation,
});

const toolsResult = z.object({ tools: z.array(z.object({ name })) });

export type Decoded<T> =
  | { readonly ok: true; readonly value: T }
  /** `code` is that of a JSON-RPC error; absent where the answer itself is not what it should be. */
  | { readonly ok: false; readonly reason: string; readonly code?: number };

/** UTF-16 code units of a server's own words that are shown. */
const reasonLimit = 300;

/** The result of the answer to request `id`; undefined when the message is another one, such as a notification. */
export function decodeAnswer(message: unknown, id: number): Decoded<unknown> | undefined {
  const { data, success } = z.safeParse(answer, message);
  if (!success) return undefined;
  // An error that could not be told to which request it belongs has no id (JSON-RPC 2.0, section 5).
  if (data.error !== undefined && (data.id === id || data.id === null || data.id === undefined)) {
    const { code, message: words } = data.error;
    return { ok: false, code, reason: `error ${code}: ${words.slice(0, reasonLimit)}` };
  }
  return data.error === undefined && data.id === id ? { ok: true, value: data.result } : undefined;
}

/** Source: MCP specification 2025-06-18, `InitializeResult`. */
export function decodeInitializeResult(result: unknown): Decoded<Readonly<z.infer<typeof initializeResult>>> {
  const { data, success } = z.safeParse(initializeResult, result);
  return success
    ? { ok: true, value: data }
    : { ok: false, reason: 'the answer to initialize is not an InitializeResult' };
}

/** Source: MCP specification 2025-06-18, `ListToolsResult`; the names of its first page. */
export function decodeToolNames(result: unknown): Decoded<readonly string[]> {
  const { data, success } = z.safeParse(toolsResult, result);
  return success
    ? { ok: true, value: data.tools.map((tool) => tool.name) }
    : { ok: false, reason: 'the answer to tools/list is not a ListToolsResult' };
}
