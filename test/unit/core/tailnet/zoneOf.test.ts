import assert from 'node:assert/strict';

import type { TailnetState } from '../../../../src/core/tailnet/tailnet.ts';
import { needsLookup, zoneOf } from '../../../../src/core/tailnet/zoneOf.ts';
import { running } from '../../support/builders.ts';
import {
  checking,
  clusterBase,
  evidence,
  lookups,
  managed,
  noBase,
  noDaemon,
  noMagicDns,
  off,
  onlyIpv6,
  otherSuffixes,
  starter,
  tenNet,
  words,
} from './zoneWorld.ts';

type Row = readonly [host: string, zone: string, why: string, tailnet?: TailnetState];

const tables: Readonly<Record<string, readonly Row[]>> = {
  'this machine': [
    ['localhost', 'loopback', 'RFC 6761'],
    ['LocalHost', 'loopback', 'names have no case'],
    ['localhost.', 'loopback', 'one trailing dot makes a name absolute'],
    ['%6c%6fcalhost', 'loopback', 'the parser undoes percent encoding'],
    ['ｌｏｃａｌｈｏｓｔ', 'loopback', 'IDNA maps fullwidth letters'],
    ['api.localhost', 'loopback', 'everything below localhost'],
    ['localhost:8080', 'loopback', 'a port is not the host'],
    ['alice:pw@localhost:8080', 'loopback', 'nor is a user'],
    ['localhost.localdomain', 'loopback', "Fedora's hosts file"],
    ['ip6-localhost', 'loopback', "Debian's hosts file"],
    ['127.0.0.1', 'loopback', '127/8'],
    ['127.9.9.9', 'loopback', '127/8'],
    ['127.1', 'loopback', 'short form'],
    ['0177.0.0.1', 'loopback', 'octal'],
    ['0x7f.0.0.1', 'loopback', 'hexadecimal'],
    ['0x7f000001', 'loopback', 'one hexadecimal number'],
    ['2130706433', 'loopback', 'one decimal number'],
    ['127。0。0。1', 'loopback', 'ideographic full stops'],
    ['①②⑦.0.0.1', 'loopback', 'circled digits, which IDNA maps'],
    ['127.0.0.1.', 'loopback', 'the parser takes the dot of an address off'],
    ['0.0.0.0', 'loopback', 'as a target the unspecified address reaches this machine'],
    ['0', 'loopback', 'the same as one number'],
    ['[::]', 'loopback', 'the same in IPv6'],
    ['[::1]', 'loopback', 'RFC 4291'],
    ['::1', 'loopback', 'without brackets'],
    ['[::1]:8080', 'loopback', 'with a port'],
    ['[0:0:0:0:0:0:0:1]', 'loopback', 'not compressed'],
    ['::1%lo', 'loopback', 'with a zone'],
    ['[::ffff:127.0.0.1]', 'loopback', 'IPv4-mapped'],
    ['[::ffff:7f00:1]', 'loopback', 'IPv4-mapped, in hexadecimal'],
    ['localhost', 'loopback', 'with or without a daemon', noDaemon],
    ['127.0.0.1', 'loopback', 'with or without a daemon', off],
    ['loop.corp.test', 'loopback', 'a name that resolves to it'],
    ['debian.corp.test', 'loopback', 'Debian resolves the own host name to 127.0.1.1'],
    ['100.100.100.100', 'loopback', "this machine's own MagicDNS resolver and web client, in every tailnet"],
    ['[fd7a:115c:a1e0::53]', 'loopback', 'the same in IPv6'],
    ['resolver.corp.test', 'loopback', 'a name for it'],
    ['host.docker.internal', 'loopback', 'this machine as a container sees it'],
    ['HOST.docker.internal.', 'loopback', 'the same, spelled otherwise'],
    ['gateway.docker.internal', 'loopback', 'the same by another name', noDaemon],
    ['kubernetes.docker.internal', 'loopback', 'Docker Desktop puts it beside 127.0.0.1'],
    ['host.containers.internal', 'loopback', 'the same under Podman'],
  ],

  'the tailnet, by name': [
    ['clawql-1.tail1a2b3.ts.net', 'tailnet by name: clawql-1', 'MagicDNS name of a peer'],
    ['ClawQL-1.Tail1A2B3.TS.net.', 'tailnet by name: clawql-1', 'upper case and a trailing dot'],
    ['clawql-1。tail1a2b3。ts。net', 'tailnet by name: clawql-1', 'ideographic full stops'],
    ['clawql%2D1.tail1a2b3.ts.net', 'tailnet by name: clawql-1', 'percent encoding'],
    ['me@clawql-1.tail1a2b3.ts.net:8080', 'tailnet by name: clawql-1', 'user and port'],
    ['clawql-1', 'tailnet by name: clawql-1', 'the search domain completes a short name'],
    ['CLAWQL-1', 'tailnet by name: clawql-1', 'in any case'],
    ['laptop', 'tailnet by name: laptop', 'the own node'],
    ['laptop.tail1a2b3.ts.net', 'tailnet by name: laptop', 'the own node in full'],
    ['shared.tailffff.ts.net', 'tailnet by name: shared', "a node shared in keeps its own tailnet's suffix"],
    ['us-nyc-wg-301.mullvad.ts.net', 'tailnet by name: nyc', 'an exit node of Mullvad is a peer'],
    ['clawql.tail1a2b3.ts.net', 'tailnet by name: service svc:clawql', 'a Tailscale Service'],
    ['clawql', 'tailnet by name: service svc:clawql', 'a Service by its short name'],
    ['grafana.corp.test', 'tailnet by name: clawql-1', 'an extra record that leads to a node'],
    ['GRAFANA.corp.test.', 'tailnet by name: clawql-1', 'the same, spelled otherwise'],
    ['vip.corp.test', 'tailnet by name: record vip.corp.test', 'an extra record with an address that no node has'],
    [
      'mac-mini.clawql.local',
      'tailnet by name: mac-mini',
      'a MagicDNS base that looks like a LAN or a cluster',
      starter,
    ],
    ['mac-mini', 'tailnet by name: mac-mini', 'its short name', starter],
    [
      'round.corp.test',
      'tailnet by name: clawql-1, and 140.82.121.8',
      'a record with an address inside and one outside',
    ],
    ['box.hs.test', 'tailnet by name: box', 'Headscale', tenNet],
    ['mini.svc.cluster.local', 'tailnet by name: mini', 'a MagicDNS base that looks like a cluster', clusterBase],
    [
      'clawql-1.tail1a2b3.ts.net',
      'tailnet by name: clawql-1',
      'a node keeps its full name without MagicDNS',
      noMagicDns,
    ],
    ['solo', 'tailnet by name: solo', 'a whole name of one label, without a base', noBase],
  ],

  'the tailnet, by address': [
    ['100.90.0.11', 'tailnet by address: clawql-1', 'IPv4'],
    ['1683619851', 'tailnet by address: clawql-1', 'the same as one number'],
    ['100.5898251', 'tailnet by address: clawql-1', 'the same in two parts'],
    ['0144.0132.0.013', 'tailnet by address: clawql-1', 'the same in octal'],
    ['0x64.90.0.0xb', 'tailnet by address: clawql-1', 'the same, partly in hexadecimal'],
    ['[fd7a:115c:a1e0::5a01:b]', 'tailnet by address: clawql-1', 'IPv6'],
    ['fd7a:115c:a1e0::5a01:b', 'tailnet by address: clawql-1', 'IPv6 without brackets'],
    ['[FD7A:115C:A1E0:0:0:0:5A01:B]', 'tailnet by address: clawql-1', 'not compressed, upper case'],
    ['[fd7a:115c:a1e0::5a01:b%25tailscale0]:8080', 'tailnet by address: clawql-1', 'with zone and port'],
    ['[::ffff:100.90.0.11]', 'tailnet by address: clawql-1', 'IPv4-mapped'],
    ['100.101.102.103', 'tailnet by address: laptop', 'the own address'],
    ['100.90.0.40', 'tailnet by address: nameless', 'a node without a name'],
    ['100.88.0.7', 'tailnet by address: service svc:clawql', 'the virtual address of a Service'],
    ['[fd7a:115c:a1e0::5801:7]', 'tailnet by address: service svc:clawql', 'the same in IPv6'],
    ['100.88.0.9', 'tailnet by address: record vip.corp.test', 'known by an extra record alone'],
    ['10.55.0.2', 'tailnet by address: box', 'a node outside of 100.64/10', tenNet],
    ['fd00:55::2', 'tailnet by address: box', 'a node outside of fd7a:115c:a1e0::/48', tenNet],
    ['100.90.0.11', 'tailnet by address: clawql-1', "a peer's, though this machine has no IPv4 there", onlyIpv6],
  ],

  'the tailnet, by lookup': [
    ['proxy.corp.test', 'tailnet by lookup: clawql-1', "the company's own name, such as a reverse proxy's"],
    ['PROXY.corp.test.', 'tailnet by lookup: clawql-1', 'spelled otherwise'],
    ['proxy6.corp.test', 'tailnet by lookup: clawql-1', 'IPv6, in another form'],
    ['self.corp.test', 'tailnet by lookup: laptop', 'a name for this machine'],
    ['service.corp.test', 'tailnet by lookup: service svc:clawql', 'a name for a Service'],
    ['both.corp.test', 'tailnet by lookup: clawql-1, and 8.8.8.8', 'inside and outside: said with what it has besides'],
    ['clawql.corp.internal', 'tailnet by lookup: clawql-1', 'a private name that leads into the tailnet'],
    ['svc.tail1a2b3.ts.net', 'tailnet by lookup: clawql-1', 'a record that an older daemon does not list'],
  ],

  'no node that is known': [
    ['clawql-9.tail1a2b3.ts.net', 'unknown-node', 'below the suffix, in no record'],
    ['CLAWQL-9.tail1a2b3.ts.net.', 'unknown-node', 'spelled otherwise'],
    ['tail1a2b3.ts.net', 'unknown-node', 'the suffix itself is no node'],
    ['shared.tail1a2b3.ts.net', 'unknown-node', 'a shared node below the wrong suffix'],
    [
      'moved.tail1a2b3.ts.net',
      'unknown-node',
      'what another resolver says of a tailnet name counts only if it leads inside',
    ],
    ['clawql-9.tailffff.ts.net', 'unknown-node', 'a name of a tailnet that is not known'],
    ['gb-lon-wg-001.mullvad.ts.net', 'unknown-node', 'an exit node that this tailnet does not have'],
    ['desk.tail9z9z9.ts.net', 'unknown-node of bob@example.org', 'another account of this machine'],
    ['nas.home.test', 'unknown-node of headscale.home.test', 'another Headscale that this machine has been in'],
    ['nas.home.test.', 'unknown-node of headscale.home.test', 'spelled otherwise'],
    ['gone.hs.test', 'unknown-node', 'below the own suffix', tenNet],
    ['gone.eu.hs.test', 'unknown-node of headscale.eu.test', 'the nearest suffix counts', tenNet],
    ['mac-maxi.clawql.local', 'unknown-node', 'MagicDNS answers for all of its base', starter],
    ['paperless.clawql.local', 'unknown-node', 'also for names that a cluster could have', starter],
    ['clawql.local', 'unknown-node', 'also for the base itself', starter],
    ['other.svc.cluster.local', 'unknown-node', 'one label below the base is the form of a node', clusterBase],
    ['100.90.0.99', 'unknown-node', 'in the range, nobody has it'],
    ['[fd7a:115c:a1e0::dead]', 'unknown-node', 'the same in IPv6'],
    ['[::ffff:100.90.0.99]', 'unknown-node', 'the same, IPv4-mapped'],
    ['100.64.0.0', 'unknown-node', 'the first of the range'],
    ['100.127.255.255', 'unknown-node', 'the last of the range'],
    ['gone.corp.test', 'unknown-node', 'a name that still resolves to an address that a node has left'],
    ['fd7a:115c:a1e0::99', 'unknown-node', 'the family of which the tailnet gives addresses', onlyIpv6],
    ['10-0-0-9-via-9.tail1a2b3.ts.net', 'unknown-node', '4via6 to a site that nobody routes'],
  ],

  'behind a subnet router': [
    ['192.168.77.9', 'subnet-route: router', "inside a peer's route"],
    ['[::ffff:192.168.77.9]', 'subnet-route: router', 'IPv4-mapped'],
    ['0xc0a84d09', 'subnet-route: router', 'as one number'],
    ['routed.corp.test', 'subnet-route: router', 'a name that resolves into it'],
    ['nas.lan', 'subnet-route: router', 'a private name that resolves into it'],
    ['2001:db8:77::5', 'subnet-route: router', 'IPv6'],
    ['192-168-1-2-via-7', 'subnet-route: router', '4via6, which MagicDNS works out'],
    ['192-168-1-2-via-7.tail1a2b3.ts.net', 'subnet-route: router', '4via6 in full'],
    ['[fd7a:115c:a1e0:b1a:0:7:c0a8:102]', 'subnet-route: router', '4via6 as an address'],
    ['192.168.78.9', 'lan', 'beside the route'],
    ['192.168.77.9', 'lan', 'without a daemon nobody routes', noDaemon],
  ],

  'a cluster': [
    ['clawql.default.svc', 'cluster', 'Kubernetes'],
    ['clawql.default.svc.cluster.local', 'cluster', 'Kubernetes in full'],
    ['clawql-0.clawql.default.svc.cluster.local', 'cluster', 'a pod of a stateful set'],
    ['clawql.default.svc.cluster.local', 'cluster', 'whatever the daemon says', noDaemon],
    ['10-1-2-3.default.pod.cluster.local', 'cluster', 'a pod'],
    ['paperless', 'cluster', 'one label that no node has: a service of a compose file'],
    ['paperless:8000', 'cluster', 'the same with a port'],
    ['my_service', 'cluster', 'compose allows underscores'],
    ['shared', 'cluster', 'the search domain does not complete a shared node'],
    ['nameless', 'cluster', 'a host name is no MagicDNS name'],
    ['mac-mini.clawql.local', 'cluster', "ClawQL's own domain where it is not the tailnet's"],
    ['clawql.local', 'cluster', "the chart's default ingress"],
    ['clawql-1', 'cluster', 'without MagicDNS nothing completes it', noMagicDns],
    ['paperless.default.svc.cluster.local', 'cluster', 'too deep for a node below such a base', clusterBase],
    ['paperless.default.svc', 'cluster', 'beside such a base', clusterBase],
  ],

  'a local network': [
    ['10.0.0.5', 'lan', 'RFC 1918'],
    ['012.0.0.5', 'lan', 'RFC 1918, octal'],
    ['172.16.9.9', 'lan', 'RFC 1918'],
    ['192.168.1', 'lan', 'RFC 1918, three parts'],
    ['169.254.7.7', 'lan', 'link-local'],
    ['[fe80::1]', 'lan', 'link-local'],
    ['fe80::1%eth0', 'lan', 'with a zone'],
    ['[fe80::1%25eth0]:8080', 'lan', 'with a zone as RFC 6874 has it'],
    ['[fd00::1]', 'lan', 'a unique local address'],
    ['10.55.0.77', 'lan', 'not guessed into the tailnet: the prefix is not known, and the LAN is 10.1.2.0/24', tenNet],
    ['10.1.2.3', 'lan', 'the LAN beside such a tailnet', tenNet],
    ['fd00:55::77', 'lan', 'not guessed in IPv6 either', tenNet],
    ['printer.local', 'lan', 'multicast DNS'],
    ['nas2.lan', 'lan', 'by convention'],
    ['nas.home.arpa', 'lan', 'RFC 8375'],
    ['db.corp.internal', 'lan', "ICANN's private domain"],
    ['wiki.corp.internal', 'lan', 'a private name that stays outside the tailnet'],
    ['nas.corp.test', 'lan', 'an extra record that leads to the LAN: a record moves no machine into the tailnet'],
    ['192.168.9.4', 'lan', 'nor does its address'],
    ['office.corp.test', 'lan', 'a name that resolves there'],
    ['officeandout.corp.test', 'lan', 'one private address makes it no public name'],
  ],

  'the public internet': [
    ['8.8.8.8', 'public by address: 8.8.8.8', 'global unicast'],
    ['134744072', 'public by address: 8.8.8.8', 'as one number'],
    ['8.8.8.8', 'public by address: 8.8.8.8', 'no daemon is needed to tell', noDaemon],
    ['[2606:4700:4700::1111]:443', 'public by address: 2606:4700:4700::1111', 'IPv6'],
    ['[64:ff9b::8.8.8.8]', 'public by address: 64:ff9b::808:808', 'NAT64 of a public address'],
    ['[2002:808:808::1]', 'public by address: 2002:808:808::1', '6to4 of a public address'],
    ['api.github.com', 'public by lookup: 140.82.121.6', 'every address is public'],
    ['API.GitHub.com.:443', 'public by lookup: 140.82.121.6', 'spelled otherwise'],
    ['api.github.com', 'public by lookup: 140.82.121.6', 'no daemon is needed to tell', off],
    ['dual.corp.test', 'public by lookup: 93.184.216.34', 'two addresses, both public'],
    ['nat64.corp.test', 'public by lookup: 64:ff9b::5db8:d822', 'the answer of a DNS64 resolver'],
    ['docsandout.corp.test', 'public by lookup: 9.9.9.9', 'an address of which nothing is known does not count'],
    ['bücher.test', 'public by lookup: 9.9.9.9', 'IDN'],
    ['xn--bcher-kva.test', 'public by lookup: 9.9.9.9', 'punycode'],
    ['www.corp.test', 'public by lookup: 140.82.121.7', 'an extra record that leads outside'],
    ['140.82.121.7', 'public by address: 140.82.121.7', 'its address is not the tailnet either'],
    ['100.63.255.255', 'public by address: 100.63.255.255', 'before the range'],
    ['100.128.0.0', 'public by address: 100.128.0.0', 'after the range'],
  ],

  'nothing is known': [
    ['', 'unresolved', 'no host'],
    ['.', 'unresolved', 'no host'],
    [':8080', 'unresolved', 'a port alone'],
    ['@', 'unresolved', 'a user alone'],
    ['localhost..', 'unresolved', 'two trailing dots are no name'],
    ['a..corp.test', 'unresolved', 'an empty label'],
    ['.corp.test', 'unresolved', 'an empty label'],
    [`${'a'.repeat(64)}.corp.test`, 'unresolved', 'a label of more than 63'],
    [`${'a.'.repeat(127)}test`, 'unresolved', 'a name of more than 253'],
    ['http://localhost/', 'unresolved', 'a URL is no host'],
    ['localhost/mcp', 'unresolved', 'nor is what has a path'],
    ['two words.test', 'unresolved', 'a space'],
    ['${CLAWQL_MCP_HOST}', 'unresolved', 'a variable'],
    ['$HOST', 'unresolved', 'a variable'],
    ['${HOST}.tail1a2b3.ts.net', 'unresolved', 'a variable in a part'],
    ['%HOST%', 'unresolved', 'a variable of Windows'],
    ['{{host}}', 'unresolved', 'a template'],
    ['%7bhost%7d', 'unresolved', 'a template, percent encoded'],
    ['<your-host>', 'unresolved', 'a placeholder'],
    ['your-host.tail1a2b3.ts.net', 'unresolved', 'a placeholder below the suffix is no missing node'],
    ['clawql.example.com', 'unresolved', 'RFC 2606'],
    ['*.corp.test', 'unresolved', 'a pattern'],
    ['xn--iñvalid', 'unresolved', 'no punycode'],
    ['256.1.1.1', 'unresolved', 'no address, and no name ends in a number'],
    ['1.2.3.4.5', 'unresolved', 'the same'],
    ['[fe80::1%]', 'unresolved', 'a zone without a name'],
    ['[::1', 'unresolved', 'half a bracket'],
    ['1::2::3', 'unresolved', 'no address'],
    ['never-asked.corp.test', 'unresolved', 'not looked up yet'],
    ['silent.corp.test', 'unresolved', 'nothing resolved'],
    ['odd.corp.test', 'unresolved', 'an answer that is none'],
    ['docs.corp.test', 'unresolved', 'resolves to an address for documentation'],
    ['deep.clawql-1.tail1a2b3.ts.net', 'unresolved', 'a node may have all names below its own'],
    ['203.0.113.7', 'unresolved', 'documentation'],
    ['224.0.0.1', 'unresolved', 'multicast'],
    ['[ff02::1]', 'unresolved', 'multicast'],
    ['[::127.0.0.1]', 'unresolved', 'IPv4-compatible, which nothing reads any more'],
    ['[64:ff9b::127.0.0.1]', 'unresolved', 'NAT64 carries no such address'],
    ['[64:ff9b::100.90.0.11]', 'unresolved', "nor a node's"],
    ['[2002:7f00:1::]', 'unresolved', 'nor does 6to4'],
    ['100.115.92.1', 'unresolved', "ChromeOS's part of 100.64/10 is never given out"],
    ['100.115.93.255', 'unresolved', 'the last of it'],
    ['100.90.0.11', 'unresolved', 'shared address space: without a daemon it can be the carrier', noDaemon],
    ['100.100.100.100', 'unresolved', 'the same', noDaemon],
    ['100.90.0.99', 'unresolved', 'the carrier again, where the tailnet gives out no IPv4', onlyIpv6],
    ['100.64.0.3', 'unresolved', 'a tailnet with another prefix gives out none of these', tenNet],
    ['proxy.corp.test', 'unresolved', 'an answer in shared address space without a daemon', noDaemon],
    ['clawql-1', 'unresolved', "a short name is the tailnet's to know", noDaemon],
    ['clawql-1.tail1a2b3.ts.net', 'unresolved', 'so is a full one', noDaemon],
    ['clawql-1.tail1a2b3.ts.net', 'unresolved', 'a stopped daemon tells nothing', off],
    ['clawql-1.tail1a2b3.ts.net', 'unresolved', 'not yet', checking],
    ['nas.home.test', 'unresolved', 'a tailnet that this machine has been in may be the current one', off],
    ['mac-mini.clawql.local', 'unresolved', "a tailnet's or a cluster's", noDaemon],
  ],
};

