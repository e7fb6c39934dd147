import assert from 'node:assert/strict';
import { lookup } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import https from 'node:https';
import tls from 'node:tls';
import { once } from 'node:events';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import * as z from 'zod/mini';
import { rawRequest } from '../support/clawql/rawRequest.ts';
import { run } from '../support/tailnet/command.ts';
import { openPolicy } from '../support/tailnet/headscaleConfig.ts';
import { TailnetLab } from '../support/tailnet/lab.ts';
import { clawqlHosts, socketPath } from '../support/tailnet/labDescription.ts';
import type { NodeName } from '../support/tailnet/labDescription.ts';
import { until } from '../support/tailnet/until.ts';

const managed = process.env['CLAWQL_LAB_CONTROL'] === 'managed';
const suffix = managed ? 'tail0a1b2c.ts.net' : 'clawql.test';
const Node = z.object({
  DNSName: z.string(),
  Online: z.boolean(),
  TailscaleIPs: z.array(z.string()),
  Tags: z._default(z.array(z.string()), []),
});
const Status = z.object({
  BackendState: z.string(),
  MagicDNSSuffix: z.string(),
  CertDomains: z.nullable(z.array(z.string())),
  Self: Node,
  Peer: z.record(z.string(), Node),
});

/** The laptop's own view, over the socket at the place where it is on a user's machine. */
async function laptopStatus() {
  const response = await rawRequest('http://local-tailscaled.sock/localapi/v0/status', { socketPath });
  assert.equal(response.status, 200);
  return Status.parse(JSON.parse(response.body));
}

async function peer(node: NodeName) {
  return Object.values((await laptopStatus()).Peer).find(({ DNSName }) => DNSName === `${node}.${suffix}.`);
}

const address = (node: NodeName) => `http://${node}.${suffix}:8080`;
const bounded = () => ({ signal: AbortSignal.timeout(5_000) });

/** Opens an MCP session as an editor would and returns which host's ClawQL found something. */
async function searchAt(url: string): Promise<unknown> {
  const client = new Client({ name: 'lab', version: '1' });
  await client.connect(new StreamableHTTPClientTransport(new URL(url)));
  try {
    const { content } = await client.callTool({ name: 'search', arguments: { query: 'documents' } });
    const [{ text }] = z.tuple([z.object({ text: z.string() })]).parse(content);
    return z.object({ results: z.array(z.object({ specLabel: z.string() })) }).parse(JSON.parse(text)).results[0]
      ?.specLabel;
  } finally {
    await client.close();
  }
}

