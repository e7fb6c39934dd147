import { connect } from 'node:net';

import type { GrpcSeen } from '../../core/exposure/evidence.ts';
import { withinTime } from '../examiner/withinTime.ts';

const timeoutMs = 2_000;

/** RFC 9113 section 3.4: what a client says first, and then its settings, of which there are none (sections 4.1 and 6.5). */
const greeting = Buffer.concat([
  Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
]);

const headerBytes = 9;
const settingsType = 4;

/** Whether HTTP/2 without TLS, which gRPC speaks, answers at a port of loopback: its server's first frame is one of settings too. Never rejects. */
export async function http2Greeting(port: number, signal: AbortSignal): Promise<GrpcSeen> {
  const connection = { isOpen: false };
  const seen = await withinTime<GrpcSeen>(timeoutMs, signal, (settle) => {
    const socket = connect({ host: '127.0.0.1', port });
    let read = Buffer.alloc(0);
    socket.once('connect', () => {
      connection.isOpen = true;
      socket.write(greeting);
    });
    socket.on('data', (chunk: Buffer) => {
      read = Buffer.concat([read, chunk]);
      if (read.length >= headerBytes)
        settle(read[3] === settingsType && read.readUInt32BE(5) === 0 ? 'http2' : 'other');
    });
    const end = (): void => settle(connection.isOpen ? 'other' : 'closed');
    socket.on('error', end);
    socket.on('close', end);
    return () => socket.destroy();
  });
  if (typeof seen === 'string') return seen;
  return connection.isOpen ? 'other' : 'closed';
}
