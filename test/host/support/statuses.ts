import type { DemoNode } from '../../support/demo/demoNode.ts';
import { demoPeers, demoSelf, demoSuffix, demoTailnetName } from '../../support/demo/demoNodes.ts';
import { demoStatus, type PeerStatus, type StatusDocument } from '../../support/demo/demoStatus.ts';

/** A daemon in the demo tailnet, whose proxy leads to the same names: by default with one host of each sort. */
export function running(peers: readonly DemoNode[] = demoPeers(new Date())): StatusDocument {
  return demoStatus({ tailnet: demoTailnetName, suffix: demoSuffix, self: demoSelf, peers });
}

/** The peers of the demo tailnet that carry no tag. */
export function withoutHosts(): StatusDocument {
  return running(demoPeers(new Date()).filter(({ tags }) => tags === undefined));
}

/** The peers of the demo tailnet, of which one has gone offline just now. */
export function withOffline(name: string): StatusDocument {
  const now = new Date();
  return running(
    demoPeers(now).map((node) => (node.name === name ? { ...node, offlineSince: now.toISOString() } : node)),
  );
}

/** A status in which one peer's record is another one. */
export function withPeer(status: StatusDocument, name: string, change: Partial<PeerStatus>): StatusDocument {
  const peers = Object.entries(status.Peer ?? {}).map(([key, peer]) =>
    peer.HostName === name ? ([key, { ...peer, ...change }] as const) : ([key, peer] as const),
  );
  return { ...status, Peer: Object.fromEntries(peers) };
}

/** After `tailscale down`: the daemon still lists the peers that it knew. */
export function stopped(): StatusDocument {
  return { ...running(), BackendState: 'Stopped' };
}

/** After `tailscale logout`. */
export function loggedOut(): StatusDocument {
  return {
    ...running([]),
    BackendState: 'NeedsLogin',
    AuthURL: 'https://login.tailscale.com/a/0123456789abcdef',
    TailscaleIPs: null,
    MagicDNSSuffix: '',
    CurrentTailnet: null,
    CertDomains: null,
    User: null,
  };
}

/** A machine whose own node key has expired. */
export function keyExpired(): StatusDocument {
  const status = loggedOut();
  return { ...status, AuthURL: '', Self: { ...status.Self, Expired: true } };
}

/** The same peers under a control server that is not Tailscale's own; none of them carries the tag. */
export function headscaleWithoutHosts(): StatusDocument {
  const CurrentTailnet = { Name: 'headscale.example.com', MagicDNSSuffix: 'clawql.test', MagicDNSEnabled: true };
  return { ...withoutHosts(), CurrentTailnet, MagicDNSSuffix: 'clawql.test', CertDomains: null };
}
