import assert from 'node:assert/strict';

import type { TailnetState } from '../../../../src/core/tailnet/tailnet.ts';
import {
  needsLookup,
  nodeByName,
  normalHost,
  zoneOf,
  type NameLookups,
  type Zone,
} from '../../../../src/core/tailnet/zone.ts';
import { laptop, node, running, tailnet } from '../../support/builders.ts';

const clawql = node('clawql-1', { addresses: ['100.90.0.11', 'fd7a:115c:a1e0::5a01:b'] });
const shared = node('shared', { name: 'shared.tailffff.ts.net', addresses: ['100.90.0.20'] });
const router = node('router', { addresses: ['100.90.0.30'], routes: ['192.168.77.0/24', '0.0.0.0/0', '::/0'] });
const nameless = node('nameless', { name: '', addresses: ['100.90.0.40'] });
const peers = [clawql, shared, router, nameless];

const extraRecords = new Map([
  ['grafana.corp.example', '100.90.0.11'],
  ['svc.tail1a2b3.ts.net', '100.88.0.9'],
]);
const here = running(peers, { extraRecords });
const gone: TailnetState = {
  kind: 'unavailable',
  failure: { kind: 'not-found', where: '/var/run/tailscale/tailscaled.sock', detail: '' },
};
const off: TailnetState = { kind: 'off', backendState: 'Stopped', authUrl: '', health: [] };

const lookups: NameLookups = new Map([
  ['clawql.corp.example', ['100.90.0.11']],
  ['mixed.corp.example', ['8.8.8.8', '100.90.0.11']],
  ['self.corp.example', ['100.101.102.103']],
  ['ghost.corp.example', ['100.90.0.99']],
  ['branch.corp.example', ['192.168.77.9']],
  ['office.corp.example', ['10.1.2.3']],
  ['loop.corp.example', ['127.0.0.1']],
  ['api.github.com', ['140.82.121.6']],
  ['dual.example.com', ['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946']],
  ['docs.example.com', ['203.0.113.7']],
  ['silent.example.com', []],
  ['odd.example.com', ['not an address']],
]);

/** A zone in a few words: its kind, what it was told by, and whose it is. */
function words(zone: Zone): string {
  const by = 'by' in zone ? ` by ${zone.by}` : '';
  const whose = 'node' in zone ? ` ${zone.node?.id ?? 'no node'}` : '';
  return zone.kind + by + whose + ('address' in zone ? ` ${zone.address}` : '');
}

type Row = readonly [host: string, zone: string, state?: TailnetState];

