import type { ProbeOutcome } from '../core/mcp/probeOutcome.ts';

/** What may be probed: a node of the live tailnet at one URL, and at no other address than the node's. */
export interface ProbeTarget {
  readonly url: string;
  /** The node's addresses; an answer of the resolver that is none of them ends the probe before anything is sent. */
  readonly addresses: readonly string[];
}

/** Asks an endpoint whether ClawQL answers there, as a port. Never rejects; bounded in time and size. */
export interface Prober {
  probe(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome>;
}
