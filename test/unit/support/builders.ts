import type { Host } from '../../../src/core/clawql/host.ts';
import type { WantedHosts } from '../../../src/core/clawql/hostsOf.ts';
import type { HostReport } from '../../../src/core/clawql/hostReport.ts';
import type { AnsweredProbe, ProbeFailure, ProbeOutcome, ProbeStep } from '../../../src/core/mcp/probeOutcome.ts';
import type { Selection } from '../../../src/core/mcp/selection.ts';
import { defaultSettings, type Settings } from '../../../src/core/settings.ts';
import type { Snapshot } from '../../../src/core/snapshot.ts';
import { shortName, type Tailnet, type TailnetNode, type TailnetState } from '../../../src/core/tailnet/tailnet.ts';
import { TailnetIndex } from '../../../src/core/tailnet/tailnetIndex.ts';

const suffix = 'tail1a2b3.ts.net';

export function node(id: string, parts: Partial<TailnetNode> = {}): TailnetNode {
  return {
    id,
    name: `${id}.${suffix}`,
    hostName: id,
    addresses: [],
    tags: ['tag:clawql-mcp'],
    os: 'linux',
    online: true,
    expired: false,
    isSelf: false,
    isOwn: false,
    routes: [],
    ...parts,
  };
}

export const laptop = node('laptop', {
  tags: [],
  isSelf: true,
  isOwn: true,
  addresses: ['100.101.102.103', 'fd7a:115c:a1e0::1'],
});

export function tailnet(peers: readonly TailnetNode[], parts: Partial<Tailnet> = {}): Tailnet {
  const all = {
    name: 'alice@example.com',
    suffix,
    magicDns: true,
    self: laptop,
    peers,
    extraRecords: new Map(),
    services: [],
    certDomains: [],
    health: [],
    problems: [],
    ...parts,
  };
  return { ...all, index: new TailnetIndex(all) };
}

export function running(peers: readonly TailnetNode[], parts: Partial<Tailnet> = {}): TailnetState {
  return { kind: 'running', tailnet: tailnet(peers, parts) };
}

export function host(of: TailnetNode, urls = [`https://${of.name}/mcp`, `http://${of.name}:8080/mcp`]): Host {
  return {
    id: of.id,
    label: shortName(of),
    name: of.name || of.hostName,
    evidence: { kind: 'tag', tag: 'tag:clawql-mcp' },
    node: of,
    addresses: of.addresses,
    candidates: urls,
  };
}

/** What `hostsOf` looks for by the settings alone. */
export function wanted(parts: Partial<Settings> = {}, others: Partial<WantedHosts> = {}): WantedHosts {
  return { settings: settings(parts), found: [], entered: [], ...others };
}

export function answered(url: string, parts: Partial<AnsweredProbe> = {}): AnsweredProbe {
  return {
    kind: 'answered',
    url,
    server: { name: 'clawql-mcp', version: '5.0.0' },
    tools: ['search', 'execute'],
    protocolVersion: '2025-06-18',
    healthz: { status: 'ok', endpoint: '/mcp' },
    latencyMs: 12.4,
    ...parts,
  };
}

export function failed(url: string, failure: ProbeFailure, step: ProbeStep = 'connect'): ProbeOutcome {
  return { kind: 'failed', url, step, failure };
}

export function report(of: Host, outcomes: readonly ProbeOutcome[], at?: number): HostReport {
  return at === undefined ? { host: of, outcomes } : { host: of, outcomes, at };
}

export function selectionOf(of: TailnetNode, parts: Partial<Selection> = {}): Selection {
  return { tailnet: 'alice@example.com', hostId: of.id, label: of.hostName, url: `https://${of.name}/mcp`, ...parts };
}

export function snapshot(parts: Partial<Snapshot> = {}): Snapshot {
  return {
    tailnet: running([]),
    hosts: [],
    selection: undefined,
    health: { kind: 'not-selected' },
    lookups: new Map(),
    otherSuffixes: new Map(),
    settings: defaultSettings,
    vantage: {},
    environment: { isVSCode: false, names: new Set(), ignoresCase: false },
    trusted: true,
    ...parts,
  };
}

export function settings(parts: Partial<Settings> = {}): Settings {
  return { ...defaultSettings, ...parts };
}
