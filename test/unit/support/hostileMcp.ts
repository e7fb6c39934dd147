import type http from 'node:http';

import { startHttp, type FaultyServer } from './faultyServer.ts';
import { json, results } from './miniMcp.ts';

/** Where a server that is well otherwise does its worst: at its health, or at a message of MCP. */
export type HostilePlace = 'healthz' | 'initialize' | 'tools/list' | 'tools/call' | 'ping';

/** A server like ClawQL, with sessions, that is as it should be but for one place, where `fault` answers. */
export async function startHostile(place: HostilePlace, fault: http.RequestListener): Promise<FaultyServer> {
  return startHttp((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const { id, method } = (body === '' ? { method: 'healthz' } : JSON.parse(body)) as {
        id?: number;
        method: string;
      };
      if (method === place) fault(request, response);
      else if (method === 'healthz') response.end('{"status":"ok","endpoint":"/mcp"}');
      else if (id === undefined) response.writeHead(202).end();
      else json(response, { jsonrpc: '2.0', id, result: results[method] ?? {} }, { 'mcp-session-id': 's1' });
    });
  });
}

/** One byte after the other, with so many milliseconds in between. */
export function dripping(ms: number): http.RequestListener {
  return (_request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    const timer = setInterval(() => response.write('x'), ms);
    response.once('close', () => clearInterval(timer));
  };
}

/** Whole messages for ever, none of which is the answer. */
export const chattering: http.RequestListener = (_request, response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  const message = 'data: {"jsonrpc":"2.0","method":"notifications/message","params":{}}\n\n';
  const timer = setInterval(() => response.write(message), 50);
  response.once('close', () => clearInterval(timer));
};
