import { createHash } from 'node:crypto';
import { addressesOf, type DemoNode } from './demoNode.ts';

/** What a daemon of this release says of itself, in the status and in the header `Tailscale-Version`. */
export const demoVersion = '1.102.3-t53a0d659a-g1234567ab';

/** Go's zero time, which stands for "never" and "not known". */
const zeroTime = '0001-01-01T00:00:00Z';
const created = '2026-05-11T18:22:40.001Z';
const user = { ID: 4512345678901234, LoginName: 'alice@example.com', DisplayName: 'Alice' };
const taggedDevices = { ID: 4512345678909999, LoginName: 'tagged-devices', DisplayName: 'Tagged Devices' };

/** One machine as the status has it. Optional are the fields that Go leaves out. Source: tailscale `ipn/ipnstate/ipnstate.go` (PeerStatus). */
export interface PeerStatus {
  readonly ID: string;
  readonly NodeID: number;
  readonly PublicKey: string;
  readonly HostName: string;
  readonly DNSName: string;
  readonly OS: string;
  readonly UserID: number;
  readonly TailscaleIPs: readonly string[] | null;
  readonly AllowedIPs?: readonly string[];
  readonly Tags?: readonly string[];
  readonly PrimaryRoutes?: readonly string[];
  readonly Addrs: readonly string[] | null;
  readonly CurAddr: string;
  readonly Relay: string;
  readonly PeerRelay: string;
  readonly RxBytes: number;
  readonly TxBytes: number;
  readonly Created: string;
  readonly LastWrite: string;
  readonly LastSeen: string;
  readonly LastHandshake: string;
  readonly Online: boolean;
  readonly ExitNode: boolean;
  readonly ExitNodeOption: boolean;
  readonly Active: boolean;
  readonly PeerAPIURL: readonly string[] | null;
  readonly TaildropTarget: number;
  readonly NoFileSharingReason: string;
  readonly Capabilities?: readonly string[];
  readonly CapMap?: Readonly<Record<string, readonly unknown[] | null>>;
  readonly ShareeNode?: boolean;
  readonly InNetworkMap: boolean;
  readonly InMagicSock: boolean;
  readonly InEngine: boolean;
  readonly Expired?: boolean;
  readonly KeyExpiry?: string;
}

/** Source: tailscale `ipn/ipnstate/ipnstate.go` (Status). */
export interface StatusDocument {
  readonly Version: string;
  readonly TUN: boolean;
  readonly BackendState: string;
  readonly HaveNodeKey?: boolean;
  readonly AuthURL: string;
  readonly TailscaleIPs: readonly string[] | null;
  readonly Self: PeerStatus;
  readonly Health: readonly string[];
  readonly MagicDNSSuffix: string;
  readonly CurrentTailnet: {
    readonly Name: string;
    readonly MagicDNSSuffix: string;
    readonly MagicDNSEnabled: boolean;
  } | null;
  readonly CertDomains: readonly string[] | null;
  readonly ExtraRecords: readonly { readonly Name: string; readonly Value: string }[] | null;
  readonly Peer: Readonly<Record<string, PeerStatus>> | null;
  readonly User: Readonly<Record<string, object>> | null;
  readonly ClientVersion: object | null;
}

export interface DemoStatusOptions {
  /** The tailnet's name. */
  readonly tailnet: string;
  /** The suffix of its MagicDNS names, without dots at its ends. */
  readonly suffix: string;
  readonly self: DemoNode;
  readonly peers: readonly DemoNode[];
}

/**
 * What `GET /localapi/v0/status` of a daemon without TUN answers in a managed tailnet whose owner uses this machine. For another state
 * of the backend, replace fields of it.
 */
export function demoStatus({ tailnet, suffix, self, peers }: DemoStatusOptions): StatusDocument {
  const records = peers.map((node) => peerStatus(node, suffix));
  return {
    Version: demoVersion,
    TUN: false,
    BackendState: 'Running',
    HaveNodeKey: true,
    AuthURL: '',
    TailscaleIPs: addressesOf(self),
    Self: selfStatus(self, suffix),
    Health: [],
    MagicDNSSuffix: suffix,
    CurrentTailnet: { Name: tailnet, MagicDNSSuffix: suffix, MagicDNSEnabled: true },
    CertDomains: [`${self.name}.${suffix}`],
    ExtraRecords: null,
    Peer: records.length === 0 ? null : Object.fromEntries(records.map((record) => [record.PublicKey, record])),
    User: { [user.ID]: user, [taggedDevices.ID]: taggedDevices },
    ClientVersion: { RunningLatest: true },
  };
}

