import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { clawqlApp } from './app.ts';
import type { AppOptions } from './app.ts';
import type { RequestRecord } from './requestRecord.ts';
import { Sessions } from './sessions.ts';
import { registerTools } from './tools.ts';
import type { ToolState } from './tools.ts';
import { noVault } from './vault.ts';

export interface ClawqlOptions extends AppOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Address to listen on. Default all interfaces, as ClawQL always does. */
  readonly address?: string;
  /** Which host this is: search results carry it as `specLabel`. Default `clawql`. */
  readonly name?: string;
  /** `serverInfo.version`. Default 5.0.0. */
  readonly version?: string;
  /** Tools that it does not have, as where a switch of ClawQL takes them away. */
  readonly withoutTools?: readonly string[];
  /** PEM texts of a certificate for HTTPS, as a reverse proxy on the host would have it. */
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Called with every request as it comes in. */
  readonly onRequest?: (request: RequestRecord) => void;
}

export interface ClawqlServer {
  readonly port: number;
  /** `http://127.0.0.1:PORT/mcp`, or with the scheme and path of the options. */
  readonly url: string;
  /** Every request so far, in the order of arrival. */
  readonly requests: readonly RequestRecord[];
  /** Ends every MCP session, as a restart does, without closing the port. */
  endSessions(): Promise<void>;
  close(): Promise<void>;
}

/**
 * An MCP server that answers as `clawql-mcp-http` 5.0.0 does, built on what ClawQL itself is built on. Rejects when the port is
 * taken.
 */
export async function startClawql(options: ClawqlOptions = {}): Promise<ClawqlServer> {
  const vault = options.vault ?? noVault;
  const state: ToolState = {
    name: options.name ?? 'clawql',
    vault,
    without: options.withoutTools ?? [],
    cache: new Map(),
    audit: [],
  };
  const sessions = new Sessions(() => {
    const server = new McpServer({ name: 'clawql-mcp', version: options.version ?? '5.0.0' });
    registerTools(server, state);
    return server;
  });
  const requests: RequestRecord[] = [];
  const app = clawqlApp(options, vault, sessions, (request) => {
    requests.push(request);
    options.onRequest?.(request);
  });
  const server = options.tls === undefined ? http.createServer(app) : https.createServer(options.tls, app);
  server.listen(options.port ?? 0, options.address);
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('A TCP server has a port.');
  const scheme = options.tls === undefined ? 'http' : 'https';
  return {
    port: bound.port,
    url: `${scheme}://127.0.0.1:${bound.port}${options.path ?? '/mcp'}`,
    requests,
    endSessions: () => sessions.end(),
    async close() {
      await sessions.end();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
