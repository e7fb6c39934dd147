import type { TailnetState } from '../../../../src/core/tailnet/tailnet.ts';
import type { NameLookups, Zone, ZoneEvidence } from '../../../../src/core/tailnet/zone.ts';
import { laptop, node, running } from '../../support/builders.ts';

const clawql = node('clawql-1', { addresses: ['100.90.0.11', 'fd7a:115c:a1e0::5a01:b'] });
const peers = [
  clawql,
  node('shared', { name: 'shared.tailffff.ts.net', addresses: ['100.90.0.20'], sharedBy: 'bob@example.org' }),
  node('router', {
    addresses: ['100.90.0.30'],
    routes: ['192.168.77.0/24', '0.0.0.0/0', '::/0', 'fd7a:115c:a1e0:b1a:0:7:c0a8:100/120', '2001:db8:77::/48'],
  }),
  node('nameless', { name: '', addresses: ['100.90.0.40'] }),
  node('nyc', { name: 'us-nyc-wg-301.mullvad.ts.net', addresses: ['100.90.0.50'], tags: [], exit: 'mullvad' }),
];

/** A managed tailnet, `tail1a2b3.ts.net`, in which this machine is `laptop`. */
export const managed = running(peers, {
  services: [
    {
      name: 'svc:clawql',
      dnsName: 'clawql.tail1a2b3.ts.net',
      addresses: ['100.88.0.7', 'fd7a:115c:a1e0::5801:7'],
      ports: ['tcp:443'],
    },
  ],
  extraRecords: new Map([
    ['grafana.corp.test', ['100.90.0.11']],
    ['vip.corp.test', ['100.88.0.9']],
    ['nas.corp.test', ['192.168.9.4']],
    ['www.corp.test', ['140.82.121.7']],
    ['round.corp.test', ['140.82.121.8', '100.90.0.11']],
  ]),
});

/** Headscale as ClawQL's starter sets it up: its names end in `clawql.local`. */
export const starter = running([node('mac-mini', { name: 'mac-mini.clawql.local', addresses: ['100.64.0.5'] })], {
  suffix: 'clawql.local',
  self: { ...laptop, name: 'laptop.clawql.local', addresses: ['100.64.0.1'] },
});

/** Headscale with its addresses in 10.55.0.0/16, which the status does not tell, on a machine whose LAN is 10.1.2.0/24. */
export const tenNet = running([node('box', { name: 'box.hs.test', addresses: ['10.55.0.2', 'fd00:55::2'] })], {
  suffix: 'hs.test',
  self: { ...laptop, name: 'laptop.hs.test', addresses: ['10.55.0.1', 'fd00:55::1'] },
});

/** Headscale whose names lie in a domain that is a cluster's too. */
export const clusterBase = running([node('mini', { name: 'mini.svc.cluster.local', addresses: ['100.64.0.8'] })], {
  suffix: 'svc.cluster.local',
  self: { ...laptop, name: 'laptop.svc.cluster.local' },
});

/** A tailnet without IPv4 of its own, which is how one lives beside a carrier that uses 100.64.0.0/10. */
export const onlyIpv6 = running([clawql], { self: { ...laptop, addresses: ['fd7a:115c:a1e0::1'] } });

/** A tailnet without MagicDNS. */
export const noMagicDns = running([clawql], { magicDns: false });

/** Headscale without a base domain. */
export const noBase = running([node('solo', { name: 'solo', addresses: ['100.64.0.9'] })], { suffix: '' });

export const noDaemon: TailnetState = {
  kind: 'unavailable',
  failure: { kind: 'not-found', where: '/var/run/tailscale/tailscaled.sock', detail: '' },
};
export const off: TailnetState = { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] };
export const checking: TailnetState = { kind: 'checking' };

/** What the system's resolver has said so far. */
export const lookups: NameLookups = new Map([
  ['api.github.com', ['140.82.121.6']],
  ['proxy.corp.test', ['100.90.0.11']],
  ['proxy6.corp.test', ['fd7a:115c:a1e0:0:0:0:5a01:b']],
  ['self.corp.test', ['100.101.102.103']],
  ['service.corp.test', ['100.88.0.7']],
  ['both.corp.test', ['8.8.8.8', '100.90.0.11']],
  ['routed.corp.test', ['192.168.77.9']],
  ['office.corp.test', ['10.1.2.3']],
  ['officeandout.corp.test', ['8.8.4.4', '10.1.2.3']],
  ['loop.corp.test', ['127.0.0.1']],
  ['debian.corp.test', ['127.0.1.1']],
  ['resolver.corp.test', ['100.100.100.100']],
  ['gone.corp.test', ['100.90.0.99']],
  ['dual.corp.test', ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946']],
  ['nat64.corp.test', ['64:ff9b::5db8:d822']],
  ['docs.corp.test', ['203.0.113.7']],
  ['docsandout.corp.test', ['203.0.113.7', '9.9.9.9']],
  ['silent.corp.test', []],
  ['odd.corp.test', ['not an address']],
  ['xn--bcher-kva.test', ['9.9.9.9']],
  ['clawql.corp.internal', ['100.90.0.11']],
  ['wiki.corp.internal', ['10.1.2.4']],
  ['nas.lan', ['192.168.77.3']],
  ['svc.tail1a2b3.ts.net', ['100.90.0.11']],
  ['moved.tail1a2b3.ts.net', ['9.9.9.9']],
]);

/** Tailnets that this machine has been in. One lies below the domain of another. */
export const otherSuffixes: ReadonlyMap<string, string> = new Map([
  ['tail9z9z9.ts.net', 'bob@example.org'],
  ['home.test', 'headscale.home.test'],
  ['eu.hs.test', 'headscale.eu.test'],
]);

export function evidence(tailnet: TailnetState): ZoneEvidence {
  return { tailnet, lookups, otherSuffixes };
}

/** A zone in a few words: its kind, what it was told by, and whose it is. */
export function words(zone: Zone): string {
  switch (zone.kind) {
    case 'tailnet': {
      const { holder, by, alsoPublic } = zone;
      const who = { node: () => '', service: () => 'service ', record: () => 'record ' }[holder.kind]();
      const name =
        holder.kind === 'node' ? holder.node.id : holder.kind === 'service' ? holder.service.name : holder.name;
      return `tailnet by ${by}: ${who}${name}${alsoPublic === undefined ? '' : `, and ${alsoPublic}`}`;
    }
    case 'unknown-node':
      return zone.tailnet === undefined ? 'unknown-node' : `unknown-node of ${zone.tailnet}`;
    case 'subnet-route':
      return `subnet-route: ${zone.node.id}`;
    case 'public':
      return `public by ${zone.by}: ${zone.address}`;
    default:
      return zone.kind;
  }
}
