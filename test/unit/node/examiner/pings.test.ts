import assert from 'node:assert/strict';

import { pathBy, pingBy } from '../../../../src/node/examiner/pings.ts';
import { LocalApi } from '../../../../src/node/daemon/localApi.ts';
import { demoStatus } from '../../../support/demo/demoStatus.ts';
import { startLocalApi, type LocalApiServer } from '../../../support/demo/localApi.ts';
import { eventually } from '../../support/eventually.ts';
import { TempFolder } from '../../support/tempFolder.ts';

const peer = { os: 'linux', tags: ['tag:clawql-mcp'] } as const;
const status = demoStatus({
  tailnet: 't',
  suffix: 'tail1a2b3.ts.net',
  self: { name: 'laptop', number: 1, os: 'linux' },
  peers: [
    { ...peer, name: 'straight', number: 2 },
    { name: 'relayed', number: 3, os: 'linux' },
    { ...peer, name: 'asleep', number: 4, offlineSince: '2026-11-22T10:00:00Z' },
  ],
});
const [self, straight, relayed, asleep, stranger] = ['1', '2', '3', '4', '9'].map((end) => `100.90.0.${end}`) as [
  string,
  string,
  string,
  string,
  string,
];

describe('pings by the daemon', () => {
  const signal = new AbortController().signal;
  let folder: TempFolder;
  let server: LocalApiServer;
  let daemon: LocalApi;

  beforeEach(async () => {
    folder = new TempFolder();
    server = await startLocalApi({ socketPath: folder.socket('d.sock'), status });
    daemon = new LocalApi(server.socketPath);
  });
  afterEach(async () => {
    await daemon.dispose();
    await server.close();
    folder.remove();
  });

  describe('pingBy', () => {
    for (const type of ['TSMP', 'ICMP'] as const) {
      it(`gives the time of a node's answer by ${type}`, async () => {
        assert.deepEqual(await pingBy(daemon, straight, type, signal), { kind: 'pong', latencyMs: 2.5 });
        assert.deepEqual(server.requests, [`POST /localapi/v0/ping?ip=${straight}&type=${type}`]);
      });
    }

    it('asks for an IPv6 address as it is', async () => {
      const { kind } = await pingBy(daemon, 'fd7a:115c:a1e0::5a01:2', 'TSMP', signal);
      assert.equal(kind, 'pong');
    });

    it('gives up on a node that does not answer', async () => {
      const seen = await pingBy(daemon, asleep, 'TSMP', signal, 150);
      assert.ok(seen.kind === 'silent', seen.kind);
      assert.ok(seen.afterMs >= 140 && seen.afterMs < 2_000, String(seen.afterMs));
    });

    it('ends with its caller', async () => {
      const ended = new AbortController();
      const seen = pingBy(daemon, asleep, 'ICMP', ended.signal);
      await eventually('it was asked', () => server.requests.length === 1);
      ended.abort();
      assert.equal((await seen).kind, 'silent');
      assert.equal((await pingBy(daemon, asleep, 'ICMP', ended.signal)).kind, 'silent');
    });

    for (const [what, address, detail] of [
      ['has no such peer', stranger, 'no matching peer'],
      ['is the node itself', self, `${self} is local Tailscale IP`],
    ] as const) {
      it(`gives the word of a daemon that ${what}`, async () => {
        assert.deepEqual(await pingBy(daemon, address, 'TSMP', signal), { kind: 'refused', detail });
      });
    }

    it('gives the words of a daemon that refuses, and says of one that is gone that it is', async () => {
      server.setFault({ status: 403, text: 'no' });
      const refused = { kind: 'refused', detail: 'status 403: no' };
      assert.deepEqual(await pingBy(daemon, straight, 'TSMP', signal), refused);
      server.setFault({ status: 200, text: '[]' });
      const odd = await pingBy(daemon, straight, 'TSMP', signal);
      assert.deepEqual(odd, { kind: 'refused', detail: 'the answer is no result of a ping' });
      await server.close();
      // The first one is asked over the connection that was open.
      assert.equal((await pingBy(daemon, straight, 'TSMP', signal)).kind, 'refused');
      const gone = await pingBy(daemon, straight, 'TSMP', signal);
      assert.ok(gone.kind === 'refused', gone.kind);
      assert.match(gone.detail, /ENOENT|ECONNREFUSED/);
      server = await startLocalApi({ socketPath: folder.socket('e.sock'), status });
    });

    it('keeps the words of a daemon short', async () => {
      server.setPings(() => ({ Err: 'x'.repeat(5_000) }));
      const seen = await pingBy(daemon, straight, 'TSMP', signal);
      assert.deepEqual(seen, { kind: 'refused', detail: 'x'.repeat(200) });
      server.setPings(() => ({ NodeName: 'x'.repeat(100_000) }));
      assert.equal((await pingBy(daemon, straight, 'TSMP', signal)).kind, 'refused');
    });
  });

  describe('pathBy', () => {
    it('tells a straight path, and asks once', async () => {
      assert.deepEqual(await pathBy(daemon, straight, signal), { kind: 'direct', latencyMs: 2.5 });
      assert.deepEqual(server.requests, [`POST /localapi/v0/ping?ip=${straight}&type=disco`]);
    });

    it('tells a relay with its region', async () => {
      assert.deepEqual(await pathBy(daemon, relayed, signal), { kind: 'relayed', region: 'fra', latencyMs: 2.5 });
    });

    it('gives the number of a region that has no code', async () => {
      server.setPings(() => ({ Err: '', DERPRegionID: 900, DERPRegionCode: '' }));
      assert.deepEqual(await pathBy(daemon, relayed, signal), { kind: 'relayed', region: '900', latencyMs: 0 });
    });

    it('asks again while a straight path may still be found', async () => {
      const answers = [{ DERPRegionCode: 'fra', LatencySeconds: 0.04 }, { Endpoint: '203.0.113.9:41641' }];
      server.setPings(() => answers.shift());
      assert.deepEqual(await pathBy(daemon, relayed, signal), { kind: 'direct', latencyMs: 0 });
    });

    it('takes nothing back where a second question has no answer', async () => {
      const answers = [{ DERPRegionCode: 'fra', LatencySeconds: 0.04 }];
      server.setPings(() => answers.shift());
      const seen = await pathBy(daemon, relayed, signal, 300);
      assert.deepEqual(seen, { kind: 'relayed', region: 'fra', latencyMs: 40 });
    });

    it('tells a relay by another node', async () => {
      server.setPings(() => ({ PeerRelay: '203.0.113.9:40000:vni:1', LatencySeconds: 0.03 }));
      assert.deepEqual(await pathBy(daemon, straight, signal), { kind: 'peer-relayed', latencyMs: 30 });
    });

    it('reads the answer of a daemon that knows no relay by another node', async () => {
      server.setPings(() => ({ IP: straight, Err: '', LatencySeconds: 0.001, Endpoint: '203.0.113.9:41641' }));
      assert.equal((await pathBy(daemon, straight, signal)).kind, 'direct');
    });

    it("tells this machine's own address", async () => {
      assert.deepEqual(await pathBy(daemon, self, signal), { kind: 'local' });
    });

    it('says why it is not known', async () => {
      const unknown = async (address: string) => {
        const seen = await pathBy(daemon, address, signal, 150);
        assert.ok(seen.kind === 'unknown', seen.kind);
        return seen.detail;
      };
      assert.equal(await unknown(stranger), 'no matching peer');
      assert.match(await unknown(asleep), /^no answer within \d+ ms$/);
      server.setPings(() => ({ LatencySeconds: 0.03 }));
      assert.match(await unknown(straight), /does not tell/);
      server.setFault({ status: 500, text: 'broken' });
      assert.equal(await unknown(straight), 'status 500: broken');
    });
  });
});