const table: readonly Row[] = [
  ['localhost', 'loopback'],
  ['LOCALHOST', 'loopback'],
  ['localhost.', 'loopback'],
  ['api.localhost', 'loopback'],
  ['127.0.0.1', 'loopback'],
  ['127.9.9.9', 'loopback'],
  ['[::1]', 'loopback'],
  ['::1', 'loopback'],
  ['0.0.0.0', 'loopback'],
  ['[::]', 'loopback'],
  ['[::ffff:7f00:1]', 'loopback'],
  ['localhost', 'loopback', gone],
  ['127.0.0.1', 'loopback', off],
  ['loop.corp.example', 'loopback'],
  ['notlocalhost.example.com', 'unresolved'],

  ['clawql-1.tail1a2b3.ts.net', 'tailnet by name clawql-1'],
  ['ClawQL-1.Tail1A2B3.TS.net.', 'tailnet by name clawql-1'],
  ['clawql-1', 'tailnet by name clawql-1'],
  ['CLAWQL-1', 'tailnet by name clawql-1'],
  ['clawql-1.', 'tailnet by name clawql-1'],
  ['laptop', 'tailnet by name laptop'],
  ['laptop.tail1a2b3.ts.net', 'tailnet by name laptop'],
  ['shared.tailffff.ts.net', 'tailnet by name shared'],
  ['grafana.corp.example', 'tailnet by name no node'],
  ['GRAFANA.corp.example.', 'tailnet by name no node'],
  ['svc.tail1a2b3.ts.net', 'tailnet by name no node'],
  ['100.90.0.11', 'tailnet by address clawql-1'],
  ['[fd7a:115c:a1e0::5a01:b]', 'tailnet by address clawql-1'],
  ['[FD7A:115C:A1E0:0:0:0:5A01:B]', 'tailnet by address clawql-1'],
  ['[::ffff:100.90.0.11]', 'tailnet by address clawql-1'],
  ['100.101.102.103', 'tailnet by address laptop'],
  ['100.90.0.40', 'tailnet by address nameless'],
  ['clawql.corp.example', 'tailnet by lookup clawql-1'],
  ['CLAWQL.corp.example.', 'tailnet by lookup clawql-1'],
  ['mixed.corp.example', 'tailnet by lookup clawql-1'],
  ['self.corp.example', 'tailnet by lookup laptop'],

  ['clawql-9.tail1a2b3.ts.net', 'unknown-node'],
  ['clawql-9.other.ts.net', 'unknown-node'],
  ['deep.clawql-1.tail1a2b3.ts.net', 'unknown-node'],
  ['shared.tail1a2b3.ts.net', 'unknown-node'],
  ['100.90.0.99', 'unknown-node'],
  ['[fd7a:115c:a1e0::dead]', 'unknown-node'],
  ['ghost.corp.example', 'unknown-node'],
  ['clawql-1.tail1a2b3.ts.net', 'unresolved', gone],
  ['clawql-1.tail1a2b3.ts.net', 'unresolved', off],
  ['clawql-1.tail1a2b3.ts.net', 'unresolved', { kind: 'checking' }],
  ['100.90.0.11', 'unresolved', gone],

  ['192.168.77.9', 'subnet-route router'],
  ['branch.corp.example', 'subnet-route router'],
  ['[::ffff:192.168.77.9]', 'subnet-route router'],
  ['192.168.78.9', 'lan'],
  ['192.168.77.9', 'lan', gone],

  ['clawql.default.svc', 'cluster'],
  ['clawql.default.svc.cluster.local', 'cluster'],
  ['paperless', 'cluster'],
  ['mac-mini.clawql.local', 'cluster'],
  ['shared', 'cluster'],

  ['10.0.0.5', 'lan'],
  ['172.16.9.9', 'lan'],
  ['192.168.1.1', 'lan'],
  ['169.254.7.7', 'lan'],
  ['[fe80::1]', 'lan'],
  ['[fd00::1]', 'lan'],
  ['printer.local', 'lan'],
  ['nas.lan', 'lan'],
  ['nas.home.arpa', 'lan'],
  ['host.docker.internal', 'lan'],
  ['office.corp.example', 'lan'],

  ['8.8.8.8', 'public by address 8.8.8.8'],
  ['8.8.8.8', 'public by address 8.8.8.8', gone],
  ['[2606:4700:4700::1111]', 'public by address 2606:4700:4700::1111'],
  ['api.github.com', 'public by lookup 140.82.121.6'],
  ['api.github.com', 'public by lookup 140.82.121.6', gone],
  ['dual.example.com', 'public by lookup 93.184.216.34'],

  ['', 'unresolved'],
  ['.', 'unresolved'],
  ['${CLAWQL_MCP_HOST}', 'unresolved'],
  ['<your-host>', 'unresolved'],
  ['%7bhost%7d', 'unresolved'],
  ['two words.example', 'unresolved'],
  ['never-asked.example.com', 'unresolved'],
  ['silent.example.com', 'unresolved'],
  ['odd.example.com', 'unresolved'],
  ['docs.example.com', 'unresolved'],
  ['203.0.113.7', 'unresolved'],
  ['224.0.0.1', 'unresolved'],
  ['fe80::1%eth0', 'unresolved'],
];

