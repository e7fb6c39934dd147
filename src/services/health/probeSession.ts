import type { ProbeFailure } from '../../core/mcp/probeOutcome.ts';
import type { ProbeTarget } from '../hosts/prober.ts';

/** What a look at a kept session came to. */
export type SessionCheck =
  /** `latencyMs` is one HTTP round trip on the open connection. */
  | { readonly kind: 'alive'; readonly latencyMs: number }
  /** The server answers and does not know the session: it was restarted since. */
  | { readonly kind: 'gone'; readonly detail: string }
  /** Nothing is known of the session. */
  | { readonly kind: 'failed'; readonly failure: ProbeFailure };

/** A session of the window's own at an endpoint, which a restart of the server ends. */
export interface OpenSession {
  readonly url: string;
  /** One small request. Never rejects; bounded in time and size. */
  check(signal: AbortSignal): Promise<SessionCheck>;
  /** Has the server forget the session. Never rejects, and takes a second at most; calling it twice is harmless. */
  end(): Promise<void>;
}

/** Opens sessions that are kept, as a port. */
export interface SessionOpener {
  /**
   * Undefined where the server keeps no sessions, wants a sign-in or does not answer. Never rejects; who is aborted leaves no session at
   * the server.
   */
  open(target: ProbeTarget, signal: AbortSignal): Promise<OpenSession | undefined>;
}
