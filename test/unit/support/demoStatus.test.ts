import assert from 'node:assert/strict';
import { decodeStatus } from '../../../src/core/tailnet/status.ts';
import type { DemoNode } from '../../support/demo/demoNode.ts';
import { demoStatus, type StatusDocument } from '../../support/demo/demoStatus.ts';

const self: DemoNode = { name: 'laptop', number: 1, os: 'macOS' };
const server: DemoNode = { name: 'clawql-1', number: 11, os: 'linux', tags: ['tag:clawql-mcp'] };
const asleep: DemoNode = { ...server, name: 'clawql-old', number: 12, offlineSince: '2026-11-22T03:00:00.000Z' };
const phone: DemoNode = { name: 'phone', number: 13, os: 'iOS' };

const status = (...peers: readonly DemoNode[]): StatusDocument =>
  demoStatus({ tailnet: 'a test', suffix: 'tail1a2b3.ts.net', self, peers });
const peerOf = (node: DemoNode) => Object.values(status(node).Peer ?? {})[0]!;

describe("the demo's status", () => {
  it('means to the extension what was asked for', () => {
    const decoded = decodeStatus(JSON.parse(JSON.stringify(status(server, asleep))));
    assert.ok(decoded.ok && decoded.state.kind === 'running');
    const { peers, ...tailnet } = decoded.state.tailnet;
    assert.deepEqual(
      [tailnet.name, tailnet.suffix, tailnet.magicDns, tailnet.self.name, tailnet.certDomains],
      ['a test', 'tail1a2b3.ts.net', true, 'laptop.tail1a2b3.ts.net', ['laptop.tail1a2b3.ts.net']],
    );
    assert.deepEqual(
      peers.map(({ name, addresses, tags, online, lastSeen }) => ({ name, addresses, tags, online, lastSeen })),
      [
        {
          name: 'clawql-1.tail1a2b3.ts.net',
          addresses: ['100.90.0.11', 'fd7a:115c:a1e0::5a01:b'],
          tags: ['tag:clawql-mcp'],
          online: true,
          lastSeen: undefined,
        },
        {
          name: 'clawql-old.tail1a2b3.ts.net',
          addresses: ['100.90.0.12', 'fd7a:115c:a1e0::5a01:c'],
          tags: ['tag:clawql-mcp'],
          online: false,
          lastSeen: '2026-11-22T03:00:00.000Z',
        },
      ],
    );
  });

  // Source of both orders: tailscale `ipn/ipnstate/ipnstate.go`, whose fields Go writes in the order of the struct.
  it('has the fields of a real one, in their order', () => {
    assert.equal(
      Object.keys(status(server)).join(' '),
      'Version TUN BackendState HaveNodeKey AuthURL TailscaleIPs Self Health MagicDNSSuffix CurrentTailnet CertDomains ' +
        'ExtraRecords Peer User ClientVersion',
    );
    const common =
      'Addrs CurAddr Relay PeerRelay RxBytes TxBytes Created LastWrite LastSeen LastHandshake Online ExitNode ' +
      'ExitNodeOption Active PeerAPIURL TaildropTarget NoFileSharingReason';
    const identity = 'ID NodeID PublicKey HostName DNSName OS UserID TailscaleIPs AllowedIPs';
    const seen = 'InNetworkMap InMagicSock InEngine';
    assert.equal(Object.keys(peerOf(server)).join(' '), `${identity} Tags ${common} ${seen}`);
    assert.equal(Object.keys(peerOf(phone)).join(' '), `${identity} ${common} ${seen} KeyExpiry`);
    assert.equal(Object.keys(status().Self).join(' '), `${identity} ${common} Capabilities CapMap ${seen} KeyExpiry`);
  });

  it('writes null where Go has no slice or map', () => {
    assert.equal(status().Peer, null);
    assert.equal(status().ExtraRecords, null);
    assert.equal(peerOf(server).Addrs, null);
    assert.equal(peerOf(asleep).PeerAPIURL, null);
    assert.deepEqual(status().Health, []);
  });

  it('knows peers by their keys, and the owner of each', () => {
    const { Peer, User } = status(server, asleep, phone);
    for (const [key, peer] of Object.entries(Peer ?? {})) {
      assert.match(key, /^nodekey:[0-9a-f]{64}$/);
      assert.equal(peer.PublicKey, key);
      assert.ok(String(peer.UserID) in (User ?? {}));
    }
    assert.equal(Object.keys(Peer ?? {}).length, 3);
  });
});
