import type { DaemonPlatform } from './daemonPlatform.ts';
import type { Funnel } from './funnel.ts';
import type { TailnetIndex } from './tailnetIndex.ts';

/**
 * The states of the daemon's backend, as `BackendState` names them.
 * Source: tailscale `ipn/backend.go` (State.String).
 */
export const backendStates = [
  'NoState',
  'InUseOtherUser',
  'NeedsLogin',
  'NeedsMachineAuth',
  'Stopped',
  'Starting',
  'Running',
] as const;
export type BackendState = (typeof backendStates)[number];

/** One machine of the tailnet: this one or a peer. */
export interface TailnetNode {
  /** The stable node id; a decimal string under Headscale. Survives a rename. */
  readonly id: string;
  /** The MagicDNS name, lower case, without the trailing dot; empty where the tailnet has none. */
  readonly name: string;
  readonly hostName: string;
  /** Canonical text forms, IPv4 first as the daemon gives them; may be empty or IPv6 only. */
  readonly addresses: readonly string[];
  readonly tags: readonly string[];
  readonly os: string;
  /** Connected to the control server; can be stale by some seconds. Meaningless for the own node. */
  readonly online: boolean;
  /** RFC 3339 time since when it is offline; absent while online. */
  readonly lastSeen?: string;
  readonly expired: boolean;
  /** RFC 3339 time at which the node key expires or has expired; absent where it never does. */
  readonly keyExpiry?: string;
  readonly isSelf: boolean;
  /** Belongs to the user of this machine: the own node, and every untagged node of the same user. */
  readonly isOwn: boolean;
  /** Login name of its user; absent for a tagged node, and where the status does not tell. */
  readonly owner?: string;
  /**
   * Login name of who shared it into this tailnet from their own; where the status does not tell, the suffix of that tailnet. Absent for
   * a node of this tailnet.
   */
  readonly sharedBy?: string;
  /** What it is to the traffic of others: it may be used as an exit node, or is one of Mullvad's. */
  readonly exit?: 'offered' | 'mullvad';
  /** Subnet routes for which this node is the primary router, in CIDR form. */
  readonly routes: readonly string[];
}

/** A Tailscale Service that this machine may reach: a name and virtual addresses behind which several nodes can stand. */
export interface TailnetService {
  /** `svc:` and a DNS label. */
  readonly name: string;
  /** Its MagicDNS name, lower case, without the trailing dot. */
  readonly dnsName: string;
  readonly addresses: readonly string[];
  /** Ports as the tailnet defines them, such as `tcp:443`; empty where the status does not tell. */
  readonly ports: readonly string[];
}

/** A tailnet as this machine sees it now. */
export interface Tailnet {
  /** The tailnet's name; under Headscale the host of the control server. */
  readonly name: string;
  /** Suffix of the MagicDNS names, lower case, without dots at its ends; empty where there is none. */
  readonly suffix: string;
  /** Whether the tailnet has MagicDNS; whether this machine accepts it is another question (`prefs.CorpDNS`). */
  readonly magicDns: boolean;
  readonly self: TailnetNode;
  readonly peers: readonly TailnetNode[];
  readonly services: readonly TailnetService[];
  /**
   * Names that the control server added, of Services and the administrator's own, lower case without trailing dot, to their addresses in
   * canonical text; at least one each. Daemons before 1.100 do not tell.
   */
  readonly extraRecords: ReadonlyMap<string, readonly string[]>;
  /** Names for which this node can get a certificate; empty under Headscale. */
  readonly certDomains: readonly string[];
  /**
   * What this machine publishes to the internet by Funnel; absent where that is not known. As old as the rest, but a change of it alone
   * is not told by the bus: it is seen with the next read.
   */
  readonly funnels?: readonly Funnel[];
  /** The daemon has no network interface (userspace networking): only it reaches the peers, and no other program does. */
  readonly userspace?: true;
  /** The daemon's own warnings. */
  readonly health: readonly string[];
  /** What of the status could not be read and is missing here, a sentence for each kind of record; empty as a rule. */
  readonly problems: readonly string[];
  /** The same nodes, services and records by name and address. */
  readonly index: TailnetIndex;
}

/** Why no status could be read. `where` is the socket, address or program that says most about it. */
export interface DaemonFailure {
  /**
   * `killed`: a socket is there that nobody listens at, as a daemon leaves it when it has no time to clean up. `unknown-state`: the daemon
   * names a state of its backend that is not known here.
   */
  readonly kind: 'not-found' | 'killed' | 'not-answering' | 'no-permission' | 'unexpected-answer' | 'unknown-state';
  readonly where: string;
  readonly detail: string;
  /** Where the daemon was looked for; absent where that does not matter. */
  readonly platform?: DaemonPlatform;
  /** Whether Tailscale's program is on this machine: false where each place that the platform has for it is empty. Absent where not known. */
  readonly installed?: boolean;
  /** The killed daemon is still this machine's only name server: no name resolves here. Absent where that is not known. */
  readonly deadResolver?: true;
}

/** What is known of the tailnet, always as seen by the machine on which the extension runs. */
export type TailnetState =
  | { readonly kind: 'checking' }
  | { readonly kind: 'unavailable'; readonly failure: DaemonFailure }
  | {
      readonly kind: 'off';
      readonly backendState: Exclude<BackendState, 'Running'>;
      readonly authUrl: string;
      readonly health: readonly string[];
      /** Present where it must log in because this machine's own node key has expired. */
      readonly keyExpired?: true;
    }
  | { readonly kind: 'running'; readonly tailnet: Tailnet };

/** This node and its peers, the own node first. */
export function nodesOf(tailnet: Tailnet): readonly TailnetNode[] {
  return [tailnet.self, ...tailnet.peers];
}

/** The first label of the MagicDNS name, by which people call a node; the host name where it has no MagicDNS name. */
export function shortName(node: TailnetNode): string {
  const [label = ''] = node.name.split('.');
  return label === '' ? node.hostName : label;
}

/** An RFC 3339 time as people read it, to the minute: `2026-11-22 04:02 UTC`. Any other text stays as it is. */
export function readableTime(time: string): string {
  const [, date, minute] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}):\d{2}(?:\.\d+)?Z$/.exec(time) ?? [];
  return date === undefined || minute === undefined ? time : `${date} ${minute} UTC`;
}
