import { Agent, fetch as undiciFetch } from 'undici';

import type { ProbeFailure } from '../../../src/core/mcp/probeOutcome.ts';
import { EndpointProber } from '../../../src/node/mcp/endpointProber.ts';
import type { Fetch } from '../../../src/node/mcp/exchange.ts';
import { KeptSessions } from '../../../src/node/mcp/keptSession.ts';
import { ToolSessions } from '../../../src/node/mcp/toolSessions.ts';
import type { ProbeTarget } from '../../../src/services/hosts/prober.ts';
import type { FaultyServer } from './faultyServer.ts';
import { chattering, dripping, startHostile, type HostilePlace } from './hostileMcp.ts';

const faults = { 'a byte every 100 ms': dripping(100), 'an event stream without end': chattering };
export type EndlessFault = keyof typeof faults;
export const endlessFaults = Object.keys(faults) as readonly EndlessFault[];

export interface Meeting {
  readonly server: FaultyServer;
  readonly failure: ProbeFailure | undefined;
  readonly tookMs: number;
}

interface Met {
  readonly kind: string;
  readonly failure?: ProbeFailure;
}

/** Servers at which something comes all the time and never what was asked for, and whoever speaks to them. */
export class EndlessMeetings {
  readonly #agent = new Agent();
  readonly #own: Fetch = (url, init) => fetch(url, init);
  readonly #direct: Fetch = (url, init) => undiciFetch(url, { ...init, dispatcher: this.#agent });
  readonly #signal = new AbortController().signal;
  readonly #meetings = new Map<string, Promise<Meeting>>();

  begin(place: HostilePlace, fault: EndlessFault): void {
    this.#meetings.set(`${fault} at ${place}`, this.#meet(place, fault));
  }

  /** Resolves when nobody waits any longer. */
  async of(place: HostilePlace, fault: EndlessFault): Promise<Meeting> {
    const meeting = this.#meetings.get(`${fault} at ${place}`);
    if (meeting === undefined) throw new Error('It was not begun.');
    return meeting;
  }

  async close(): Promise<void> {
    const met = await Promise.all(this.#meetings.values());
    await Promise.all([...met.map(({ server }) => server.close()), this.#agent.destroy()]);
  }

  async #meet(place: HostilePlace, fault: EndlessFault): Promise<Meeting> {
    const server = await startHostile(place, faults[fault]);
    const speak = await this.#speakerTo(place, { url: `${server.origin}/mcp`, addresses: ['127.0.0.1'] });
    const started = performance.now();
    const met = await speak();
    return { server, failure: met?.failure, tookMs: performance.now() - started };
  }

  /** What asks at that place, with all that comes before it done. */
  async #speakerTo(place: HostilePlace, target: ProbeTarget): Promise<() => Promise<Met | undefined>> {
    const signal = this.#signal;
    if (place === 'ping') {
      const session = await new KeptSessions(this.#own, '0.0.0-test').open(target, signal);
      return async () => session?.check(signal);
    }
    if (place === 'tools/call') {
      const opening = await new ToolSessions(this.#own, '0.0.0-test').openTools(target, signal);
      return async () => (opening.kind === 'open' ? opening.session.callTool('search', {}, signal) : opening);
    }
    const prober = new EndpointProber(this.#own, this.#direct, '0.0.0-test');
    return () => prober.probe(target, signal);
  }
}
