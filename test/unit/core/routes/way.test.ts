import assert from 'node:assert/strict';

import { placeKey, type AskedPlace } from '../../../../src/core/routes/asking.ts';
import { configurationsOf, placesToAsk } from '../../../../src/core/routes/configurations.ts';
import { controlPlaneOf } from '../../../../src/core/routes/controlPlane.ts';
import { hostEncryption, mcpHostOf } from '../../../../src/core/routes/mcpHost.ts';
import type { Answer } from '../../../../src/core/routes/route.ts';
import type { Snapshot } from '../../../../src/core/snapshot.ts';
import { answerText, encryptionText } from '../../../../src/core/views/routes/routeText.ts';
import { zoneWord } from '../../../../src/core/views/routes/zoneWord.ts';
import { laptop, node, running, selectionOf, settings } from '../../support/builders.ts';
import { configurationOf, elsewhere, envFile, here, mcp, paperless, routeIn, type Situation } from './support.ts';

const suffix = 'tail1a2b3.ts.net';

/** Zone, encryption and answer of Tika, by its URL. */
function way(url: string, situation: Situation = {}): readonly string[] {
  const { target, encryption, answer } = routeIn(`CLAWQL_PROVIDER=tika\nTIKA_BASE_URL=${url}\n`, 'tika', situation);
  return [zoneWord(target).word, encryptionText(encryption), answerText(answer, {})];
}

function places(env: string, snapshot: Snapshot): readonly AskedPlace[] {
  const input = { snapshot, files: [envFile(env)], environment: new Map(), answers: new Map() };
  return placesToAsk(configurationsOf(input), snapshot);
}

function seen(place: AskedPlace, answer: Answer): ReadonlyMap<string, Answer> {
  return new Map([[placeKey(place), answer]]);
}

