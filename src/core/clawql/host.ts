import type { Settings } from '../settings.ts';
import type { Tailnet, TailnetNode } from '../tailnet/tailnet.ts';
import { nodesOf } from '../tailnet/tailnet.ts';

/** A URL at which a node may answer as ClawQL. */
export interface Endpoint {
  readonly nodeId: string;
  /** Where MCP clients connect, for example `http://clawql-1.example.ts.net:8080/mcp`. */
  readonly url: string;
}

/** A node that carries one of the tags that mark ClawQL hosts. */
export interface Host {
  readonly node: TailnetNode;
  /** The tag by which it was found. */
  readonly tag: string;
  /** Where it may answer, most wanted first; never empty. */
  readonly candidates: readonly Endpoint[];
}

/** ClawQL's own default (`MCP_PATH`); what the host's `healthz` names wins. Source: ClawQL `src/server-http.ts`. */
const defaultPath = '/mcp';

/** The hosts among the tailnet's nodes, in the order of their names. The own node counts: it may be the MCP host itself. */
export function hostsOf(tailnet: Tailnet, settings: Pick<Settings, 'tags' | 'ports'>): readonly Host[] {
  return nodesOf(tailnet)
    .flatMap((node) => {
      const tag = node.tags.find((candidate) => settings.tags.includes(candidate));
      const name = authorityName(node, tailnet);
      if (tag === undefined || name === undefined) return [];
      return [{ node, tag, candidates: [...new Set(settings.ports)].map((port) => endpointAt(node.id, name, port)) }];
    })
    .toSorted((one, other) => one.node.name.localeCompare(other.node.name, 'en'));
}

/** The MagicDNS name; where there is none, or one that no URL can hold as it is, an address, or nothing for a node that has neither. */
function authorityName(node: TailnetNode, tailnet: Tailnet): string | undefined {
  if (tailnet.magicDns && node.name !== '' && URL.parse(`http://${node.name}`)?.hostname === node.name)
    return node.name;
  const [address] = node.addresses;
  return address?.includes(':') ? `[${address}]` : address;
}

function endpointAt(nodeId: string, name: string, port: number): Endpoint {
  const authority = port === 443 ? `https://${name}` : port === 80 ? `http://${name}` : `http://${name}:${port}`;
  return { nodeId, url: authority + defaultPath };
}

/** Whether a host is asked at all. The own node may be offline to the control server and still answer itself. */
export function isAsked({ node }: Host): boolean {
  return !node.expired && (node.isSelf || node.online);
}
