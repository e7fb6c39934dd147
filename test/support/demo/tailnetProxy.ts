import { once } from 'node:events';
import http from 'node:http';
import type { Duplex } from 'node:stream';
import { forward } from './forward.ts';
import type { Router } from './route.ts';
import { tunnel } from './tunnel.ts';

export interface TailnetProxy {
  /** `http://127.0.0.1:PORT`, for `HTTP_PROXY` and its like. */
  readonly url: string;
  /** Breaks the connections to a machine, as they break when it goes away. */
  cut(node: string): void;
  close(): Promise<void>;
}

/**
 * The HTTP proxy by which programs reach a tailnet through a tailscaled without TUN, with CONNECT and with absolute URLs. One thing is
 * another than there: nothing leaves this machine through it.
 */
export async function startTailnetProxy(route: Router): Promise<TailnetProxy> {
  /** Every connection of a client, with the machine that it leads to. */
  const connections = new Map<Duplex, string | undefined>();
  const server = http.createServer((request, response) =>
    forward(request, response, route, (node) => connections.set(request.socket, node)),
  );
  server.on('connection', (socket: Duplex) => {
    connections.set(socket, undefined);
    socket.once('close', () => connections.delete(socket));
  });
  server.on('connect', (request, socket, head) =>
    tunnel(socket, request.url ?? '', head, route, (node) => connections.set(socket, node)),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  if (bound === null || typeof bound === 'string') throw new Error('A TCP server has a port.');
  return {
    url: `http://127.0.0.1:${bound.port}`,
    cut(node) {
      for (const [socket, owner] of connections) if (owner === node) socket.destroy();
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      // The server itself forgets those that CONNECT took over.
      for (const socket of connections.keys()) socket.destroy();
      await closed;
    },
  };
}
