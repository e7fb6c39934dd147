import type { ProbeOutcome } from '../../core/mcp/probeOutcome.ts';

/** What may be probed: a node or Service of the live tailnet at one URL, and at no other address than its own; or what the user entered. */
export interface ProbeTarget {
  readonly url: string;
  /**
   * The host's addresses: an answer of the resolver that is none of them ends the probe before anything is sent. Absent only for an
   * endpoint for which the user's own word stands.
   */
  readonly addresses?: readonly string[];
}

/** Asks an endpoint whether ClawQL answers there, as a port. Never rejects; bounded in time and size. */
export interface Prober {
  probe(target: ProbeTarget, signal: AbortSignal): Promise<ProbeOutcome>;
}
