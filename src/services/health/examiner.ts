import type {
  DirectSeen,
  DoorSeen,
  NameAnswer,
  PathSeen,
  PingSeen,
  Preferences,
  RouteSeen,
  SystemName,
  TcpSeen,
  TlsSeen,
} from '../../core/diagnosis/looks.ts';
import type { ControlPlaneSeen } from '../../core/routes/controlPlane.ts';

/** A kind of ping that a daemon can send. Source: tailscale `tailcfg/tailcfg.go` (PingType). */
export type PingType = 'TSMP' | 'ICMP';

/** Where on a node something is to be looked at. */
export interface Place {
  /** As the endpoint's URL has it, without brackets. */
  readonly hostname: string;
  readonly port: number;
  /** One of the node's own addresses: nothing is sent to any other. */
  readonly address: string;
}

/**
 * Looks at single stretches of the way to an endpoint, as a port. Nothing rejects; each look is bounded in time by itself and ends early
 * with `signal`, with whatever it has then. What asks the daemon asks the one that gave the last status.
 */
export interface Examiner {
  /** Interfaces that have an address, but for the loopback and those with one of `tailnet`. */
  network(tailnet: readonly string[]): { readonly interfaces: number };
  preferences(signal: AbortSignal): Promise<Preferences | { readonly detail: string }>;
  /** Which control server this machine has, and over which relays it and the node with that id can be reached. */
  controlPlane(nodeId: string | undefined, signal: AbortSignal): Promise<ControlPlaneSeen>;
  systemName(name: string, signal: AbortSignal): Promise<SystemName>;
  /** Asks 100.100.100.100 itself, for IPv4 addresses and then for IPv6 ones. */
  magicDnsName(name: string, signal: AbortSignal): Promise<NameAnswer>;
  /** `own` are this machine's addresses in the tailnet. */
  route(address: string, own: readonly string[]): Promise<RouteSeen>;
  ping(address: string, type: PingType, signal: AbortSignal): Promise<PingSeen>;
  path(address: string, signal: AbortSignal): Promise<PathSeen>;
  tcp(place: Place, signal: AbortSignal): Promise<TcpSeen>;
  tls(place: Place, signal: AbortSignal): Promise<TlsSeen>;
  /** `healthz` of the endpoint at `url`, past the editor's network settings. */
  direct(url: string, signal: AbortSignal): Promise<DirectSeen>;
  /** Which of these endpoints of the node answer as ClawQL; `addresses` are the node's. */
  doors(urls: readonly string[], addresses: readonly string[], signal: AbortSignal): Promise<readonly DoorSeen[]>;
}
