import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import fc from 'fast-check';

import { decodeStatus } from '../../../../src/core/tailnet/status.ts';
import {
  backendStates,
  readableTime,
  shortName,
  type Tailnet,
  type TailnetState,
} from '../../../../src/core/tailnet/tailnet.ts';

type Json = Record<string, unknown>;

function fixture(name: string): Json {
  const file = new URL(`../../../fixtures/status/status.${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Json;
}

function stateOf(document: unknown): TailnetState {
  const decoded = decodeStatus(document);
  assert.ok(decoded.ok, decoded.ok ? '' : decoded.reason);
  return decoded.state;
}

function tailnetOf(document: unknown): Tailnet {
  const state = stateOf(document);
  assert.ok(state.kind === 'running');
  return state.tailnet;
}

function reasonOf(document: unknown): string {
  const decoded = decodeStatus(document);
  assert.ok(!decoded.ok, 'decoded');
  return decoded.reason;
}

const self = { ID: '1', HostName: 'laptop', DNSName: 'laptop.clawql.test.', OS: 'linux' };
const peer = { ID: '2', HostName: 'clawql-1', DNSName: 'clawql-1.clawql.test.', OS: 'linux' };
const least = { BackendState: 'Running', Self: self };

describe('decodeStatus', () => {
  it('reads a managed tailnet', () => {
    const { self: own, peers, ...rest } = tailnetOf(fixture('running'));
    assert.deepEqual(rest, {
      name: 'alice@example.com',
      suffix: 'tail1a2b3.ts.net',
      magicDns: true,
      extraRecords: new Map(),
      certDomains: ['laptop.tail1a2b3.ts.net'],
      health: [],
    });
    assert.deepEqual(own, {
      id: 'nA1b2C3d4E11CNTRL',
      name: 'laptop.tail1a2b3.ts.net',
      hostName: 'laptop',
      addresses: ['100.101.102.103', 'fd7a:115c:a1e0::6701:6667'],
      tags: [],
      os: 'linux',
      online: true,
      expired: false,
      isSelf: true,
      routes: [],
    });
    assert.deepEqual(peers, [
      {
        id: 'nQ7wErT8y921CNTRL',
        name: 'clawql-1.tail1a2b3.ts.net',
        hostName: 'clawql-1',
        addresses: ['100.90.0.11', 'fd7a:115c:a1e0::5a01:b'],
        tags: ['tag:clawql-mcp', 'tag:prod'],
        os: 'linux',
        online: true,
        expired: false,
        isSelf: false,
        routes: [],
      },
      {
        id: 'nZ1xCvB2n311CNTRL',
        name: 'clawql-2.tail1a2b3.ts.net',
        hostName: 'clawql-2',
        addresses: ['100.90.0.12', 'fd7a:115c:a1e0::5a01:c'],
        tags: ['tag:clawql-mcp'],
        os: 'linux',
        online: false,
        expired: false,
        isSelf: false,
        routes: [],
        lastSeen: '2026-08-22T11:02:00.1Z',
      },
    ]);
  });

  it('reads a Headscale tailnet, whose name is the control server and which gives no certificates', () => {
    const { name, suffix, certDomains, peers } = tailnetOf(fixture('headscale'));
    assert.deepEqual([name, suffix, certDomains, peers.length], ['10.99.0.1', 'clawql.test', [], 2]);
    assert.deepEqual(
      peers.map(({ id }) => id),
      ['2', '3'],
    );
  });

  it('reads a status of a real Headscale lab: renamed, routed, offline and expired nodes, and a warning', () => {
    const net = tailnetOf(fixture('lab'));
    assert.deepEqual(net.health, ['Some peers are advertising routes but --accept-routes is false']);
    const byId = new Map(net.peers.map((one) => [one.id, one]));
    assert.deepEqual([byId.get('2')?.hostName, byId.get('2')?.name], ['plain', 'renamed.clawql.test']);
    assert.equal(shortName(byId.get('2')!), 'renamed');
    assert.deepEqual(byId.get('3')?.routes, ['192.168.77.0/24']);
    assert.deepEqual([byId.get('4')?.expired, byId.get('4')?.online], [true, true]);
    assert.deepEqual([byId.get('5')?.online, byId.get('5')?.lastSeen], [false, '2026-11-22T23:33:25.986024706Z']);
    assert.equal(net.self.online, false);
  });

  it('says that the machine is logged out, with the address of the login', () => {
    assert.deepEqual(stateOf(fixture('needs-login')), {
      kind: 'off',
      backendState: 'NeedsLogin',
      authUrl: 'https://login.tailscale.com/a/0123456789abcdef',
      health: ['You are logged out.'],
    });
  });

  it('says that Tailscale is stopped', () => {
    assert.deepEqual(stateOf(fixture('stopped-after-daemon-restart')), {
      kind: 'off',
      backendState: 'Stopped',
      authUrl: '',
      health: ['Tailscale is stopped.'],
    });
  });

  for (const backendState of backendStates.filter((state) => state !== 'Running')) {
    it(`lets ${backendState} go before peers that are still listed, some as online`, () => {
      const state = stateOf({ ...fixture('running'), BackendState: backendState });
      assert.deepEqual([state.kind, state.kind === 'off' && state.backendState], ['off', backendState]);
    });
  }

  it('takes null and a missing field for the same', () => {
    const nulls = {
      Health: null,
      Peer: null,
      User: null,
      CurrentTailnet: null,
      CertDomains: null,
      ExtraRecords: null,
      ClientVersion: null,
    };
    const ofNulls = stateOf({
      ...least,
      ...nulls,
      Self: { ...self, TailscaleIPs: null, Tags: null, PrimaryRoutes: null },
    });
    assert.deepEqual(ofNulls, stateOf(least));
    assert.deepEqual(tailnetOf(least), {
      name: '',
      suffix: '',
      magicDns: false,
      self: {
        id: '1',
        name: 'laptop.clawql.test',
        hostName: 'laptop',
        addresses: [],
        tags: [],
        os: 'linux',
        online: false,
        expired: false,
        isSelf: true,
        routes: [],
      },
      peers: [],
      extraRecords: new Map(),
      certDomains: [],
      health: [],
    });
  });

  it('takes the suffix of an old daemon where there is no CurrentTailnet', () => {
    const { name, suffix, magicDns } = tailnetOf({ ...least, MagicDNSSuffix: 'Clawql.Test.' });
    assert.deepEqual([name, suffix, magicDns], ['clawql.test', 'clawql.test', true]);
  });

  it('knows a tailnet with MagicDNS switched off, which has a suffix all the same', () => {
    const CurrentTailnet = { Name: 'x', MagicDNSSuffix: 'tail1a2b3.ts.net', MagicDNSEnabled: false };
    const { suffix, magicDns } = tailnetOf({ ...least, CurrentTailnet });
    assert.deepEqual([suffix, magicDns], ['tail1a2b3.ts.net', false]);
  });

  it('hides the machines of strangers who may reach ours', () => {
    const Peer = { 'nodekey:a': { ...peer, ShareeNode: true }, 'nodekey:b': { ...peer, ID: '3', ShareeNode: false } };
    assert.deepEqual(
      tailnetOf({ ...least, Peer }).peers.map(({ id }) => id),
      ['3'],
    );
  });

  it('writes names in lower case without the trailing dot, extra records too', () => {
    const net = tailnetOf({
      ...least,
      Peer: { k: { ...peer, DNSName: 'ClawQL-1.Clawql.Test.' } },
      ExtraRecords: [{ Name: 'Grafana.Corp.Example.', Value: '100.64.0.9' }],
    });
    assert.equal(net.peers[0]?.name, 'clawql-1.clawql.test');
    assert.deepEqual(net.extraRecords, new Map([['grafana.corp.example', '100.64.0.9']]));
  });

  it("does not say since when a node is offline where Go's zero time stands, nor while it is online", () => {
    const seen = (parts: Json): string | undefined =>
      tailnetOf({ ...least, Peer: { k: { ...peer, ...parts } } }).peers[0]?.lastSeen;
    assert.equal(seen({ Online: false, LastSeen: '0001-01-01T00:00:00Z' }), undefined);
    assert.equal(seen({ Online: false }), undefined);
    assert.equal(seen({ Online: true, LastSeen: '2026-08-22T11:02:00Z' }), undefined);
    assert.equal(seen({ LastSeen: '2026-08-22T11:02:00Z' }), '2026-08-22T11:02:00Z');
  });

  it('passes over fields that it does not know, everywhere', () => {
    const strange = { Strange: { deep: [1, null, 'x'] } };
    assert.deepEqual(
      stateOf({ ...least, ...strange, Self: { ...self, ...strange }, Peer: { k: { ...peer, ...strange } } }),
      stateOf({ ...least, Peer: { k: peer } }),
    );
  });

  const wrong: readonly (readonly [string, unknown, RegExp])[] = [
    ['a text', 'tailscaled', /^document: /],
    ['null', null, /^document: /],
    ['an array', [], /^(document|BackendState): /],
    ['an empty object', {}, /^BackendState: /],
    ['a state that is not known', { ...least, BackendState: 'Dreaming' }, /^BackendState: /],
    ['a state of another type', { ...least, BackendState: 6 }, /^BackendState: /],
    ['no Self while running', { BackendState: 'Running', Self: null }, /^Self: /],
    ['a Self without a name', { ...least, Self: { ...self, DNSName: undefined } }, /^Self\.DNSName: /],
    ['a peer with a number for its id', { ...least, Peer: { k: { ...peer, ID: 2 } } }, /^Peer\.k\.ID: /],
    ['peers in an array of texts', { ...least, Peer: ['x'] }, /^Peer/],
    ['tags that are no texts', { ...least, Peer: { k: { ...peer, Tags: [1] } } }, /^Peer\.k\.Tags\.0: /],
    ['a text for Online', { ...least, Self: { ...self, Online: 'yes' } }, /^Self\.Online: /],
    ['a tailnet without a name', { ...least, CurrentTailnet: {} }, /^CurrentTailnet\.Name: /],
    ['health in one text', { ...least, Health: 'well' }, /^Health: /],
    ['an extra record without a value', { ...least, ExtraRecords: [{ Name: 'x' }] }, /^ExtraRecords\.0\.Value: /],
  ];
  for (const [what, document, expected] of wrong) {
    it(`names the field when the document is or has ${what}`, () => assert.match(reasonOf(document), expected));
  }

  it('never throws, whatever the daemon says', () => {
    fc.assert(fc.property(fc.anything(), (document) => void decodeStatus(document)));
    const value = fc.oneof(fc.jsonValue(), fc.constant(undefined));
    const keys = [
      'BackendState',
      'Self',
      'Peer',
      'CurrentTailnet',
      'ExtraRecords',
      'Health',
      'MagicDNSSuffix',
      'CertDomains',
    ];
    fc.assert(
      fc.property(fc.constantFrom(...keys), value, (key, other) => {
        const decoded = decodeStatus({ ...fixture('lab'), [key]: other });
        assert.equal(typeof (decoded.ok ? decoded.state.kind : decoded.reason), 'string');
      }),
      { numRuns: 300 },
    );
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(fixture('lab')['Self'] as Json)), value, (key, other) => {
        const decoded = decodeStatus({ ...least, Peer: { k: { ...peer, [key]: other } } });
        if (!decoded.ok) assert.match(decoded.reason, new RegExp(`^Peer\\.k\\.${key}`));
      }),
      { numRuns: 300 },
    );
  });
});

describe('readableTime', () => {
  it('shows a time to the minute, and any other text as it is', () => {
    assert.equal(readableTime('2026-08-22T11:02:00Z'), '2026-08-22 11:02 UTC');
    assert.equal(readableTime('2026-11-22T23:33:25.986024706Z'), '2026-11-22 23:33 UTC');
    for (const text of ['', 'yesterday', '2026-08-22', '2026-08-22T11:02:00+02:00'])
      assert.equal(readableTime(text), text);
  });
});
