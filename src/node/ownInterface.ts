import { request, type IncomingMessage } from 'node:http';

import type { Loopback } from '../services/serve/loopback.ts';
import { tcpTo } from './examiner/tcp.ts';
import { healthzLimits } from './mcp/healthzReading.ts';
import { failureOfResponse } from './mcp/responseFailure.ts';
import { readBounded } from './readBounded.ts';

const address = '127.0.0.1';

/** Who listens there takes a connection at once. */
const connectLimitMs = 1_000;

/** This machine's own interface, asked directly: no proxy of the editor stands between. */
export function ownInterface(): Loopback {
  return {
    async listening(ports, signal) {
      const places = ports.map((port) => ({ hostname: address, address, port }));
      const seen = await Promise.all(places.map((place) => tcpTo(place, signal, connectLimitMs)));
      return ports.filter((_, index) => seen[index]?.kind === 'open');
    },
    async answersTo(host, port, signal) {
      try {
        return await askAs(host, port, AbortSignal.any([signal, AbortSignal.timeout(healthzLimits.timeoutMs)]));
      } catch {
        return 'unknown';
      }
    },
  };
}

/** By Node's own client: `fetch` puts the host of the URL into the header, whatever it is told. */
async function askAs(host: string, port: number, signal: AbortSignal): ReturnType<Loopback['answersTo']> {
  const path = '/healthz';
  const options = { host: address, port, path, headers: { host }, agent: false, signal } as const;
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    request(options, resolve).on('error', reject).end();
  });
  const status = response.statusCode ?? 0;
  if (status === 200) {
    response.destroy();
    return 'yes';
  }
  const text = await readBounded(response, healthzLimits.bytes);
  const answer = { kind: 'response', status, header: () => undefined, text, tookMs: 0 } as const;
  return failureOfResponse(answer, `http://${host}${path}`).kind === 'invalid-host' ? 'no' : 'unknown';
}
