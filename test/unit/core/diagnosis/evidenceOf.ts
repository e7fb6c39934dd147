import type { EditorSeen, Evidence } from '../../../../src/core/diagnosis/evidence.ts';
import type { Looks } from '../../../../src/core/diagnosis/looks.ts';
import { nodeOfSelection } from '../../../../src/core/diagnosis/nodeOfSelection.ts';
import type { ProbeFailure, ProbeOutcome, ProbeStep } from '../../../../src/core/mcp/probeOutcome.ts';
import { answered, failed, host, node, report, running, selectionOf } from '../../support/builders.ts';

export const clawql = node('clawql-1', { addresses: ['100.64.0.2', 'fd7a:115c:a1e0::2'] });
export const url = `http://${clawql.name}:8080/mcp`;
export const httpsUrl = `https://${clawql.name}/mcp`;

/** What is seen on the way to a node that is there and reached. */
const reached: Looks = {
  network: { interfaces: 1 },
  preferences: { acceptsDns: true },
  systemName: { kind: 'addresses', addresses: ['100.64.0.2'] },
  magicDnsName: { kind: 'addresses', addresses: ['100.64.0.2'] },
  route: { kind: 'route', localAddress: '100.101.102.103', isTailnet: true },
  tsmp: { kind: 'pong', latencyMs: 2 },
  icmp: { kind: 'pong', latencyMs: 2 },
  path: { kind: 'direct', latencyMs: 2 },
  tcp: { kind: 'open', address: '100.64.0.2' },
};

export const vscode: EditorSeen = {
  name: 'VS Code',
  proof: { kind: 'observed', tools: 7, url, vantage: {} },
  startedWithoutTools: false,
};

/** The evidence of a selected node whose call came to this. */
export function evidenceOf(call: ProbeOutcome | undefined, looks: Looks = {}, parts: Partial<Evidence> = {}): Evidence {
  const tailnet = parts.tailnet ?? running([clawql]);
  const selection = parts.selection ?? selectionOf(clawql, { url: call?.url ?? url });
  return {
    selection,
    tailnet,
    vantage: {},
    settings: { tags: ['tag:clawql-mcp'] },
    report: report(host(clawql), call === undefined ? [] : [call], 5_000),
    ...nodeOfSelection(selection, tailnet),
    looks: { ...reached, ...looks, ...(call && { call }) },
    ...parts,
  };
}

export function failing(failure: ProbeFailure, step: ProbeStep = 'connect', at = url): ProbeOutcome {
  return failed(at, failure, step);
}

export function answering(parts: Parameters<typeof answered>[1] = {}): ProbeOutcome {
  return answered(url, parts);
}

/** Without the parts that are named. */
export function without(evidence: Evidence, ...keys: readonly (keyof Evidence)[]): Evidence {
  return Object.fromEntries(
    Object.entries(evidence).filter(([key]) => !keys.includes(key as keyof Evidence)),
  ) as unknown as Evidence;
}
