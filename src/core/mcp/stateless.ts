import * as z from 'zod/mini';

import {
  clientInfo,
  implementation,
  type Decoded,
  type JsonRpcRequest,
  type Question,
  type ServerInfo,
} from './messages.ts';

/** The revision since which there are no sessions: each request says all of itself. Source: MCP specification 2026-07-28, "Overview". */
export const statelessVersion = '2026-07-28';

/** The question with what a session would have told. Source: MCP specification 2026-07-28, "Overview", `_meta`. */
export function statelessRequest(id: number, { method, params }: Question, version: string): JsonRpcRequest {
  const meta = {
    'io.modelcontextprotocol/protocolVersion': statelessVersion,
    'io.modelcontextprotocol/clientInfo': clientInfo(version),
    'io.modelcontextprotocol/clientCapabilities': {},
  };
  return { jsonrpc: '2.0', id, method, params: { ...params, _meta: meta } };
}

const discoverResult = z.object({
  supportedVersions: z.array(z.string()),
  _meta: z.optional(z.object({ 'io.modelcontextprotocol/serverInfo': z.optional(implementation) })),
});

/** A server need not say what it is. */
const unnamed: ServerInfo = { name: 'unnamed server', version: '(version not told)' };

/** Source: MCP specification 2026-07-28, `DiscoverResult`. */
export function decodeDiscoverResult(result: unknown): Decoded<ServerInfo> {
  const { data, success } = z.safeParse(discoverResult, result);
  return success
    ? { ok: true, value: data._meta?.['io.modelcontextprotocol/serverInfo'] ?? unnamed }
    : { ok: false, reason: 'the answer to server/discover is not a DiscoverResult' };
}

/**
 * Whether a refusal of `initialize` is one of a server that keeps no sessions. Which error such a server gives is left to it: an unknown
 * method, parameters that lack `_meta`, or one of the errors that only this era has. Source: MCP specification 2026-07-28, "Versioning and
 * Compatibility" and "Overview", error codes.
 */
export function isStatelessRefusal(status: number, answer: Decoded<unknown> | undefined): boolean {
  if (status === 405) return true;
  if (answer?.ok !== false || answer.code === undefined) return false;
  return answer.code === -32601 || answer.code === -32602 || (answer.code <= -32020 && answer.code >= -32099);
}
