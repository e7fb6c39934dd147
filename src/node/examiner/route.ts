import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { isIP } from 'node:net';

import type { RouteSeen } from '../../core/diagnosis/looks.ts';
import { strangerAmong } from '../../core/tailnet/address.ts';
import { errorText } from '../../services/log.ts';

/** RFC 863. Nothing is sent there. */
const discardPort = 9;

/** By which address this machine would speak to another: the system says so of a UDP socket that is connected, which sends nothing. Never rejects. */
export async function routeTo(address: string, own: readonly string[]): Promise<RouteSeen> {
  const family = isIP(address);
  // A name would be looked up.
  if (family === 0) return { kind: 'no-route', detail: `${address} is no address` };
  const socket = createSocket(family === 4 ? 'udp4' : 'udp6');
  socket.on('error', () => undefined);
  try {
    const connected = once(socket, 'connect');
    socket.connect(discardPort, address);
    await connected;
    const { address: localAddress } = socket.address();
    return { kind: 'route', localAddress, isTailnet: strangerAmong([localAddress], own) === undefined };
  } catch (error) {
    return { kind: 'no-route', detail: errorText(error) };
  } finally {
    socket.close();
  }
}