describe('zoneOf', () => {
  it('is tried with every kind of zone', () => {
    const kinds = new Set(table.map(([, zone]) => zone.split(' ')[0]));
    assert.deepEqual([...kinds].toSorted(), [
      'cluster',
      'lan',
      'loopback',
      'public',
      'subnet-route',
      'tailnet',
      'unknown-node',
      'unresolved',
    ]);
  });

  for (const [host, expected, state = here] of table) {
    it(`${JSON.stringify(host)} is ${expected}${state === here ? '' : ` while the tailnet is ${state.kind}`}`, () => {
      const evidence = { tailnet: state, lookups };
      const zone = zoneOf(host, evidence);
      // The bracketed form of an address is the URL parser's; the zone shows it bare.
      assert.equal(words(zone).replace(/[[\]]/g, ''), expected);
    });
  }

  it('does not take a default route, which is an exit node, for a way to every address', () => {
    const exit = running([node('exit', { routes: ['0.0.0.0/0', '::/0'] })]);
    assert.equal(zoneOf('8.8.8.8', { tailnet: exit, lookups }).kind, 'public');
    assert.equal(zoneOf('10.0.0.5', { tailnet: exit, lookups }).kind, 'lan');
  });

  it('lets the tailnet go before the forms that names of clusters and local networks have', () => {
    const headscale = running([node('mac-mini', { name: 'mac-mini.clawql.local' })], { suffix: 'clawql.local' });
    const zone = (host: string): string => words(zoneOf(host, { tailnet: headscale, lookups }));
    assert.equal(zone('mac-mini.clawql.local'), 'tailnet by name mac-mini');
    assert.equal(zone('mac-mini'), 'tailnet by name mac-mini');
    assert.equal(zone('mac-maxi.clawql.local'), 'unknown-node');
  });

  it('knows nodes by their addresses where the tailnet has no names', () => {
    const bare = running([node('a', { name: '', addresses: ['100.90.0.11'] })], { suffix: '', magicDns: false });
    assert.equal(words(zoneOf('100.90.0.11', { tailnet: bare, lookups })), 'tailnet by address a');
    assert.equal(words(zoneOf('clawql-1', { tailnet: bare, lookups })), 'cluster');
  });

  it('counts the address of an extra record, which can be a Tailscale Service, to the tailnet', () => {
    const companyName: NameLookups = new Map([['service.corp.example', ['100.88.0.9']]]);
    assert.equal(zoneOf('100.88.0.9', { tailnet: here, lookups }).kind, 'tailnet');
    assert.equal(zoneOf('service.corp.example', { tailnet: here, lookups: companyName }).kind, 'tailnet');
  });

  it("does not call a name the cluster's while the tailnet, which may know it, cannot be asked", () => {
    for (const state of [gone, off]) {
      assert.equal(zoneOf('clawql-1', { tailnet: state, lookups }).kind, 'unresolved', state.kind);
      assert.equal(zoneOf('mac-mini.clawql.local', { tailnet: state, lookups }).kind, 'unresolved', state.kind);
    }
  });
});

describe('needsLookup', () => {
  it('is so for names about which only the resolver can say something', () => {
    for (const host of ['api.github.com', 'clawql.corp.example', 'API.GitHub.com.', 'a.b.c.d.example']) {
      assert.ok(needsLookup(host, here), host);
      assert.ok(needsLookup(host, gone), host);
    }
  });

  it('is not so where the zone is clear without it', () => {
    const clear = [
      'localhost',
      'clawql-1',
      'clawql-1.tail1a2b3.ts.net',
      'clawql-9.tail1a2b3.ts.net',
      'x.ts.net',
      'grafana.corp.example',
      'paperless',
      'a.svc',
      'printer.local',
      '10.0.0.1',
      '8.8.8.8',
      '[::1]',
    ];
    for (const host of clear) assert.ok(!needsLookup(host, here), host);
  });

  it('is not so for what is no name', () => {
    for (const host of ['', '.', '${HOST}.example.com', '<your>.example.com', '%7bh%7d.example', 'a b.example']) {
      assert.ok(!needsLookup(host, here), host);
    }
  });

  it('is not so for an address, of which no resolver knows more', () => {
    for (const host of ['203.0.113.7', '224.0.0.1']) assert.ok(!needsLookup(host, here), host);
    for (const host of ['100.90.0.11']) assert.ok(!needsLookup(host, gone), host);
  });

  it('is not so for a name of a tailnet that cannot be asked: the answer would not be used', () => {
    assert.equal(
      zoneOf('a.ts.net', { tailnet: gone, lookups: new Map([['a.ts.net', ['8.8.8.8']]]) }).kind,
      'unresolved',
    );
    for (const host of ['a.ts.net', 'mac-mini.clawql.local']) {
      for (const state of [gone, off]) assert.ok(!needsLookup(host, state), `${host} ${state.kind}`);
    }
  });
});

describe('normalHost', () => {
  it('is lower case without the trailing dot', () => {
    assert.equal(normalHost('ClawQL-1.Tail1A2B3.ts.net.'), 'clawql-1.tail1a2b3.ts.net');
    assert.equal(normalHost('localhost'), 'localhost');
    assert.equal(normalHost(''), '');
  });
});

describe('nodeByName', () => {
  it('finds a node by its full name, and by the first label below the own suffix', () => {
    const net = tailnet(peers);
    assert.equal(nodeByName('clawql-1.tail1a2b3.ts.net', net), clawql);
    assert.equal(nodeByName('clawql-1', net), clawql);
    assert.equal(nodeByName('laptop', net), laptop);
    assert.equal(nodeByName('shared', net), undefined);
    assert.equal(nodeByName('shared.tailffff.ts.net', net), shared);
  });

  it('never finds a node without a name', () => {
    assert.equal(nodeByName('', tailnet(peers)), undefined);
    assert.equal(nodeByName('', tailnet(peers, { suffix: '' })), undefined);
    assert.equal(nodeByName('nameless', tailnet(peers)), undefined);
  });
});
