import type { HostReport } from '../clawql/hostReport.ts';
import { hostsByName, pathOf } from '../clawql/sameEndpoint.ts';
import { bridgedUrl, type McpServer } from '../mcp/mcpDocument.ts';
import { targetOf } from './urlTarget.ts';

/**
 * What a server is to its client, as a text that is the same for two that reach one endpoint and differ in nothing else: other headers can
 * mean another user, and other lists other tools. Undefined for a server without a URL.
 */
export function meaningOf(hosts: readonly HostReport[]): (server: McpServer) => string | undefined {
  const byName = hostsByName(hosts);
  return (server) => {
    const written = (server.url ?? bridgedUrl(server))?.value;
    if (written === undefined) return undefined;
    const target = targetOf(written);
    // Two that name the same variables lead to the same place, wherever that is.
    const endpoint =
      target === undefined ? written : endpointText(target.url, byName.get(target.host)?.host.id ?? target.host);
    const others = Object.entries(server.definition).filter(([name]) => name !== server.urlKey && name !== 'type');
    return JSON.stringify([endpoint, ...others.toSorted(([one], [other]) => (one < other ? -1 : 1))]);
  };
}

function endpointText(url: URL, machine: string): string {
  return `${url.protocol} ${machine} ${url.port} ${pathOf(url)} ${url.search}`;
}
