import type { Question } from '../../core/mcp/messages.ts';
import { decodeDiscoverResult, statelessRequest, statelessVersion } from '../../core/mcp/stateless.ts';
import { messageLimits, post, resultOf, type McpAnswer, type McpClient, type Result } from './mcpClient.ts';
import type { McpDialogue } from './mcpDialogue.ts';

/** Asks a server without sessions what it is. Source: MCP specification 2026-07-28, "Streamable HTTP", request metadata. */
export async function openStateless(client: McpClient, signal: AbortSignal): Promise<Result<McpDialogue>> {
  let lastId = 0;
  const ask: McpDialogue['ask'] = (question, limits, until, own = {}): Promise<McpAnswer> => {
    lastId += 1;
    const headers = { ...own, ...headersOf(question) };
    return post(client, statelessRequest(lastId, question, client.version), headers, limits, until);
  };
  const answer = await ask({ method: 'server/discover' }, messageLimits, signal);
  const discovered = resultOf(answer, client.url, decodeDiscoverResult);
  if (!discovered.ok) return discovered;
  const { exchange } = answer;
  return {
    ok: true,
    value: {
      client,
      server: discovered.value,
      protocolVersion: statelessVersion,
      // The connection was opened by the attempt before this one.
      ...(exchange.kind === 'response' ? { roundTripMs: exchange.tookMs } : {}),
      ask,
      end: () => Promise.resolve(),
    },
  };
}

/** What stands in the body once more, for what is in front of the server. */
function headersOf({ method, params }: Question): Record<string, string> {
  const name = params?.['name'];
  return {
    'mcp-protocol-version': statelessVersion,
    'mcp-method': method,
    ...(typeof name === 'string' ? { 'mcp-name': headerValue(name) } : {}),
  };
}

/** Source: MCP specification 2026-07-28, "Streamable HTTP", value encoding. */
function headerValue(text: string): string {
  const isPlain = /^[!-~]([ -~]*[!-~])?$/.test(text) && !text.startsWith('=?base64?');
  return isPlain ? text : `=?base64?${Buffer.from(text).toString('base64')}?=`;
}
