import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import fc from 'fast-check';

import { isPlainNodeRecord, nodeRecord } from '../../../../src/core/tailnet/nodeRecord.ts';
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
    const { self: own, peers, index, ...rest } = tailnetOf(fixture('running'));
    assert.deepEqual(rest, {
      name: 'alice@example.com',
      suffix: 'tail1a2b3.ts.net',
      magicDns: true,
      extraRecords: new Map(),
      certDomains: ['laptop.tail1a2b3.ts.net'],
      health: [],
      services: [],
      problems: [],
    });
    for (const one of [own, ...peers]) assert.deepEqual(index.byName(one.name), { kind: 'node', node: one });
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
      isOwn: true,
      owner: 'alice@example.com',
      keyExpiry: '2026-11-07T18:22:40Z',
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
        isOwn: false,
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
        isOwn: false,
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
    const { index, ...rest } = tailnetOf(least);
    assert.deepEqual([index.byName('laptop.clawql.test')?.kind, index.byName('')], ['node', undefined]);
    assert.deepEqual(rest, {
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
        isOwn: true,
        routes: [],
      },
      peers: [],
      services: [],
      problems: [],
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
    assert.deepEqual(net.extraRecords, new Map([['grafana.corp.example', ['100.64.0.9']]]));
  });

  it("does not say since when a node is offline where Go's zero time stands, nor while it is online", () => {
    const seen = (parts: Json): string | undefined =>
      tailnetOf({ ...least, Peer: { k: { ...peer, ...parts } } }).peers[0]?.lastSeen;
    assert.equal(seen({ Online: false, LastSeen: '0001-01-01T00:00:00Z' }), undefined);
    assert.equal(seen({ Online: false }), undefined);
    assert.equal(seen({ Online: true, LastSeen: '2026-08-22T11:02:00Z' }), undefined);
    assert.equal(seen({ LastSeen: '2026-08-22T11:02:00Z' }), '2026-08-22T11:02:00Z');
  });

  it('takes no node for shared in under a control server that shares none, whatever its name', () => {
    const stranger = { ...peer, DNSName: 'box.tailffff.ts.net.' };
    const [box] = tailnetOf({ ...least, MagicDNSSuffix: 'clawql.test', Peer: { k: stranger } }).peers;
    assert.deepEqual([box?.name, box?.sharedBy], ['box.tailffff.ts.net', undefined]);
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
    ['peers in an array of texts', { ...least, Peer: ['x'] }, /^Peer/],
    ['tags of its own that are no texts', { ...least, Self: { ...self, Tags: [1] } }, /^Self\.Tags\.0: /],
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
        assert.ok(decoded.ok && decoded.state.kind === 'running', 'one peer lost the status');
        const { peers, problems } = decoded.state.tailnet;
        assert.ok(peers.length === 1 || problems.length === 1 || key === 'ID' || key === 'ShareeNode');
        if (problems.length > 0) assert.match(problems[0]!, new RegExp(`the first for Peer\\.k\\.${key}`));
      }),
      { numRuns: 300 },
    );
  });

  it('tells a state of the backend that it does not know from what is no status', () => {
    const decoded = decodeStatus({ BackendState: 'Dreaming', Self: 7 });
    assert.ok(!decoded.ok);
    assert.deepEqual([decoded.kind, decoded.reason], ['unknown-state', 'BackendState: "Dreaming" is not known']);
    const other = decodeStatus({ hello: 'world' });
    assert.equal(!other.ok && other.kind, 'not-a-status');
  });

  it('looks at nothing else while the backend does not run', () => {
    assert.equal(stateOf({ BackendState: 'Stopped', Self: 7, Peer: 'x', CurrentTailnet: [] }).kind, 'off');
  });

  it('leaves out a peer that it cannot read and says so, and passes over one that is null', () => {
    const net = tailnetOf({ ...least, Peer: { a: { ...peer, ID: 2 }, b: null, c: peer, d: 'x' } });
    assert.deepEqual(
      net.peers.map(({ id }) => id),
      ['2'],
    );
    assert.equal(net.problems.length, 1);
    assert.match(net.problems[0]!, /^2 of the peers could not be read, the first for Peer\.a\.ID: /);
    assert.deepEqual(tailnetOf({ ...least, Peer: { b: null } }).problems, []);
  });

  const big = Number('9007199254740993');
  const user = (LoginName: string): Json => ({ LoginName });
  const peerWith = (parts: Json, rest: Json = {}, own: Json = {}): Tailnet['peers'][number] =>
    tailnetOf({ ...least, ...rest, Self: { ...self, UserID: 7, ...own }, Peer: { k: { ...peer, ...parts } } })
      .peers[0]!;

  it('knows whose a machine is: the own user, another one, or a tag', () => {
    const User = { 7: user('alice@'), 8: user('bob@'), 2147455555: user('tagged-devices'), 9: null };
    const whose = (parts: Json, own: Json = {}): unknown[] => {
      const { isOwn, owner } = peerWith(parts, { User }, own);
      return [isOwn, owner];
    };
    assert.deepEqual(whose({ UserID: 7 }), [true, 'alice@']);
    assert.deepEqual(whose({ UserID: 8 }), [false, 'bob@']);
    assert.deepEqual(whose({ UserID: 9 }), [false, undefined]);
    assert.deepEqual(whose({ UserID: 7, Tags: ['tag:x'] }), [false, undefined]);
    assert.deepEqual(whose({ UserID: 2147455555, Tags: ['tag:x'] }), [false, undefined]);
    assert.deepEqual(whose({ UserID: 7 }, { Tags: ['tag:x'] }), [false, 'alice@']);
    assert.deepEqual(whose({ UserID: 0 }, { UserID: 0 }), [false, undefined]);
  });

  it('takes a rounded user id for a user only where one key alone rounds to it', () => {
    const one = { User: { '9007199254740993': user('alice@') } };
    const two = { User: { '9007199254740993': user('alice@'), '9007199254740992': user('mallory@') } };
    const whose = (rest: Json): unknown[] => {
      const { isOwn, owner } = peerWith({ UserID: big }, rest, { UserID: big });
      return [isOwn, owner];
    };
    assert.deepEqual(whose(one), [true, 'alice@']);
    assert.deepEqual(whose(two), [false, undefined]);
    assert.deepEqual(whose({}), [false, undefined]);
  });

  it('knows a machine that was shared in, by its sharer or by the suffix of its name', () => {
    const managed = {
      MagicDNSSuffix: 'tail1a2b3.ts.net',
      User: { 7: user('alice@'), 8: user('bob@'), 9: user('carol@') },
    };
    const sharedBy = (parts: Json, rest: Json = managed): unknown => peerWith(parts, rest).sharedBy;
    assert.equal(sharedBy({ DNSName: 'box.tailffff.ts.net.', UserID: 8 }), 'bob@');
    assert.equal(sharedBy({ DNSName: 'box.tailffff.ts.net.', UserID: 8, AltSharerUserID: 9 }), 'carol@');
    assert.equal(sharedBy({ DNSName: 'box.tailffff.ts.net.', UserID: 5 }), 'tailffff.ts.net');
    assert.equal(sharedBy({ DNSName: 'box.tailffff.ts.net.', UserID: 8, Tags: ['tag:x'] }), 'tailffff.ts.net');
    assert.equal(sharedBy({ DNSName: 'box.tail1a2b3.ts.net.', UserID: 8 }), undefined);
    assert.equal(sharedBy({ DNSName: 'se-1.mullvad.ts.net.', UserID: 8 }), undefined);
    assert.equal(sharedBy({ DNSName: 'box.bob.clawql.test.' }, { MagicDNSSuffix: 'alice.clawql.test' }), undefined);
    assert.equal(peerWith({ DNSName: 'box.tailffff.ts.net.', UserID: 7 }, managed).isOwn, false);
  });

  it('knows exit nodes, Mullvad ones, and when a key expires', () => {
    assert.equal(peerWith({ ExitNodeOption: true }).exit, 'offered');
    assert.equal(peerWith({ ExitNodeOption: true, DNSName: 'se-1.mullvad.ts.net.' }).exit, 'mullvad');
    assert.equal(peerWith({ ExitNodeOption: false }).exit, undefined);
    assert.equal(peerWith({ KeyExpiry: '2027-01-01T00:00:00Z' }).keyExpiry, '2027-01-01T00:00:00Z');
    assert.equal(peerWith({ KeyExpiry: '0001-01-01T00:00:00Z' }).keyExpiry, undefined);
    assert.equal(peerWith({ KeyExpiry: null, Expired: true }).expired, true);
  });

  it('passes over what only the engine remembers', () => {
    assert.deepEqual(tailnetOf({ ...least, Peer: { k: { ...peer, ID: '' } } }).peers, []);
  });

  it('reads the Services that the own node may reach from its capabilities', () => {
    const CapMap = {
      https: null,
      'services/1': [{ Name: 'svc:web', Addrs: ['100.88.0.9'], Ports: ['tcp:443', 'tcp:8000-8010'], Actions: [] }],
      'services/2': [{ Name: 'svc:db' }],
      'services/3': [{ Name: 'web' }],
      'services/4': null,
    };
    const net = tailnetOf({ ...least, MagicDNSSuffix: 'clawql.test', Self: { ...self, CapMap } });
    assert.deepEqual(net.services, [
      { name: 'svc:db', dnsName: 'db.clawql.test', addresses: [], ports: [] },
      { name: 'svc:web', dnsName: 'web.clawql.test', addresses: ['100.88.0.9'], ports: ['tcp:443', 'tcp:8000-8010'] },
    ]);
    assert.deepEqual(net.problems, ['2 of the Services could not be read, the first for services/3']);
  });

  it('takes every address of an extra record, and nothing that the daemon does not answer', () => {
    const record = (Name: string, Value: string, Type?: string): Json => ({ Name, Value, ...(Type && { Type }) });
    const ExtraRecords = [
      record('a.example', '100.64.0.9'),
      record('A.example.', 'FD7A:115C:A1E0:0::9', 'AAAA'),
      record('a.example', '100.64.0.9', 'A'),
      record('b.example', 'a.example', 'CNAME'),
      record('c.example', '10.0.0.1', 'TXT'),
      record('d.example', 'not an address'),
    ];
    assert.deepEqual(
      tailnetOf({ ...least, ExtraRecords }).extraRecords,
      new Map([['a.example', ['100.64.0.9', 'fd7a:115c:a1e0::9']]]),
    );
  });
});