function selfStatus(node: DemoNode, suffix: string): PeerStatus {
  const capabilities = ['funnel', 'https', 'https://tailscale.com/cap/is-owner', 'https://tailscale.com/cap/ssh'];
  return {
    ...identity(node, suffix),
    Addrs: ['203.0.113.7:41641', '192.168.1.20:41641'],
    CurAddr: '',
    ...traffic(node, false),
    PeerAPIURL: peerApi(node),
    TaildropTarget: 0,
    NoFileSharingReason: '',
    Capabilities: [
      'HTTPS://TAILSCALE.COM/s/DEPRECATED-NODE-CAPS#see-https://github.com/tailscale/tailscale/issues/11508',
      ...capabilities,
    ],
    CapMap: Object.fromEntries(capabilities.map((capability) => [capability, null])),
    InNetworkMap: true,
    InMagicSock: false,
    InEngine: false,
    KeyExpiry: '2027-11-07T18:22:40Z',
  };
}

function peerStatus(node: DemoNode, suffix: string): PeerStatus {
  const online = node.offlineSince === undefined;
  // Traffic has flown to the machines that serve, and straight: the others have only been heard of.
  const active = online && node.tags !== undefined;
  return {
    ...identity(node, suffix),
    Addrs: null,
    CurAddr: active ? `203.0.113.${node.number & 255}:41641` : '',
    ...traffic(node, active),
    PeerAPIURL: online ? peerApi(node) : null,
    TaildropTarget: online ? 9 : 5,
    NoFileSharingReason: '',
    InNetworkMap: true,
    InMagicSock: true,
    InEngine: active,
    ...(node.tags === undefined ? { KeyExpiry: '2027-11-07T18:22:40Z' } : {}),
  };
}

function identity(node: DemoNode, suffix: string) {
  const addresses = addressesOf(node);
  return {
    ID: stableId(node),
    NodeID: nodeId(node),
    PublicKey: publicKey(node),
    HostName: node.name,
    DNSName: `${node.name}.${suffix}.`,
    OS: node.os,
    UserID: userOf(node),
    TailscaleIPs: addresses,
    AllowedIPs: [`${addresses[0]}/32`, `${addresses[1]}/128`],
    ...(node.tags === undefined ? {} : { Tags: node.tags }),
  };
}

function traffic({ offlineSince }: DemoNode, active: boolean) {
  return {
    Relay: 'fra',
    PeerRelay: '',
    RxBytes: active ? 48212 : 0,
    TxBytes: active ? 30124 : 0,
    Created: created,
    LastWrite: active ? '2026-11-20T15:40:02.117Z' : zeroTime,
    LastSeen: offlineSince ?? zeroTime,
    LastHandshake: active ? '2026-11-20T15:39:10.9Z' : zeroTime,
    Online: offlineSince === undefined,
    ExitNode: false,
    ExitNodeOption: false,
    Active: active,
  };
}

function peerApi(node: DemoNode): readonly string[] {
  const [v4, v6] = addressesOf(node);
  return [`http://${v4}:45511`, `http://[${v6}]:45511`];
}

/** Two machines of the same number in two tests are the same machine: everything about it is made of it. */
function digest(node: DemoNode): string {
  return createHash('sha256').update(`${node.number}`).digest('hex');
}

function stableId(node: DemoNode): string {
  return `n${digest(node).slice(0, 11)}CNTRL`;
}

function nodeId({ number }: DemoNode): number {
  return 812345678900 + number;
}

function publicKey(node: DemoNode): string {
  return `nodekey:${digest(node)}`;
}

function userOf({ tags }: DemoNode): number {
  return tags === undefined ? user.ID : taggedDevices.ID;
}