describe('where execute sends traffic: the way there', () => {
  const notPublic = 'not asked: only nodes of the tailnet are';

  it('to a node of the tailnet is WireGuard, with TLS where the URL says so', () => {
    const open = seen({ address: '100.64.0.3', port: 8000 }, { kind: 'open', address: '100.64.0.3' });
    const url = `http://paperless.${suffix}:8000`;
    assert.deepEqual(way(url, { snapshot: elsewhere(), answers: open }), [
      'tailnet',
      'WireGuard, no TLS',
      'its port answers, as seen from this machine',
    ]);
    assert.deepEqual(way(`https://paperless.${suffix}`, { snapshot: elsewhere() }).slice(0, 2), [
      'tailnet',
      'WireGuard, TLS',
    ]);
    assert.deepEqual(way('http://100.64.0.3', { snapshot: elsewhere() })[1], 'WireGuard, no TLS');
  });

  it('to it is WireGuard only if the MCP host is in that tailnet, which is not known without a selection', () => {
    assert.equal(way(`http://paperless.${suffix}`)[1], 'WireGuard as long as the MCP host is in this tailnet, no TLS');
    const entered = { hostId: 'http://10.0.0.9/mcp', label: 'x', url: 'http://10.0.0.9/mcp' };
    const snapshot = elsewhere({ selection: entered });
    assert.equal(
      way(`http://paperless.${suffix}`, { snapshot })[1],
      'WireGuard as long as the MCP host is in this tailnet, no TLS',
    );
  });

  it('to the MCP host itself leaves it nowhere', () => {
    const snapshot = elsewhere();
    assert.deepEqual(way(`http://clawql-1.${suffix}:9998`, { snapshot }).slice(0, 2), [
      'tailnet',
      'stays on the MCP host, no TLS',
    ]);
    assert.deepEqual(way('http://localhost:9998', { snapshot }), [
      'MCP host',
      'stays on the MCP host, no TLS',
      'not asked: only the MCP host reaches it',
    ]);
  });

  it('to a name that has a public address besides is not known to be inside', () => {
    const snapshot = elsewhere({ lookups: new Map([['crm.dev', ['100.64.0.3', '20.1.1.1']]]) });
    assert.deepEqual(way('http://crm.dev', { snapshot }).slice(0, 2), [
      'tailnet',
      'no TLS; whether WireGuard is not known',
    ]);
  });

  it('to the public internet has what the URL says, and nobody is called there', () => {
    const snapshot = elsewhere({ lookups: new Map([['crm.dev', ['20.1.1.1']]]) });
    assert.deepEqual(way('https://crm.dev', { snapshot }), ['public', 'TLS', notPublic]);
    assert.deepEqual(way('http://crm.dev', { snapshot }), ['public', 'not encrypted', notPublic]);
    assert.deepEqual(way('http://api.github.com', { snapshot }), ['public', 'not encrypted', notPublic]);
    assert.deepEqual(places('CLAWQL_PROVIDER=tika\nTIKA_BASE_URL=https://crm.dev\n', snapshot), []);
  });

  it('is said to be not known where it is not', () => {
    const snapshot = elsewhere({ otherSuffixes: new Map() });
    const asked = 'not asked: it is not known to be a node of the tailnet, and only those are';
    assert.deepEqual(way('http://crm.dev', { snapshot }), [
      'not known',
      'no TLS; whether WireGuard is not known',
      asked,
    ]);
    assert.deepEqual(way('https://tika:9998', { snapshot }), ['cluster', 'TLS; whether WireGuard is not known', asked]);
    assert.deepEqual(way(`http://gone.${suffix}`, { snapshot }), [
      'no such node',
      'no TLS; whether WireGuard is not known',
      asked,
    ]);
    assert.deepEqual(way('http://192.168.1.9', { snapshot }), ['local network', 'not encrypted', asked]);
  });

  it('through a subnet router is WireGuard as far as the router', () => {
    const router = node('router', { routes: ['192.168.7.0/24'], addresses: ['100.64.0.5'] });
    const snapshot = elsewhere({ tailnet: running([mcp, router]) });
    assert.deepEqual(way('http://192.168.7.9', { snapshot }).slice(0, 2), [
      'subnet',
      'WireGuard as far as the subnet router, no TLS',
    ]);
  });

  it('out of a host that routes the subnet itself is as plain as what is sent', () => {
    const router = node('clawql-1', { routes: ['192.168.7.0/24'], addresses: ['100.64.0.2'] });
    const snapshot = elsewhere({ tailnet: running([router]) });
    assert.deepEqual(way('http://192.168.7.9', { snapshot }).slice(0, 2), ['subnet', 'not encrypted']);
    assert.equal(way('https://192.168.7.9', { snapshot })[1], 'TLS');
  });

  it('of gRPC has TLS unless it is said to be without', () => {
    const source = (insecure: string): string =>
      `CLAWQL_GRPC_SOURCES='[{"name":"s","endpoint":"100.64.0.3:50051","protoPath":"s.proto"${insecure}}]'\nCLAWQL_X=1\n`;
    const of = (env: string): string => encryptionText(routeIn(env, 's', { snapshot: elsewhere() }).encryption);
    assert.equal(of(source('')), 'WireGuard, TLS');
    assert.equal(of(source(',"insecure":true')), 'WireGuard, no TLS');
  });

  it('is asked at addresses of live nodes alone, each once, and in trusted workspaces only', () => {
    const env = [
      'CLAWQL_BUNDLED_PROVIDERS=tika,onyx,paperless,stirling,gotenberg,github',
      `TIKA_BASE_URL=http://paperless.${suffix}:8000`,
      'ONYX_BASE_URL=http://100.64.0.3:8000/api',
      `PAPERLESS_BASE_URL=https://asleep.${suffix}`,
      'STIRLING_BASE_URL=http://crm.dev',
      'GOTENBERG_BASE_URL=http://localhost:3000',
    ].join('\n');
    const asleep = node('asleep', { online: false, addresses: ['100.64.0.7'] });
    const snapshot = elsewhere({ tailnet: running([mcp, paperless, asleep]) });
    assert.deepEqual(places(env, snapshot), [{ address: '100.64.0.3', port: 8000 }]);
    assert.deepEqual(places(env, { ...snapshot, trusted: false }), []);
    assert.equal(answerText(routeIn(env, 'paperless', { snapshot }).answer, {}), 'not asked: its node is offline');
    assert.equal(
      answerText(routeIn(env, 'tika', { snapshot: { ...snapshot, trusted: false } }).answer, {}),
      'not asked: this workspace is not trusted',
    );
  });

  it('is asked on this machine where it is the MCP host', () => {
    const self = { ...laptop, tags: ['tag:clawql-mcp'] };
    const snapshot = here({ tailnet: running([mcp], { self }), selection: selectionOf(self) });
    assert.deepEqual(places('CLAWQL_PROVIDER=tika\nTIKA_BASE_URL=http://localhost:9998\n', snapshot), [
      { address: '127.0.0.1', port: 9998 },
    ]);
  });

  it('is asked at no address to which a record of the administrator leads outside', () => {
    const extraRecords = new Map([['crm.corp', ['20.1.1.1', '100.64.0.3']]]);
    const snapshot = elsewhere({ tailnet: running([mcp, paperless], { extraRecords }) });
    assert.deepEqual(places('CLAWQL_PROVIDER=tika\nTIKA_BASE_URL=http://crm.corp:1\n', snapshot), [
      { address: '100.64.0.3', port: 1 },
    ]);
  });

  it('from the editor to the MCP host is told by its URL and its place', () => {
    const of = (snapshot: Snapshot): string => encryptionText(hostEncryption(mcpHostOf(snapshot), snapshot));
    assert.equal(of(elsewhere()), 'WireGuard, TLS');
    assert.equal(
      of(elsewhere({ selection: selectionOf(mcp, { url: `http://${mcp.name}:8080/mcp` }) })),
      'WireGuard, no TLS',
    );
    assert.equal(of(here()), 'not known');
    const entered = (url: string): Snapshot => elsewhere({ selection: { hostId: url, label: 'x', url } });
    assert.equal(of(entered('http://127.0.0.1:8080/mcp')), 'stays on the MCP host, no TLS');
    assert.equal(of(entered('https://20.1.1.1/mcp')), 'TLS');
    assert.equal(of(entered('http://20.1.1.1/mcp')), 'not encrypted');
    assert.equal(of(entered('http://clawql.dev/mcp')), 'no TLS; whether WireGuard is not known');
  });
});