describe('decodeStatus after a former status', () => {
  const again = (document: unknown, previous: TailnetState): TailnetState => {
    const decoded = decodeStatus(document, previous);
    assert.ok(decoded.ok);
    return decoded.state;
  };

  it('gives the same state where nothing changed that is used', () => {
    for (const name of ['running', 'lab', 'headscale', 'needs-login']) {
      const former = stateOf(fixture(name));
      assert.equal(again({ ...fixture(name), Version: '1.200.0' }, former), former);
    }
    assert.notEqual(again(fixture('running'), stateOf(fixture('lab'))).kind, 'off');
  });

  it('keeps each node that did not change, whoever else changed, came or went', () => {
    const Peer = { a: { ...peer, ID: 'a' }, b: { ...peer, ID: 'b' }, c: { ...peer, ID: 'c' } };
    const former = stateOf({ ...least, Peer });
    assert.ok(former.kind === 'running');
    const [a, b, c] = former.tailnet.peers;
    const peersAfter = (after: Json): Tailnet['peers'] => {
      const state = again({ ...least, Peer: after }, former);
      assert.ok(state.kind === 'running' && state !== former);
      assert.equal(state.tailnet.self, former.tailnet.self);
      return state.tailnet.peers;
    };
    const renamed = peersAfter({ ...Peer, b: { ...Peer.b, DNSName: 'new.clawql.test.' } });
    assert.ok(renamed[0] === a && renamed[1] !== b && renamed[1]?.name === 'new.clawql.test' && renamed[2] === c);
    const left = peersAfter({ b: Peer.b, c: Peer.c });
    assert.ok(left.length === 2 && left[0] === b && left[1] === c);
    const joined = peersAfter({ '0': { ...peer, ID: '0' }, ...Peer });
    assert.ok(joined.length === 4 && joined[1] === a && joined[3] === c);
  });

  it('sees every change of the rest', () => {
    const former = stateOf(least);
    for (const change of [
      { Health: ['x'] },
      { CertDomains: ['x'] },
      { MagicDNSSuffix: 'x' },
      { BackendState: 'Stopped' },
    ])
      assert.notDeepEqual(again({ ...least, ...change }, former), former);
  });
});

describe('isPlainNodeRecord', () => {
  it('takes nothing that the schema refuses, and reads the same', () => {
    const keys = Object.keys(nodeRecord.def.shape);
    const value = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(undefined, Infinity, [], ['x'], [1], true, 5, ''));
    let taken = 0;
    fc.assert(
      fc.property(fc.constantFrom(...keys), value, (key, other) => {
        const record = { ...peer, [key]: other };
        if (!isPlainNodeRecord(record)) return;
        taken += 1;
        const schema = nodeRecord.safeParse(record);
        assert.ok(schema.success, `${key}: ${String(other)}`);
        for (const name of keys) assert.deepEqual(Reflect.get(record, name), Reflect.get(schema.data, name));
      }),
      { numRuns: 1_000 },
    );
    assert.ok(taken > 100, 'hardly ever took one');
    for (const name of ['running', 'lab', 'headscale'])
      for (const one of Object.values(fixture(name)['Peer'] as Json)) assert.ok(isPlainNodeRecord(one));
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
