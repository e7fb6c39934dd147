import { reportOn } from '../clawql/hostReport.ts';
import { nodeOfSelection } from '../diagnosis/nodeOfSelection.ts';
import { shownUrl } from '../mcp/shownUrl.ts';
import type { Snapshot } from '../snapshot.ts';
import type { TailnetNode } from '../tailnet/tailnet.ts';
import { zoneOf } from '../tailnet/zoneOf.ts';
import type { Encryption } from './encryption.ts';

/** The machine on which ClawQL's server runs, by the selection of this window. */
export type McpHost =
  | { readonly kind: 'none' }
  | { readonly kind: 'node'; readonly label: string; readonly url: string; readonly node: TailnetNode }
  /** Which of its nodes answers is not known. */
  | { readonly kind: 'service'; readonly label: string; readonly url: string }
  /** An endpoint that the user entered, or a node that is not visible now. */
  | { readonly kind: 'other'; readonly label: string; readonly url: string };

export function mcpHostOf(snapshot: Snapshot): McpHost {
  const { selection, tailnet, hosts } = snapshot;
  if (selection === undefined) return { kind: 'none' };
  const called = { label: selection.label, url: shownUrl(selection.url) };
  const { node } = nodeOfSelection(selection, tailnet);
  if (node !== undefined) return { kind: 'node', ...called, node };
  const evidence = reportOn(selection.hostId, hosts)?.host.evidence;
  const isService = selection.hostId.startsWith('svc:') || evidence?.kind === 'service';
  return isService && tailnet.kind === 'running' ? { kind: 'service', ...called } : { kind: 'other', ...called };
}

/** Whether the machine from which the snapshot was seen is the MCP host, or nothing says that another one is. */
export function isHostHere(host: McpHost): boolean {
  return host.kind === 'none' || (host.kind === 'node' && host.node.isSelf);
}

/** From this editor to the MCP host. */
export function hostEncryption(host: McpHost, snapshot: Snapshot): Encryption {
  if (host.kind === 'none') return { tls: 'unknown', wireguard: 'unknown' };
  const url = new URL(host.url);
  const tls = url.protocol === 'https:' ? 'yes' : 'no';
  if (host.kind === 'node') return { tls, wireguard: host.node.isSelf ? 'inside-host' : 'whole' };
  const zone = zoneOf(url.hostname, snapshot);
  switch (zone.kind) {
    case 'tailnet':
      return { tls, wireguard: zone.alsoPublic === undefined ? 'whole' : 'unknown' };
    case 'loopback':
      return { tls, wireguard: 'inside-host' };
    case 'subnet-route':
      return { tls, wireguard: 'to-router' };
    case 'public':
    case 'lan':
      return { tls, wireguard: 'no' };
    default:
      return { tls, wireguard: 'unknown' };
  }
}
