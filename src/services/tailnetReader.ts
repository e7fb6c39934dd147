import type { DaemonFailure } from '../core/tailnet/tailnet.ts';

/** From where a status was read. */
export interface StatusSource {
  readonly via: 'localapi' | 'cli';
  /** The socket, pipe or program. */
  readonly where: string;
  /** `Tailscale-Version` as the daemon gives it; empty through the command line. */
  readonly version: string;
}

export type StatusReading =
  | { readonly kind: 'read'; readonly document: unknown; readonly source: StatusSource }
  | { readonly kind: 'failed'; readonly failure: DaemonFailure };

/** Access to the local daemon, as a port. Nothing rejects; an aborted call ends as a failure. */
export interface TailnetReader {
  /** One status document, from the first place that gives one. */
  read(signal: AbortSignal): Promise<StatusReading>;
  /** Calls back for every message on the daemon's bus until the bus or the signal ends; resolves with why it ended. */
  watch(source: StatusSource, mask: number, onMessage: () => void, signal: AbortSignal): Promise<string>;
}
