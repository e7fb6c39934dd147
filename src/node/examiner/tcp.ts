import { connect, isIP } from 'node:net';

import type { TcpSeen } from '../../core/diagnosis/looks.ts';
import type { Place } from '../../services/health/examiner.ts';
import { systemCode } from '../files/fileErrors.ts';
import { withinTime } from './withinTime.ts';

const timeoutMs = 4_000;

/** Whether a TCP connection to the place comes about; nothing is sent over it. Never rejects. */
export async function tcpTo({ address, port }: Place, signal: AbortSignal, limitMs = timeoutMs): Promise<TcpSeen> {
  // A name would be looked up.
  if (isIP(address) === 0) return { kind: 'unreachable', detail: `${address} is no address` };
  return withinTime<TcpSeen>(limitMs, signal, (settle) => {
    const socket = connect({ host: address, port });
    const started = performance.now();
    socket.once('connect', () => settle({ kind: 'open', address }));
    socket.on('error', (error) => {
      const afterMs = Math.round(performance.now() - started);
      settle(seenOf(systemCode(error), error.message, afterMs));
    });
    return () => socket.destroy();
  });
}

function seenOf(code: string | undefined, detail: string, afterMs: number): TcpSeen {
  // The system gives up by itself where its own limit is shorter.
  if (code === 'ETIMEDOUT') return { kind: 'silent', afterMs };
  return { kind: code === 'ECONNREFUSED' ? 'refused' : 'unreachable', detail };
}
