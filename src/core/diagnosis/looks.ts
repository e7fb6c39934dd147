import type { ProbeFailure, ProbeOutcome } from '../mcp/probeOutcome.ts';

/** What a resolver said of a name. */
export type NameAnswer =
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  /** It answers, and knows no address of that name. */
  | { readonly kind: 'unknown-name' }
  /** No answer in time, or a failure of its own; `detail` says which. */
  | { readonly kind: 'silent'; readonly detail: string };

/** The system's resolver, with what this machine's own files say of the name. */
export type SystemName = NameAnswer & {
  /** The file of hosts in which the name stands, whether or not it was asked. */
  readonly hostsFile?: string;
  /** This machine is a pod: its resolver is the cluster's. */
  readonly inCluster?: true;
};

/** What this daemon's own preferences say, as far as they decide what can be reached. Source: tailscale `ipn/prefs.go`. */
export interface Preferences {
  /** Whether this machine takes Tailscale's DNS (`CorpDNS`). */
  readonly acceptsDns: boolean;
}

/** By which of its addresses this machine would speak to the node: no packet is sent to find that out. */
export type RouteSeen =
  | { readonly kind: 'route'; readonly localAddress: string; readonly isTailnet: boolean }
  | { readonly kind: 'no-route'; readonly detail: string };

/** A ping by the daemon. TSMP proves that the node's daemon is reached; ICMP passes its packet filter, which lets it through where any port is allowed. */
export type PingSeen =
  | { readonly kind: 'pong'; readonly latencyMs: number }
  | { readonly kind: 'silent'; readonly afterMs: number }
  /** The daemon has an answer of its own, such as that there is no such peer. */
  | { readonly kind: 'refused'; readonly detail: string };

/** How packets reach the node now. `region` is the code of a DERP region. */
export type PathSeen =
  | { readonly kind: 'direct'; readonly latencyMs: number }
  | { readonly kind: 'relayed'; readonly region: string; readonly latencyMs: number }
  | { readonly kind: 'peer-relayed'; readonly latencyMs: number }
  /** This machine's own node. */
  | { readonly kind: 'local' }
  | { readonly kind: 'unknown'; readonly detail: string };

/** The path to the selected endpoint, and when it was seen; epoch milliseconds. */
export interface SeenPath {
  readonly url: string;
  readonly seen: PathSeen;
  readonly at: number;
}

/** Other peers that the control server takes for online, asked by TSMP: they tell a trouble there from one here. */
export interface OthersSeen {
  readonly asked: number;
  readonly answered: number;
}

/** A TCP connection to the node, at the endpoint's port. */
export type TcpSeen =
  | { readonly kind: 'open'; readonly address: string }
  | { readonly kind: 'refused' | 'unreachable'; readonly detail: string }
  | { readonly kind: 'silent'; readonly afterMs: number };

/** A TLS handshake at the port, whose certificate is looked at and not believed. */
export type TlsSeen =
  | {
      readonly kind: 'certificate';
      /** DNS names and addresses for which it holds. */
      readonly names: readonly string[];
      /** Who signed it, in the certificate's own words; not to be believed, and not yet escaped. */
      readonly issuer: string;
      /** RFC 3339 times. */
      readonly validFrom: string;
      readonly validTo: string;
      /** Node's reason not to trust it with its own and the system's authorities, such as `SELF_SIGNED_CERT_IN_CHAIN`; absent where it does. */
      readonly distrust?: string;
    }
  /** Something speaks there, but no TLS. */
  | { readonly kind: 'no-tls'; readonly detail: string }
  /** The server breaks the handshake off: for this name it has no certificate. */
  | { readonly kind: 'no-certificate'; readonly detail: string }
  | { readonly kind: 'silent'; readonly afterMs: number }
  | { readonly kind: 'failed'; readonly detail: string };

/** What a direct call of `healthz`, past the editor's network settings, came to. */
export type DirectSeen = { readonly kind: 'answered' } | { readonly kind: 'failed'; readonly failure: ProbeFailure };

/** Another endpoint of the same node at which ClawQL answers. */
export interface DoorSeen {
  readonly url: string;
}

/** The daemon that was asked, and where; `version` is empty where it does not tell. */
export interface DaemonSeen {
  readonly where: string;
  readonly version: string;
}

/** What each look brought; one that was not taken, or is still under way, is absent. */
export interface Looks {
  readonly daemon?: DaemonSeen;
  /** Interfaces of this machine that have an address, but for the loopback and the tailnet's. */
  readonly network?: { readonly interfaces: number };
  readonly preferences?: Preferences | { readonly detail: string };
  readonly systemName?: SystemName;
  readonly magicDnsName?: NameAnswer;
  readonly route?: RouteSeen;
  readonly tsmp?: PingSeen;
  readonly icmp?: PingSeen;
  readonly path?: PathSeen;
  readonly others?: OthersSeen;
  readonly tcp?: TcpSeen;
  readonly tls?: TlsSeen;
  /** The deciding call, by the editor's own `fetch`. */
  readonly call?: ProbeOutcome;
  readonly direct?: DirectSeen;
  /** Where else on that node ClawQL answers; empty where nowhere. */
  readonly doors?: readonly DoorSeen[];
}

export type LookName = keyof Looks;
