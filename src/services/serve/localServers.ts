import { localServerOf, type LocalServer } from '../../core/serve/localServer.ts';
import { Gate } from '../gate.ts';
import type { Prober } from '../hosts/prober.ts';
import type { Loopback } from './loopback.ts';

/** Where ClawQL listens by default: looked at whatever the settings and files name. */
export const usualPort = 8080;

/** Ports that are looked at at most. */
const mostPorts = 24;

const concurrency = 4;

/** What the search asks with. */
export interface LocalSearch {
  readonly loopback: Loopback;
  readonly prober: Prober;
}

/** The servers of ClawQL that answer on this machine's own interface, at its usual port or one of these, in that order. Never rejects. */
export async function findLocalServers(
  ports: readonly number[],
  { loopback, prober }: LocalSearch,
  signal: AbortSignal,
): Promise<readonly LocalServer[]> {
  const wanted = [...new Set([usualPort, ...ports])].slice(0, mostPorts);
  const open = await loopback.listening(wanted, signal);
  const gate = new Gate(concurrency);
  const found = await Promise.all(
    open.map(async (port) => {
      const target = { url: `http://127.0.0.1:${port}/mcp`, addresses: ['127.0.0.1'] };
      const outcome = await gate.run(() => prober.probe(target, signal));
      return localServerOf(outcome);
    }),
  );
  return found.filter((one) => one !== undefined);
}
