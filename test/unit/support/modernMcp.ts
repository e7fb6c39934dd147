import type http from 'node:http';
import { text } from 'node:stream/consumers';

import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import * as z from 'zod';

import { startHttp, type FaultyServer } from './faultyServer.ts';

export interface ModernOptions {
  /** What the server calls itself. */
  readonly name?: string;
  /** Whether it serves those who begin with `initialize` too, or refuses them, as it does by default. */
  readonly legacy?: 'stateless' | 'reject';
}

/** A real server of MCP 2026-07-28, which keeps no sessions, with the health that ClawQL has. */
export async function startModern({
  name = 'clawql-mcp',
  legacy = 'reject',
}: ModernOptions = {}): Promise<FaultyServer> {
  const handler = createMcpHandler(
    () => {
      const server = new McpServer({ name, version: '6.0.0' });
      server.registerTool('search', { inputSchema: z.object({ query: z.string() }) }, ({ query }) => ({
        content: [{ type: 'text', text: JSON.stringify({ results: [], message: `Nothing matches ${query}.` }) }],
      }));
      server.registerTool('execute', { inputSchema: z.object({ operationId: z.string() }) }, ({ operationId }) => ({
        content: [{ type: 'text', text: JSON.stringify({ error: `Unknown operationId: "${operationId}".` }) }],
      }));
      return server;
    },
    { legacy },
  );
  return startHttp((request, response) => {
    if (request.url === '/healthz') response.end('{"status":"ok","endpoint":"/mcp"}');
    else void answer(handler, request, response);
  });
}

/** Hands a request of Node's over to what takes those of the web. */
async function answer(
  handler: ReturnType<typeof createMcpHandler>,
  request: http.IncomingMessage,
  response: http.ServerResponse,
): Promise<void> {
  const { method = '', headers, url = '' } = request;
  const body = await text(request);
  const own = Object.entries(headers).map(([header, value]): [string, string] => [header, String(value)]);
  const answered = await handler.fetch(
    new Request(`http://${headers.host ?? ''}${url}`, { method, headers: own, ...(body === '' ? {} : { body }) }),
  );
  response.writeHead(answered.status, Object.fromEntries(answered.headers));
  response.end(await answered.text());
}