describe(`the tailnet lab under ${managed ? 'managed' : 'headscale'}`, () => {
  let lab: TailnetLab;
  before(async () => {
    lab = await TailnetLab.attach();
  });

  it('shows the five nodes, their tags and who is offline', async () => {
    const status = await laptopStatus();
    assert.equal(status.BackendState, 'Running');
    assert.equal(status.MagicDNSSuffix, suffix);
    assert.equal(status.Self.DNSName, `laptop.${suffix}.`);
    const peers = Object.values(status.Peer).map(({ DNSName, Online, Tags }) => [DNSName, Online, ...Tags]);
    assert.deepEqual(peers.sort(), [
      [`asleep.${suffix}.`, false, 'tag:clawql-mcp'],
      [`clawql-1.${suffix}.`, true, 'tag:clawql-mcp'],
      [`clawql-2.${suffix}.`, true, 'tag:clawql-mcp'],
      [`plain.${suffix}.`, true],
    ]);
    assert.deepEqual(status.CertDomains, managed ? [`laptop.${suffix}`] : null);
  });

  it('resolves MagicDNS names, full and short, to tailnet addresses', async () => {
    const { TailscaleIPs = [] } = (await peer('clawql-1')) ?? {};
    assert.equal((await lookup(`clawql-1.${suffix}`)).address, TailscaleIPs[0]);
    assert.equal((await lookup('clawql-1')).address, TailscaleIPs[0]);
    await assert.rejects(lookup(`nobody.${suffix}`), { code: 'ENOTFOUND' });
  });

  it('lets an ordinary user read the status, and not change the preferences', async () => {
    assert.equal(await run(lab.inside('laptop', ['id', '-u'], { cwd: '/', uid: 1234 })), '1234\n');
    // The daemon looks at who connects; this way no program must be readable for that user.
    process.seteuid?.(1234);
    try {
      assert.equal((await laptopStatus()).BackendState, 'Running');
      const url = 'http://local-tailscaled.sock/localapi/v0/prefs';
      assert.equal((await rawRequest(url, { method: 'PATCH', body: {}, socketPath })).status, 403);
    } finally {
      process.seteuid?.(0);
    }
  });

  for (const node of clawqlHosts) {
    it(`reaches ClawQL on ${node} by its name, through WireGuard`, async () => {
      const response = await fetch(`${address(node)}/healthz`, bounded());
      assert.equal(response.status, 200);
      assert.partialDeepStrictEqual(await response.json(), { status: 'ok', endpoint: '/mcp' });
      const [self] = (await laptopStatus()).Self.TailscaleIPs;
      const request = (await lab.clawql(node).requests()).findLast(({ path }) => path === '/healthz');
      assert.equal(request?.host, `${node}.${suffix}:8080`);
      assert.equal(request.remoteAddress, self);
    });

    it(`speaks MCP with ${node}`, async () => {
      assert.equal(await searchAt(`${address(node)}/mcp`), node);
    });
  }

  it('has no ClawQL on the plain node, and nothing behind the sleeping one', async () => {
    await assert.rejects(rawRequest(`${address('plain')}/healthz`), { code: 'ECONNREFUSED' });
    await assert.rejects(fetch(`${address('asleep')}/healthz`, { signal: AbortSignal.timeout(1_000) }), {
      name: 'TimeoutError',
    });
  });

  it('starts ClawQL anew with what a fault needs', async () => {
    await lab.clawql('clawql-2').start({ mcpHost: '127.0.0.1', path: '/other' });
    try {
      const refused = await fetch(`${address('clawql-2')}/healthz`, bounded());
      assert.equal(refused.status, 403);
      assert.match(await refused.text(), new RegExp(`Invalid Host: clawql-2\\.${suffix}`));
    } finally {
      await lab.clawql('clawql-2').start();
    }
    assert.equal((await fetch(`${address('clawql-2')}/healthz`, bounded())).status, 200);
  });

  it('sees ClawQL stopped as a refused connection', async () => {
    await lab.clawql('clawql-2').stop();
    try {
      await assert.rejects(rawRequest(`${address('clawql-2')}/healthz`), { code: 'ECONNREFUSED' });
    } finally {
      await lab.clawql('clawql-2').start();
    }
  });

  it('gives the laptop an /etc/hosts of its own', async () => {
    await lab.hosts('laptop', { 'elsewhere.example': '192.0.2.7' });
    try {
      assert.equal((await lookup('elsewhere.example')).address, '192.0.2.7');
    } finally {
      await lab.hosts('laptop', {});
    }
    await assert.rejects(lookup('elsewhere.example'));
  });

  describe("the laptop's daemon", () => {
    const runs = () =>
      until('the laptop is back', async () => ((await laptopStatus()).BackendState === 'Running' ? true : undefined));
    afterEach(async () => {
      await lab.daemon('laptop').stop();
      await lab.daemon('laptop').start();
      await runs();
    });

    it('takes its socket and its DNS with it when it is stopped', async () => {
      await lab.daemon('laptop').stop();
      await assert.rejects(laptopStatus(), { code: 'ENOENT' });
      assert.doesNotMatch(await readFile('/etc/resolv.conf', 'utf8'), /100\.100\.100\.100/);
      await assert.rejects(lookup(`clawql-1.${suffix}`));
    });

    it('leaves both behind when it is killed', async () => {
      await lab.daemon('laptop').kill();
      await assert.rejects(laptopStatus(), { code: 'ECONNREFUSED' });
      assert.match(await readFile('/etc/resolv.conf', 'utf8'), /100\.100\.100\.100/);
    });

    it('comes back with the same node', async () => {
      const before = (await laptopStatus()).Self.TailscaleIPs;
      await lab.daemon('laptop').kill();
      await lab.daemon('laptop').start();
      await runs();
      assert.deepEqual((await laptopStatus()).Self.TailscaleIPs, before);
      const reaches = async () => ((await fetch(`${address('clawql-1')}/healthz`, bounded())).ok ? true : undefined);
      assert.equal(await until('the laptop reaches clawql-1 again', reaches), true);
    });
  });

  it("sees another node's daemon go and come back", async function () {
    this.timeout(40_000);
    const online = (wanted: boolean) => async () => ((await peer('plain'))?.Online === wanted ? wanted : undefined);
    await lab.daemon('plain').stop();
    assert.equal(await until('plain is offline', online(false)), false);
    await lab.daemon('plain').start();
    assert.equal(await until('plain is online', online(true)), true);
  });

  if (managed) {
    describe('Tailscale Serve', () => {
      it('answers over HTTPS with the certificate of the test authority', async () => {
        for (const node of clawqlHosts) assert.equal(await searchAt(`https://${node}.${suffix}/mcp`), node);
        const request = (await lab.clawql('clawql-1').requests()).at(-1);
        assert.equal(request?.host, `clawql-1.${suffix}`);
        assert.equal(request.remoteAddress, '127.0.0.1');
      });

      it('is not trusted without that authority', async () => {
        const request = https.get(`https://clawql-1.${suffix}/healthz`, {
          ca: [...tls.rootCertificates],
          agent: false,
        });
        const [error] = (await once(request, 'error')) as [NodeJS.ErrnoException];
        assert.match(error.code ?? '', /^UNABLE_TO_/);
      });
    });
  } else {
    describe('headscale', () => {
      it('answers its command line', async () => {
        const Nodes = z.array(z.object({ given_name: z.string(), online: z._default(z.boolean(), false) }));
        const nodes = Nodes.parse(await lab.headscale('nodes', 'list'));
        assert.deepEqual(nodes.find(({ given_name }) => given_name === 'asleep')?.online, false);
        assert.equal(nodes.length, 5);
      });

      it('follows the policy: a node that it hides is gone from the status', async () => {
        const visible = (wanted: boolean) => async () => ((await peer('plain')) !== undefined) === wanted || undefined;
        await lab.policy(`{ "tagOwners": { "tag:clawql-mcp": ["dev@"] },
          "acls": [ { "action": "accept", "src": ["dev@"], "dst": ["tag:clawql-mcp:*"] } ] }`);
        try {
          assert.ok(await until('plain is hidden', visible(false)));
        } finally {
          await lab.policy(openPolicy);
        }
        assert.ok(await until('plain is visible again', visible(true)));
      });

      it('gives no certificates, but the lab has some for a server of its own', async () => {
        await lab.clawql('plain').start({ port: 8443, tls: await lab.certificate('plain') });
        try {
          assert.equal(await searchAt(`https://plain.${suffix}:8443/mcp`), 'plain');
        } finally {
          await lab.clawql('plain').stop();
        }
      });
    });
  }
});
