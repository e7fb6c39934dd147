import { Agent, fetch as undiciFetch } from 'undici';

import { EndpointProber } from '../../../src/node/mcp/endpointProber.ts';
import type { Fetch } from '../../../src/node/mcp/exchange.ts';
import type { Prober, ProbeTarget } from '../../../src/services/hosts/prober.ts';
import type { TailnetNode, TailnetState } from '../../../src/core/tailnet/tailnet.ts';
import { node, running } from './builders.ts';

/** A tailnet without names, whose hosts all have the address of the loopback: the real prober reaches servers of a test there. */
export function loopbackTailnet(...peers: readonly TailnetNode[]): TailnetState {
  return running(peers, { magicDns: false });
}

export function loopbackNode(id: string, parts: Partial<TailnetNode> = {}): TailnetNode {
  return node(id, { addresses: ['127.0.0.1'], ...parts });
}

/** What the extension uses: the process's own `fetch`, and undici's for the second opinion. */
export class RealProber implements Prober {
  readonly #agent = new Agent({ connect: { timeout: 4_000 } });
  readonly #prober: EndpointProber;
  /** Told of every probe. */
  onProbe: (target: ProbeTarget) => unknown = () => undefined;

  constructor() {
    const direct: Fetch = (url, init) => undiciFetch(url, { ...init, dispatcher: this.#agent });
    this.#prober = new EndpointProber((url, init) => fetch(url, init), direct, '0.0.0-test');
  }

  probe(...values: Parameters<Prober['probe']>): ReturnType<Prober['probe']> {
    this.onProbe(values[0]);
    return this.#prober.probe(...values);
  }

  async dispose(): Promise<void> {
    await this.#agent.destroy();
  }
}
