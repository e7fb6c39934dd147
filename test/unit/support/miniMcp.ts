import type http from 'node:http';

import { startHttp, type FaultyServer } from './faultyServer.ts';

/** What a well-behaved server answers, by method. */
export const results: Readonly<Record<string, unknown>> = {
  initialize: {
    protocolVersion: '2025-06-18',
    capabilities: {},
    serverInfo: { name: 'mini', version: '1.0.0' },
  },
  'tools/list': { tools: [{ name: 'one' }, { name: 'two' }] },
};

/** A JSON-RPC message; of a request without a body the HTTP method. */
export interface Message {
  readonly id?: number;
  readonly method: string;
}

export type Answer = (message: Message, response: http.ServerResponse, request: http.IncomingMessage) => void;

/** A server that reads JSON-RPC and answers as it is told: for what ClawQL itself never does. */
export async function startMiniMcp(answer: Answer): Promise<FaultyServer> {
  return startHttp((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () =>
      answer(body === '' ? { method: request.method ?? '' } : (JSON.parse(body) as Message), response, request),
    );
  });
}

export function json(response: http.ServerResponse, document: unknown, headers: http.OutgoingHttpHeaders = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(document));
}

/** Plain JSON, no sessions. */
export const usual: Answer = ({ id, method }, response) => {
  if (id === undefined) response.writeHead(202).end();
  else json(response, { jsonrpc: '2.0', id, result: results[method] });
};