describe('where execute sends traffic: what stands out', () => {
  it('is a redirect of several APIs, and no such thing for one', () => {
    const redirect = configurationOf('CLAWQL_BUNDLED_PROVIDERS=github,google,linear\nCLAWQL_API_BASE_URL=https://gw\n');
    assert.equal(redirect.redirect?.count, 51);
    assert.deepEqual(
      redirect.routes.map(({ name, isRedirected }) => [name, isRedirected]),
      [
        ['github', true],
        ['google', true],
        ['linear', false],
      ],
    );
    assert.equal(configurationOf('CLAWQL_PROVIDER=jira\nCLAWQL_API_BASE_URL=https://j\n').redirect, undefined);
  });

  it('is no configuration where a .env is only a client’s, and the environment alone is one where it is ClawQL’s', () => {
    const of = (text: string, environment: Readonly<Record<string, string>>): readonly (string | undefined)[] =>
      configurationsOf({
        snapshot: here(),
        files: [envFile(text)],
        environment: new Map(Object.entries(environment)),
        answers: new Map(),
      }).map(({ env }) => env?.path);
    assert.deepEqual(of('CLAWQL_MCP_URL=http://x/mcp\n', { GITHUB_TOKEN: 'x', TIKA_BASE_URL: 'http://t' }), []);
    assert.deepEqual(of('CLAWQL_MCP_URL=http://x/mcp\n', { CLAWQL_TAILNET_SET: 'x' }), []);
    assert.deepEqual(of('CLAWQL_MCP_URL=http://x/mcp\n', { CLAWQL_PROVIDER: 'github' }), [undefined]);
    assert.deepEqual(of('CLAWQL_PROVIDER=github\n', { CLAWQL_PROVIDER: 'slack' }), ['.env']);
  });
});

describe('controlPlaneOf', () => {
  it('goes by the control server, then by the names that only one gives out', () => {
    const tailnet = elsewhere();
    assert.deepEqual(controlPlaneOf(tailnet, { controlHost: 'controlplane.tailscale.com' }), {
      kind: 'tailscale',
      by: 'control-server',
    });
    assert.deepEqual(controlPlaneOf(tailnet, { controlHost: 'hs.example.net' }), {
      kind: 'self-hosted',
      host: 'hs.example.net',
    });
    assert.deepEqual(controlPlaneOf(tailnet, {}), { kind: 'tailscale', by: 'names' });
    const own = elsewhere({ tailnet: running([mcp], { suffix: 'clawql.local' }) });
    assert.deepEqual(controlPlaneOf(own, {}), { kind: 'unknown', why: 'not-told' });
    const none = here({ tailnet: { kind: 'checking' }, settings: settings() });
    assert.deepEqual(controlPlaneOf(none, {}), { kind: 'unknown', why: 'no-tailnet' });
  });
});
