import { isIP } from 'node:net';
import type { PeerStatus, StatusDocument } from './demoStatus.ts';

/** Source: tailscale `ipn/ipnstate/ipnstate.go` (PingResult). */
export interface PingDocument {
  readonly IP: string;
  readonly NodeIP: string;
  readonly NodeName: string;
  readonly Err: string;
  readonly LatencySeconds: number;
  readonly Endpoint: string;
  readonly PeerRelay: string;
  readonly DERPRegionID: number;
  readonly DERPRegionCode: string;
  readonly PeerAPIPort?: number;
  readonly IsLocalIP?: boolean;
}

/** Why a ping is refused, in tailscaled's words; undefined where it is sent. Source: tailscale `ipn/localapi/localapi.go` (servePing). */
export function pingProblem(method: string | undefined, ip: string, type: string): string | undefined {
  if (method !== 'POST') return 'want POST';
  if (ip === '') return "missing 'ip' parameter";
  if (isIP(ip) === 0) return 'invalid IP';
  return type === '' ? "missing 'type' parameter" : undefined;
}

/**
 * What a daemon with this status answers to a ping; undefined where it waits for a node that does not answer. Only a ping by `disco` tells
 * the path. Source: tailscale `wgengine/userspace.go` (Ping), `wgengine/magicsock/magicsock.go` (populateCLIPingResponseLocked).
 */
export function pingAnswer(status: StatusDocument, ip: string, type: string): PingDocument | undefined {
  const asked = { ...nothing, IP: ip };
  if (status.TailscaleIPs?.includes(ip) === true) {
    return { ...asked, Err: `${ip} is local Tailscale IP`, IsLocalIP: true };
  }
  const peer = Object.values(status.Peer ?? {}).find(({ TailscaleIPs }) => TailscaleIPs?.includes(ip));
  if (peer === undefined) return { ...asked, Err: 'no matching peer' };
  if (!peer.Online || peer.Expired === true) return undefined;
  const pong = { ...asked, NodeIP: ip, NodeName: peer.DNSName.split('.')[0] ?? '', LatencySeconds: 0.002_5 };
  if (type === 'TSMP') return { ...pong, PeerAPIPort: 41_112 };
  return type === 'disco' ? { ...pong, ...pathOf(peer) } : pong;
}

const nothing: PingDocument = {
  IP: '',
  NodeIP: '',
  NodeName: '',
  Err: '',
  LatencySeconds: 0,
  Endpoint: '',
  PeerRelay: '',
  DERPRegionID: 0,
  DERPRegionCode: '',
};

function pathOf({ CurAddr, PeerRelay, Relay }: PeerStatus): Partial<PingDocument> {
  if (CurAddr !== '') return { Endpoint: CurAddr };
  return PeerRelay === '' ? { DERPRegionID: 4, DERPRegionCode: Relay } : { PeerRelay };
}
