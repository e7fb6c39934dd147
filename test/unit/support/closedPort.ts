import { once } from 'node:events';
import net from 'node:net';

/** A port of the loopback at which nothing listens: the system gave it a moment ago and has it back. */
export async function closedPort(): Promise<number> {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('A TCP server has a port.');
  return address.port;
}
