import assert from 'node:assert/strict';

import type { Funnel } from '../../../../../src/core/tailnet/funnel.ts';
import { laptop, node, settings, tailnet } from '../../../support/builders.ts';
import { mcp, ofRule, type Place, type World } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('funnel-exposed');
const https: Funnel = {
  port: 443,
  mount: '/',
  type: 'https',
  isForeground: false,
  backend: { port: 8080, path: '/' },
};
const publishing = (...funnels: readonly Partial<Funnel>[]): World => {
  const seen = tailnet([node('clawql-1')], { funnels: funnels.map((parts) => ({ ...https, ...parts })) });
  return { snapshot: { tailnet: { kind: 'running', tailnet: seen } } };
};
const world = publishing({});
const file = '/w/.cursor/mcp.json';
const own = `https://${laptop.name}/mcp`;
const server = (url: string): string => mcp('mcpServers', 'clawql', url);

describe('funnel-exposed', () => {
  describe('finds', () => {
    it('the own MagicDNS name, its short name and its address, with the port of the Funnel', () => {
      for (const url of [
        own,
        `https://${laptop.name}:443/mcp`,
        'https://laptop/mcp',
        `https://${laptop.addresses[0]}/mcp`,
      ])
        assert.deepEqual(briefly(file, server(url), world), [`funnel-exposed warning ${url}`]);
    });

    it('the own name with the port behind the Funnel', () => {
      const url = `http://${laptop.name}:8080/mcp`;
      assert.deepEqual(briefly(file, server(url), world), [`funnel-exposed warning ${url}`]);
    });

    it('localhost with the port behind the Funnel', () => {
      for (const url of ['http://localhost:8080/mcp', 'http://127.0.0.1:8080/mcp', 'http://[::1]:8080/mcp'])
        assert.deepEqual(briefly(file, server(url), world), [`funnel-exposed warning ${url}`]);
      assert.deepEqual(briefly('/w/.env', 'CLAWQL_MCP_URL=http://localhost:8080/mcp', world), [
        'funnel-exposed warning http://localhost:8080/mcp',
      ]);
    });

    it("a service that ClawQL's server calls, and a gRPC endpoint", () => {
      assert.deepEqual(briefly('/w/.env', 'CLAWQL_X=1\nPAPERLESS_BASE_URL=http://localhost:8080', world), [
        'funnel-exposed warning http://localhost:8080',
      ]);
      const grpc = publishing({ type: 'tcp', port: 8443, backend: { port: 50_051, path: '/' } });
      const text = `CLAWQL_GRPC_SOURCES='[{"name":"a","endpoint":"localhost:50051"}]'`;
      assert.deepEqual(briefly('/w/.env', text, grpc), ['funnel-exposed warning localhost:50051']);
    });

    it('a URL below the mount that is published', () => {
      const mounted = publishing({ mount: '/clawql', backend: { port: 8080, path: '/' } });
      const url = `https://${laptop.name}/clawql/mcp`;
      assert.deepEqual(briefly(file, server(url), mounted), [`funnel-exposed warning ${url}`]);
    });

    it('no more than information where nobody reads it, or it is not known who does', () => {
      for (const path of ['/w/.env.example', '/w/.env.production'])
        assert.deepEqual(briefly(path, `CLAWQL_MCP_URL=${own}`, world), [`funnel-exposed information ${own}`]);
    });
  });

  describe('is quiet about', () => {
    const env = (url: string): string => `CLAWQL_MCP_URL=${url}`;
    const local = 'http://localhost:8080/mcp';
    const quiet: readonly (readonly [string, string, string, World?, Place?])[] = [
      ['a machine that publishes nothing', file, server(own), publishing()],
      ['a machine of which that is not known', file, server(own), {}],
      ['a tailnet that is not known', file, server(local), { snapshot: { tailnet: { kind: 'checking' } } }],
      ['a peer, whatever it publishes', file, server('https://clawql-1.tail1a2b3.ts.net/mcp')],
      ['another port of the own name', file, server(`http://${laptop.name}:9000/mcp`)],
      ['another port of localhost', file, server('http://localhost:9000/mcp')],
      ['the port of the Funnel on localhost', file, server('https://localhost/mcp')],
      ['another mount', file, server(own), publishing({ mount: '/docs' })],
      ['another path behind', file, server(local), publishing({ backend: { port: 8080, path: '/docs' } })],
      ['a mount that only begins alike', file, server(own), publishing({ mount: '/mc' })],
      ['servers that are not ClawQL', file, mcp('mcpServers', 'github', 'http://localhost:8080/mcp')],
      ['a file with no name of ClawQL', '/w/.env', 'PAPERLESS_BASE_URL=http://localhost:8080'],
      ['localhost in a container', '/w/.env', `CLAWQL_X=1\nTIKA_BASE_URL=${local}`, world, { besideCompose: true }],
      ['localhost of another machine', file, server(local), world, { isHere: false }],
      ['localhost in an example', '/w/.env.example', env(local)],
      ['the machine round a container', '/w/.env', env('http://host.docker.internal:8080/mcp')],
      ['placeholders and variables', '/w/.env', env('https://${HOST}:8080/mcp')],
      [
        'a host that the user allowed',
        file,
        server(own),
        {
          snapshot: {
            ...world.snapshot,
            settings: settings({ 'diagnostics.allowedHosts': [{ host: laptop.name, reason: 'on purpose' }] }),
          },
        },
      ],
    ];
    for (const [name, path, text, seen = world, place] of quiet) {
      it(name, () => {
        assert.deepEqual(briefly(path, text, seen, place), []);
      });
    }
  });

  it('says as what it is published, and how to end that', () => {
    assert.equal(
      onlyProblem(file, server('http://localhost:8080/mcp'), world).message,
      'MCP server "clawql" points at localhost, at a port of this machine that Funnel publishes to the internet as ' +
        `https://${laptop.name}: whoever is outside the tailnet reaches it too, whatever the policy says. ` +
        'Turn Funnel off there, which leaves it to the tailnet.',
    );
    const tcp = publishing({ type: 'tls-terminated-tcp', port: 8443, backend: { port: 8080, path: '/' } });
    assert.match(
      onlyProblem(file, server('http://localhost:8080/mcp'), {
        snapshot: { ...tcp.snapshot, vantage: { remote: 'dev-container' } },
      }).message,
      /of the remote machine \(dev-container\) that Funnel publishes to the internet as laptop\.tail1a2b3\.ts\.net:8443: .*Turn Funnel off there/,
    );
    const mounted = publishing({ port: 10_000, mount: '/clawql', isForeground: true });
    assert.match(
      onlyProblem(file, server('http://localhost:8080/mcp'), mounted).message,
      /as https:\/\/laptop\.tail1a2b3\.ts\.net:10000\/clawql: .* End the "tailscale funnel" that runs in a terminal there\.$/,
    );
  });

  it('shows nothing of the value but its host', () => {
    const text = server('http://user:hunter2@localhost:8080/mcp?token=hunter2');
    assert.ok(!onlyProblem(file, text, world).message.includes('hunter2'));
  });

  it('edits nothing: it leads to what ends it, where something can', () => {
    assert.deepEqual(fixesOf(file, server(own), world), {
      'ClawQL: Turn Funnel Off…': 'clawql.turnFunnelOff 443',
    });
    assert.deepEqual(fixesOf(file, server(own), publishing({ isForeground: true })), {});
  });
});