describe('zoneOf', () => {
  for (const [title, rows] of Object.entries(tables)) {
    describe(title, () => {
      for (const [host, expected, why, tailnet = managed] of rows) {
        const shown = host.length > 60 ? `${host.slice(0, 60)}…` : host;
        it(`${JSON.stringify(shown)} is ${expected}: ${why}`, () => {
          assert.equal(words(zoneOf(host, evidence(tailnet))), expected);
        });
      }
    });
  }

  it('is tried with 150 hosts at least, and with every kind of zone', () => {
    const rows = Object.values(tables).flat();
    assert.ok(rows.length >= 150, `${rows.length} rows`);
    const kinds = new Set(rows.map(([, zone]) => /^[a-z-]+/.exec(zone)?.[0]));
    assert.equal(kinds.size, 8, [...kinds].join());
  });

  it('does not take a default route, which is an exit node, for a way to every address', () => {
    for (const host of ['8.8.8.8', '10.0.0.5', '2606:4700:4700::1111'])
      assert.notEqual(zoneOf(host, evidence(managed)).kind, 'subnet-route', host);
  });

  it('does not call a LAN that this machine routes for others a way through the tailnet', () => {
    assert.equal(managed.kind, 'running');
    const { self } = managed.tailnet;
    const router: TailnetState = running([], { self: { ...self, routes: ['192.168.5.0/24'] } });
    assert.equal(zoneOf('192.168.5.9', evidence(router)).kind, 'lan');
  });

  it('works without suffixes of other tailnets', () => {
    const zone = zoneOf('desk.tail9z9z9.ts.net', { tailnet: managed, lookups });
    assert.deepEqual(zone, { kind: 'unknown-node' });
  });
});

