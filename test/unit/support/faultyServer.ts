import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';

import type { Certificate } from './selfSigned.ts';

/** A server of a test, on the loopback. */
export interface FaultyServer {
  readonly port: number;
  readonly origin: string;
  /** Method and path of every request so far; none where the server does not speak HTTP. */
  readonly requests: readonly string[];
  /** Connections that were ever made. */
  readonly connections: number;
  /**
   * Requests that are neither answered nor given up. Connections are no measure: after an abort undici opens one more, and leaves it idle
   * for some seconds.
   */
  readonly open: number;
  close(): Promise<void>;
}

/** Answers every request by the listener: any fault that can be said in HTTP. With a certificate over TLS. */
export async function startHttp(listener: http.RequestListener, tls?: Certificate): Promise<FaultyServer> {
  const requests: string[] = [];
  const open = new Set<http.ServerResponse>();
  const record: http.RequestListener = (request, response) => {
    requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
    open.add(response);
    response.once('close', () => open.delete(response));
    // A client that goes away in the middle of an answer is what many of these tests are about.
    response.on('error', () => undefined);
    listener(request, response);
  };
  const server = tls === undefined ? http.createServer(record) : https.createServer(tls, record);
  return started(server, tls === undefined ? 'http' : 'https', requests, open);
}

/** Takes connections and does with them what it is told: any fault below HTTP. */
export async function startTcp(onConnection: (socket: net.Socket) => void): Promise<FaultyServer> {
  const open = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    // Reading is also how it notices that the other side hangs up.
    socket.on('data', () => open.add(socket));
    socket.once('close', () => open.delete(socket));
    onConnection(socket);
  });
  return started(server, 'http', [], open);
}

async function started(
  server: net.Server,
  scheme: string,
  requests: readonly string[],
  open: ReadonlySet<unknown>,
): Promise<FaultyServer> {
  const sockets = new Set<net.Socket>();
  let connections = 0;
  server.on('connection', (socket: net.Socket) => {
    connections++;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  return {
    port: address.port,
    origin: `${scheme}://127.0.0.1:${address.port}`,
    requests,
    get connections() {
      return connections;
    },
    get open() {
      return open.size;
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
