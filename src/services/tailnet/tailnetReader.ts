import type { DaemonFailure } from '../../core/tailnet/tailnet.ts';

/** From where a status was read. */
export interface StatusSource {
  readonly via: 'localapi' | 'cli';
  /** The socket, pipe, address or program. */
  readonly where: string;
  /** `Tailscale-Version` as the daemon gives it; empty through the command line. */
  readonly version: string;
  /** What people must know of this status, such as that it is another machine's; absent where there is nothing. */
  readonly note?: string;
}

export type StatusReading =
  | {
      readonly kind: 'read';
      readonly document: unknown;
      /** This machine's Serve configuration, as the same daemon gives it; absent where none could be read. */
      readonly serve?: unknown;
      readonly source: StatusSource;
    }
  | { readonly kind: 'failed'; readonly failure: DaemonFailure };

/** The bus is open from now on; or a message came, which tells of a change, of this machine's own preferences, or of nothing that is shown. */
export type BusEvent = 'opened' | 'change' | 'preferences' | 'nothing';

/** Why a watch is over. `refused`: the daemon answers, but gives this user no bus. `ended`: it was cut, closed, or never reached. */
export interface BusEnd {
  readonly kind: 'ended' | 'refused';
  readonly reason: string;
}

/** Access to the local daemon, as a port. Nothing rejects; an aborted call ends as a failure. */
export interface TailnetReader {
  /** One status document, from the first place that gives one. */
  read(signal: AbortSignal): Promise<StatusReading>;
  /** Holds the daemon's bus open until it or the signal ends, and calls back for what comes; resolves with why it is over. */
  watch(source: StatusSource, mask: number, onEvent: (event: BusEvent) => void, signal: AbortSignal): Promise<BusEnd>;
}
