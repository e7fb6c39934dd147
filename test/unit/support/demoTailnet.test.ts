import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fetch as undiciFetch, ProxyAgent } from 'undici';
import type { Host } from '../../../src/core/clawql/host.ts';
import { hostsOf } from '../../../src/core/clawql/hostsOf.ts';
import { outcomeVerdict } from '../../../src/core/diagnosis/verdicts/outcomeVerdict.ts';
import type { TailnetNode } from '../../../src/core/tailnet/tailnet.ts';
import { placeName } from '../../../src/node/daemon/daemonPlace.ts';
import { DaemonReader } from '../../../src/node/daemon/daemonReader.ts';
import { placesToTry } from '../../../src/node/daemon/placesToTry.ts';
import { platformPlaces } from '../../../src/node/daemon/platformPlaces.ts';
import { EndpointProber } from '../../../src/node/mcp/endpointProber.ts';
import type { Fetch } from '../../../src/node/mcp/exchange.ts';
import { systemClock } from '../../../src/services/clock.ts';
import { TailnetMonitor } from '../../../src/services/tailnet/tailnetMonitor.ts';
import { wanted } from './builders.ts';
import { startDemoTailnet, type DemoTailnet } from '../../support/demo/demoTailnet.ts';

const nothing = (): void => undefined;
const log = { debug: nothing, info: nothing, warn: nothing, error: nothing };

describe('the demo tailnet', () => {
  let demo: DemoTailnet;
  let reader: DaemonReader;
  let monitor: TailnetMonitor;
  beforeEach(async () => {
    demo = await startDemoTailnet();
    const { socketPath } = demo;
    reader = new DaemonReader((platform) => placesToTry(platform, { socketPath, cliPath: '' }), log);
    monitor = new TailnetMonitor(reader, systemClock, log);
    await monitor.refresh();
  });
  afterEach(async () => {
    monitor.dispose();
    await reader.dispose();
    await demo.close();
  });

  const nodes = (): readonly TailnetNode[] =>
    monitor.state.kind === 'running' ? monitor.state.tailnet.peers : assert.fail(monitor.state.kind);
  const hosts = (): readonly Host[] => (monitor.state.kind === 'running' ? hostsOf(monitor.state, wanted()) : []);
  const hostNames = () => hosts().map(({ label }) => label);

  /** The extension's own probe, with a fetch that goes through the proxy as the editor's does. */
  const probe = async (hostName: string) => {
    const agent = new ProxyAgent(demo.proxyUrl);
    const editorFetch: Fetch = (url, init) => undiciFetch(url, { ...init, dispatcher: agent });
    try {
      const host = hosts().find(({ label }) => label === hostName)!;
      const url = host.candidates.find((one) => one.includes(':8080'))!;
      const prober = new EndpointProber(editorFetch, editorFetch, '0.0.0');
      return await prober.probe({ url, addresses: host.addresses ?? [] }, AbortSignal.timeout(5_000));
    } finally {
      await agent.destroy();
    }
  };

  it('says plainly what it is', () => {
    assert.ok(monitor.state.kind === 'running');
    assert.equal(monitor.state.tailnet.name, 'ClawQL demo');
  });

  it('has four hosts, and machines that are none', () => {
    assert.deepEqual(hostNames(), ['clawql-1', 'clawql-2', 'clawql-3', 'clawql-old']);
    assert.deepEqual(
      nodes().flatMap(({ hostName, tags }) => (tags.length === 0 ? [hostName] : [])),
      ['nas', 'phone'],
    );
  });

  it('has a healthy host', async () => {
    const outcome = await probe('clawql-1');
    assert.ok(outcome.kind === 'answered', JSON.stringify(outcome));
    assert.equal(outcome.tools.length, 7);
    assert.equal(outcomeVerdict(outcome).kind, 'ok');
  });

  it('has a degraded host that says how to mend it', async () => {
    const verdict = outcomeVerdict(await probe('clawql-2'));
    assert.equal(verdict.kind, 'warning');
    assert.match(verdict.remedy ?? '', /mkdir -p "\/srv\/vault"/);
  });

  it('has a host at which nothing listens', async () => {
    const outcome = await probe('clawql-3');
    assert.ok(outcome.kind === 'failed');
    assert.equal(outcome.step, 'connect');
  });

  it('has a host that is offline since yesterday', () => {
    const { online, lastSeen } = nodes().find(({ hostName }) => hostName === 'clawql-old')!;
    assert.equal(online, false);
    const hours = (Date.now() - Date.parse(lastSeen ?? '')) / 3_600_000;
    assert.ok(hours > 23.9 && hours < 24.1, lastSeen);
  });

  it('tells of a host that goes and comes back, at once', async () => {
    monitor.start();
    const online = () => nodes().find(({ hostName }) => hostName === 'clawql-1')?.online;
    const until = async (wanted: boolean) => {
      while (online() !== wanted) await new Promise<void>((resolve) => void monitor.onDidChange(() => resolve()));
    };
    demo.goOffline('clawql-1');
    await until(false);
    demo.comeBack('clawql-1');
    await until(true);
    assert.equal((await probe('clawql-1')).kind, 'answered');
  });

  it('takes in a new host', async () => {
    await demo.join({ name: 'clawql-9', number: 90, os: 'linux', tags: ['tag:clawql-mcp'] }, { version: '5.1.0' });
    await monitor.refresh();
    assert.ok(hostNames().includes('clawql-9'));
    const outcome = await probe('clawql-9');
    assert.ok(outcome.kind === 'answered');
    assert.equal(outcome.server.version, '5.1.0');
  });

  it('knows only its own machines', () => {
    assert.throws(() => demo.goOffline('clawql-7'), /has no clawql-7/);
  });

  it('is met by its setting and its environment alone, and leaves loopback to itself', () => {
    assert.deepEqual(demo.settings, {
      'clawql.tailscale.socketPath': demo.socketPath,
    });
    const { HTTP_PROXY, NO_PROXY } = demo.environment;
    assert.equal(HTTP_PROXY, demo.proxyUrl);
    assert.equal(NO_PROXY, 'localhost,127.0.0.1,::1');
    assert.ok(!Object.values(platformPlaces).flat().map(placeName).includes(demo.socketPath));
    assert.ok(demo.socketPath.length < 100);
  });

  it('leaves nothing behind', async () => {
    await demo.close();
    assert.equal(existsSync(path.dirname(demo.socketPath)), false);
    await assert.rejects(fetch(demo.proxyUrl));
    await monitor.refresh();
    assert.equal(monitor.state.kind, 'unavailable');
  });
});
