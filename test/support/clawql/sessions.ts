import { randomUUID } from 'node:crypto';
import type { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { isInitializeRequest } from '@modelcontextprotocol/sdk/types.js';
import type { Request, Response } from 'express';

/** A status of 400 where the MCP specification asks for 404: ClawQL's own answer (src/server-http.ts). */
function refuse(response: Response, message: string): void {
  response.status(400).json({ jsonrpc: '2.0', error: { code: -32000, message: `Bad Request: ${message}` }, id: null });
}

/** The MCP sessions of one server: a transport and an `McpServer` for each, as ClawQL keeps them. */
export class Sessions {
  readonly #newServer: () => McpServer;
  readonly #transports = new Map<string, StreamableHTTPServerTransport>();

  constructor(newServer: () => McpServer) {
    this.#newServer = newServer;
  }

  async post(request: Request, response: Response): Promise<void> {
    const session = request.header('mcp-session-id');
    const known = session === undefined ? undefined : this.#transports.get(session);
    if (known !== undefined) {
      await known.handleRequest(request, response, request.body);
    } else if (session === undefined && isInitializeRequest(request.body)) {
      await (await this.#open()).handleRequest(request, response, request.body);
    } else {
      refuse(response, 'missing/invalid mcp-session-id, or initialize request required.');
    }
  }

  /** GET and DELETE: only within a session. */
  async within(request: Request, response: Response): Promise<void> {
    const session = request.header('mcp-session-id');
    const transport = session === undefined ? undefined : this.#transports.get(session);
    if (transport !== undefined) await transport.handleRequest(request, response);
    else refuse(response, session === undefined ? 'missing mcp-session-id.' : 'invalid mcp-session-id.');
  }

  /** Ends every session, as a restart of the server does. */
  async end(): Promise<void> {
    await Promise.all([...this.#transports.values()].map((transport) => transport.close()));
  }

  async #open(): Promise<StreamableHTTPServerTransport> {
    const transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (session) => {
        this.#transports.set(session, transport);
      },
    });
    transport.onclose = () => {
      if (transport.sessionId !== undefined) this.#transports.delete(transport.sessionId);
    };
    await this.#newServer().connect(transport);
    return transport;
  }
}
