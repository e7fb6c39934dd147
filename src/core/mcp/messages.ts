import * as z from 'zod/mini';

/** The newest protocol version that ClawQL 5 and this probe share. Source: MCP specification, "Lifecycle". */
const protocolVersion = '2025-06-18';

export interface JsonRpcRequest {
  readonly jsonrpc: '2.0';
  readonly id?: number;
  readonly method: string;
  readonly params?: unknown;
}

export function initializeRequest(id: number, version: string): JsonRpcRequest {
  return {
    jsonrpc: '2.0',
    id,
    method: 'initialize',
    params: { protocolVersion, capabilities: {}, clientInfo: { name: 'clawql-tailnet', version } },
  };
}

export const initializedNotification: JsonRpcRequest = { jsonrpc: '2.0', method: 'notifications/initialized' };

export function toolsListRequest(id: number): JsonRpcRequest {
  return { jsonrpc: '2.0', id, method: 'tools/list' };
}

const answer = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.nullable(z.union([z.number(), z.string()])),
  /** A request of the server's own has one, and its ids count for themselves. */
  method: z.optional(z.undefined()),
  result: z.optional(z.unknown()),
  error: z.optional(z.object({ code: z.number(), message: z.string() })),
});

const initializeResult = z.object({
  protocolVersion: z.string(),
  serverInfo: z.object({ name: z.string(), version: z.string() }),
});

const toolsResult = z.object({ tools: z.array(z.object({ name: z.string() })) });

export type Decoded<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly reason: string };

/** UTF-16 code units of a server's own words that are shown. */
const reasonLimit = 300;

/** The result of the answer to request `id`; undefined when the message is another one, such as a notification. */
export function decodeAnswer(message: unknown, id: number): Decoded<unknown> | undefined {
  const { data, success } = z.safeParse(answer, message);
  if (!success) return undefined;
  // An error that could not be told to which request it belongs has no id (JSON-RPC 2.0, section 5).
  if (data.error !== undefined && (data.id === id || data.id === null)) {
    return { ok: false, reason: `error ${data.error.code}: ${data.error.message.slice(0, reasonLimit)}` };
  }
  return data.error === undefined && data.id === id ? { ok: true, value: data.result } : undefined;
}

/** Source: MCP specification 2025-06-18, `InitializeResult`. */
export function decodeInitializeResult(result: unknown): Decoded<z.infer<typeof initializeResult>> {
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
