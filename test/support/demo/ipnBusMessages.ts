import type { PeerStatus, StatusDocument } from './demoStatus.ts';

/** Bits of `watch-ipn-bus?mask=`. Source: tailscale `ipn/backend.go` (NotifyWatchOpt). */
const bits = {
  initialState: 2,
  initialNetMap: 8,
  initialHealthState: 128,
  rateLimit: 256,
  peerChanges: 4096,
  noNetMap: 8192,
  initialStatus: 16384,
  peerPatches: 32768,
  inProcessNoDisconnect: 65536,
} as const;

/** Source: tailscale `ipn/backend.go` (State). */
const states = ['NoState', 'InUseOtherUser', 'NeedsLogin', 'NeedsMachineAuth', 'Stopped', 'Starting', 'Running'];

/** A message of the bus, of which these fields are written as null where nothing changed, and all others are left out. */
type Notify = Readonly<Record<string, unknown>>;

/** What the daemon says of a mask that it does not take, word for word; undefined for one that it takes. */
export function maskProblem(text: string): string | undefined {
  if (!/^\d+$/.test(text)) return 'bad mask';
  const mask = Number(text);
  if (has(mask, 'inProcessNoDisconnect')) {
    return 'NotifyInProcessNoDisconnect is only valid for in-process IPN bus subscribers';
  }
  const stateful = (['peerChanges', 'noNetMap', 'initialStatus', 'peerPatches'] as const).some((bit) => has(mask, bit));
  return has(mask, 'rateLimit') && stateful
    ? 'NotifyRateLimit is incompatible with new-style IPN bus subscription bits'
    : undefined;
}

/** The message that opens a watch; undefined where the mask asks for none. Source: tailscale `ipn/ipnlocal/local.go` (WatchNotificationsAs). */
export function firstMessage(mask: number, status: StatusDocument, sessionId: string): Notify | undefined {
  const initial = (['initialState', 'initialNetMap', 'initialStatus'] as const).some((bit) => has(mask, bit));
  if (!initial) return undefined;
  return {
    ...emptyMessage(status),
    ...(has(mask, 'initialState') ? { SessionID: sessionId, State: states.indexOf(status.BackendState) } : {}),
    ...(has(mask, 'initialStatus') ? { InitialStatus: status } : {}),
    ...(has(mask, 'initialHealthState') ? { Health: { Warnings: {} } } : {}),
  };
}

/**
 * The message by which a watcher with this mask learns that one status came after the other. One with new peers that did not ask for them
 * learns nothing, but before 1.100, when the whole network map came. Source: the same (sendToLocked, setControlClientStatusLocked).
 */
export function changeMessage(mask: number, before: StatusDocument, after: StatusDocument): Notify {
  const removed = peersOf(before).filter(({ NodeID }) => !peersOf(after).some((peer) => peer.NodeID === NodeID));
  const known = new Map(peersOf(before).map((peer) => [peer.NodeID, JSON.stringify(peer)]));
  const changed = peersOf(after).filter((peer) => known.get(peer.NodeID) !== JSON.stringify(peer));
  const sendsDeltas = minorOf(after.Version) >= 100;
  const deltas = sendsDeltas && (has(mask, 'peerChanges') || has(mask, 'peerPatches'));
  const isOtherMap = changed.length > 0 || removed.length > 0 || ownPart(before) !== ownPart(after);
  return {
    ...emptyMessage(after),
    ...(before.BackendState === after.BackendState ? {} : { State: states.indexOf(after.BackendState) }),
    ...(!sendsDeltas && isOtherMap ? { NetMap: { Peers: peersOf(after).map(nodeOf) } } : {}),
    ...(sendsDeltas && ownPart(before) !== ownPart(after) ? { SelfChange: nodeOf(after.Self) } : {}),
    ...(JSON.stringify(before.Health) === JSON.stringify(after.Health) ? {} : { Health: { Warnings: {} } }),
    ...(deltas && changed.length > 0 ? { PeersChanged: changed.map(nodeOf) } : {}),
    ...(deltas && removed.length > 0 ? { PeersRemoved: removed.map(({ NodeID }) => NodeID) } : {}),
  };
}

/** A message in which nothing has changed: the daemon sends such too. */
export function emptyMessage({ Version }: StatusDocument): Notify {
  const unchanged = ['ErrMessage', 'LoginFinished', 'State', 'Prefs', 'NetMap', 'Engine', 'BrowseToURL', 'DriveShares'];
  return { Version, ...Object.fromEntries(unchanged.map((field) => [field, null])) };
}

/** The message with which the daemon ends the watch of a reader who is too slow. Source: the same, closeLaggingWatchSessionLocked. */
export function closingMessage(status: StatusDocument): Notify {
  return { ...emptyMessage(status), ErrMessage: 'IPN bus consumer fell behind; closing watch' };
}

/** What comes with the network map beside the peers. */
function ownPart({ Self, CurrentTailnet, CertDomains, ExtraRecords }: StatusDocument): string {
  return JSON.stringify([Self, CurrentTailnet, CertDomains, ExtraRecords]);
}

function minorOf(version: string): number {
  return Number(version.split('.')[1]);
}

function peersOf({ Peer }: StatusDocument): readonly PeerStatus[] {
  return Object.values(Peer ?? {});
}

/** The fields of a `tailcfg.Node` that a status tells too. Source: tailscale `tailcfg/tailcfg.go` (Node). */
function nodeOf(peer: PeerStatus): object {
  return {
    ID: peer.NodeID,
    StableID: peer.ID,
    Name: peer.DNSName,
    User: peer.UserID,
    Key: peer.PublicKey,
    Addresses: peer.AllowedIPs,
    AllowedIPs: peer.AllowedIPs,
    ...(peer.Tags === undefined ? {} : { Tags: peer.Tags }),
    Online: peer.Online,
  };
}

function has(mask: number, bit: keyof typeof bits): boolean {
  return Math.floor(mask / bits[bit]) % 2 === 1;
}
