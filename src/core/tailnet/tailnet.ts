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
  readonly isSelf: boolean;
  /** Subnet routes for which this node is the primary router, in CIDR form. */
  readonly routes: readonly string[];
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
  /** Names that the tailnet's administrator added, lower case without trailing dot, to their values. */
  readonly extraRecords: ReadonlyMap<string, string>;
  /** Names for which this node can get a certificate; empty under Headscale. */
  readonly certDomains: readonly string[];
  /** The daemon's own warnings. */
  readonly health: readonly string[];
}

/** Why no status could be read. `where` is the socket or program tried last. */
export interface DaemonFailure {
  readonly kind: 'not-found' | 'not-answering' | 'no-permission' | 'unexpected-answer';
  readonly where: string;
  readonly detail: string;
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
