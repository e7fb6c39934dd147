import assert from 'node:assert/strict';
import { lookup, Resolver } from 'node:dns/promises';
import https from 'node:https';
import { once } from 'node:events';
import os from 'node:os';

import type { Front } from '../support/clawql/inFront.ts';
import { rawRequest } from '../support/clawql/rawRequest.ts';
import { run } from '../support/tailnet/command.ts';
import { openPolicy } from '../support/tailnet/headscaleConfig.ts';
import { TailnetLab } from '../support/tailnet/lab.ts';
import { clawqlHosts, clawqlPort } from '../support/tailnet/labDescription.ts';
import type { NodeName } from '../support/tailnet/labDescription.ts';
import { until } from '../support/tailnet/until.ts';
import { laptopStatus, peerSeen, pingSeen, tcpSeen } from './support/laptopView.ts';
import { policyOf } from './support/policies.ts';

const managed = process.env['CLAWQL_LAB_CONTROL'] === 'managed';
const suffix = managed ? 'tail0a1b2c.ts.net' : 'clawql.test';
const name = `clawql-1.${suffix}`;

describe(`the faults that the lab under ${managed ? 'managed' : 'headscale'} can make`, function () {
  this.timeout(60_000);
  let lab: TailnetLab;
  let address: string;
  let other: string;

  before(async () => {
    lab = await TailnetLab.attach();
    address = (await peerSeen('clawql-1'))?.TailscaleIPs[0] ?? '';
    other = (await peerSeen('clawql-2'))?.TailscaleIPs[0] ?? '';
  });

  const port = () => tcpSeen(address, clawqlPort);
  const tsmp = (to = address) => pingSeen(to, 'TSMP');
  const icmp = () => pingSeen(address, 'ICMP');
  const becomes = <T>(what: string, seen: () => Promise<T>, wanted: T) =>
    until(what, async () => ((await seen()) === wanted ? true : undefined), 40_000);
  const isWell = async () => {
    await becomes('the port is open', port, 'open');
    await becomes('the way is direct', () => pingSeen(address, 'disco'), 'direct');
  };
  const rules = (node: NodeName) => run(lab.inside(node, ['ip', '-d', 'rule']));

  describe('firewall', () => {
    let before: string;
    beforeEach(async () => {
      before = await rules('clawql-1');
    });
    afterEach('it is as it was', async () => {
      await lab.firewall('clawql-1').open();
      assert.equal(await rules('clawql-1'), before);
      await isWell();
    });

    it('on the host drops one port, and the daemons do not know', async () => {
      await lab.firewall('clawql-1').drop(clawqlPort);
      assert.equal(await port(), 'silent');
      assert.equal(await tcpSeen(address, clawqlPort + 1), 'refused');
      assert.equal(await tsmp(), 'direct');
      assert.equal(await icmp(), 'direct');
    });

    it('that drops UDP leaves the relay', async () => {
      await lab.firewall('clawql-1').dropUdp();
      await becomes('the relay is taken', () => pingSeen(address, 'disco'), 'relayed');
      assert.equal(await port(), 'open');
      assert.equal((await peerSeen('clawql-1'))?.CurAddr, '');
      assert.equal(await pingSeen(other, 'disco'), 'direct');
    });

    it('that drops everything leaves no path, and a node that passes for online', async () => {
      await lab.firewall('clawql-1').dropAll();
      await becomes('it is given up', async () => (await peerSeen('clawql-1'))?.CurAddr, '');
      assert.deepEqual([await port(), await tsmp()], ['silent', 'silent']);
      assert.equal((await peerSeen('clawql-1'))?.Online, true);
      assert.equal(await tsmp(other), 'direct');
    });
  });

  it('shields up there: the port and ICMP are silent, TSMP is not', async () => {
    await lab.tailscale('clawql-1', 'set', '--shields-up');
    try {
      await becomes('the port is silent', port, 'silent');
      assert.deepEqual([await tsmp(), await icmp()], ['direct', 'silent']);
    } finally {
      await lab.tailscale('clawql-1', 'set', '--shields-up=false');
    }
    await isWell();
  });

  it('a firewall here that drops everything: nobody answers, and the daemon has no complaint', async () => {
    await lab.firewall('laptop').dropAll();
    try {
      assert.deepEqual([await port(), await tsmp(), await tsmp(other)], ['silent', 'silent', 'silent']);
      const { BackendState, Health } = await laptopStatus();
      assert.deepEqual([BackendState, Health], ['Running', []]);
    } finally {
      await lab.firewall('laptop').open();
    }
    await isWell();
  });

  it('no network here: the daemon says so', async () => {
    await lab.networkCard('laptop').down();
    try {
      assert.equal(os.networkInterfaces()['eth0'], undefined);
      const complains = async () => (await laptopStatus()).Health?.some((text) => text.includes('network is down'));
      await becomes('the daemon notices', complains, true);
      assert.equal((await laptopStatus()).BackendState, 'Running');
      assert.equal(await port(), 'silent');
    } finally {
      await lab.networkCard('laptop').up();
    }
    await isWell();
    assert.match(await run(lab.inside('laptop', ['ip', 'route'])), /^default via 10\.99\.0\.1 dev eth0/m);
  });

  it('another VPN here has the address', async () => {
    await lab.routing('laptop').add(['to', address, 'lookup', 'main'], ['-4']);
    try {
      assert.equal(await port(), 'silent');
      assert.equal(await tsmp(), 'direct');
    } finally {
      await lab.routing('laptop').clear();
    }
    await isWell();
  });

  it('certificates that are not as they should be', async () => {
    const code = async (fault: 'stranger' | 'expired' | 'other-name' | undefined) => {
      await lab.clawql('plain').start({ port: 8443, tls: await lab.certificate('plain', fault) });
      const request = https.get(`https://plain.${suffix}:8443/healthz`, { agent: false });
      const answer = once(request, 'response').then(() => 'trusted');
      return answer.catch((error: unknown) => (error as NodeJS.ErrnoException).code).finally(() => request.destroy());
    };
    try {
      assert.equal(await code('stranger'), 'UNABLE_TO_VERIFY_LEAF_SIGNATURE');
      assert.equal(await code('expired'), 'CERT_HAS_EXPIRED');
      assert.equal(await code('other-name'), 'ERR_TLS_CERT_ALTNAME_INVALID');
      assert.equal(await code(undefined), 'trusted');
    } finally {
      await lab.clawql('plain').stop();
    }
  });

  it('something in front of ClawQL, or in its place', async () => {
    const healthz = `http://plain.${suffix}:8080/healthz`;
    const answers: [Front, number, RegExp][] = [
      ['forbidden', 403, /403 Forbidden/],
      ['login-page', 200, /<title>Sign in/],
      ['login-redirect', 302, /https:\/\/login\.example/],
      ['sign-in', 401, /unauthorized/],
      ['healthz-only', 200, /"endpoint":"\/mcp"/],
      ['another-server', 200, /inventory/],
    ];
    try {
      for (const [front, status, body] of answers) {
        await lab.clawql('plain').start({ inFront: front });
        const response = await rawRequest(healthz);
        assert.equal(response.status, status, front);
        assert.match(response.body, body);
      }
    } finally {
      await lab.clawql('plain').stop();
    }
  });

  if (managed) return;

  describe('headscale', () => {
    afterEach(async () => {
      await lab.policy(openPolicy);
      await isWell();
    });

    it('a policy that leaves the port out: ICMP passes by what is let through', async () => {
      await lab.policy(policyOf({ to: ['*:22'] }));
      await becomes('the port is silent', port, 'silent');
      assert.deepEqual([await tsmp(), await icmp()], ['direct', 'direct']);
    });

    it('a policy that lets only the other direction through: ICMP does not pass', async () => {
      await lab.policy(policyOf({ from: ['tag:clawql-mcp'], to: ['dev@:*'] }));
      await becomes('the port is silent', port, 'silent');
      assert.deepEqual([await tsmp(), await icmp()], ['direct', 'silent']);
    });

    it('a node without IPv4', async () => {
      await lab.policy(policyOf({ to: ['*:*'], attribute: 'disable-ipv4' }));
      const addresses = async () => (await peerSeen('clawql-1'))?.TailscaleIPs.length;
      try {
        await becomes('it has one address', addresses, 1);
        assert.match((await lookup(name)).address, /^fd7a:/);
        const resolver = new Resolver();
        resolver.setServers(['100.100.100.100']);
        await assert.rejects(resolver.resolve4(name), { code: 'ENODATA' });
        assert.equal((await resolver.resolve6(name)).length, 1);
      } finally {
        await lab.policy(openPolicy);
        await becomes('it has both', addresses, 2);
        // Its packet filter keeps to the addresses that it had (seen in tailscaled 1.102.3).
        for (const node of clawqlHosts) {
          await lab.daemon(node).stop();
          await lab.daemon(node).start();
        }
      }
    });

    it('no MagicDNS in the tailnet: its resolver answers, and this machine does not ask it', async () => {
      const restart = async () => {
        await lab.daemon('laptop').stop();
        await lab.daemon('laptop').start();
        await becomes('the laptop runs', async () => (await laptopStatus()).BackendState, 'Running');
      };
      await lab.controlServer.magicDns(false);
      try {
        await restart();
        await becomes('the name resolves no more', () => lookup(name).then(String, () => 'unknown'), 'unknown');
        const resolver = new Resolver();
        resolver.setServers(['100.100.100.100']);
        assert.deepEqual(await resolver.resolve4(name), [address]);
      } finally {
        await lab.controlServer.magicDns(true);
        await restart();
      }
      await becomes('the name resolves', () => lookup(name).then((found) => found.address, String), address);
    });
  });
});