describe('needsLookup', () => {
  function asked(hosts: readonly string[], tailnet: TailnetState): readonly string[] {
    return hosts.filter((host) => needsLookup(host, { tailnet, otherSuffixes }));
  }

  it('is so for names about which only the resolver can say something, in any state of the tailnet', () => {
    const hosts = ['api.github.com', 'proxy.corp.test', 'API.GitHub.com.', 'bücher.test', 'a.b.c.d.corp.test:8080'];
    for (const state of [managed, starter, noDaemon, off]) assert.deepEqual(asked(hosts, state), hosts, state.kind);
  });

  it('is so for private names that a resolver of the company can lead into the tailnet', () => {
    const hosts = ['clawql.corp.internal', 'nas.lan', 'nas.home.arpa'];
    assert.deepEqual(asked(hosts, managed), hosts);
  });

  it('is never so for a name of a tailnet: no DNS server is to hear of it', () => {
    const names = [
      'clawql-1.tail1a2b3.ts.net',
      'clawql-9.tail1a2b3.ts.net',
      'deep.clawql-1.tail1a2b3.ts.net',
      'shared.tailffff.ts.net',
      'x.ts.net',
      'X.TS.NET.',
      'x%2ets.net',
      'x。ts。net',
      'desk.tail9z9z9.ts.net',
      'nas.home.test',
      'mac-mini.clawql.local',
      'grafana.corp.test',
      '192-168-1-2-via-7',
    ];
    assert.deepEqual(asked(names, managed), []);
    const unlisted = names.filter((name) => name !== 'grafana.corp.test');
    for (const state of [noDaemon, off, checking]) assert.deepEqual(asked(unlisted, state), [], state.kind);
    assert.deepEqual(asked(['gone.hs.test', 'box.hs.test', 'hs.test'], tenNet), []);
  });

  it('is never so for a short name, a cluster, multicast DNS and this machine', () => {
    const hosts = ['clawql-1', 'paperless', 'a.b.svc', 'a.b.svc.cluster.local', 'printer.local', 'localhost'];
    const local = ['host.docker.internal', 'x.localhost'];
    for (const state of [managed, noMagicDns, noDaemon]) assert.deepEqual(asked([...hosts, ...local], state), []);
  });

  it('is never so for an address, of which no resolver knows more', () => {
    const hosts = ['10.0.0.1', '8.8.8.8', '[::1]', '203.0.113.7', '224.0.0.1', '100.90.0.11', '0x7f.1', 'fe80::1%eth0'];
    for (const state of [managed, noDaemon]) assert.deepEqual(asked(hosts, state), []);
  });

  it('is never so for what is no name, or stands for one', () => {
    const hosts = ['', '.', 'a..b', '${HOST}.corp.test', '<your>.corp.test', '%7bh%7d.test', 'a b.test', '*.corp.test'];
    const placeholders = ['api.example.com', 'your-host.dev', 'change-me.dev', 'http://api.github.com/'];
    assert.deepEqual(asked([...hosts, ...placeholders], managed), []);
  });
});
