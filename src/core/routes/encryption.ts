import type { Zone } from '../tailnet/zone.ts';
import type { McpHost } from './mcpHost.ts';
import type { RouteTarget } from './route.ts';

/** What protects the packets of one hop. */
export interface Encryption {
  readonly tls: 'yes' | 'no' | 'unknown';
  /**
   * - `whole`: all the way; `conditional`: as long as the MCP host is in this tailnet, which is not known;
   * - `to-router`: as far as the node that routes the subnet;
   * - `inside-host`: no packet leaves the MCP host.
   */
  readonly wireguard: 'whole' | 'conditional' | 'to-router' | 'inside-host' | 'no' | 'unknown';
}

/** From the MCP host to where a route leads. */
export function routeEncryption(target: RouteTarget, host: McpHost): Encryption {
  switch (target.kind) {
    case 'none':
      return { tls: 'unknown', wireguard: 'unknown' };
    case 'vendor':
      return { tls: 'yes', wireguard: 'no' };
    case 'url':
      return { tls: target.tls, wireguard: wireguardTo(target.zone, target.isVendor, host) };
  }
}

function wireguardTo(zone: Zone, isVendor: boolean, host: McpHost): Encryption['wireguard'] {
  switch (zone.kind) {
    case 'loopback':
      return 'inside-host';
    case 'tailnet':
      if (zone.holder.kind === 'node' && host.kind === 'node' && zone.holder.node.id === host.node.id)
        return 'inside-host';
      if (zone.alsoPublic !== undefined) return 'unknown';
      return inTailnet(host);
    case 'subnet-route':
      // A host that routes the subnet itself sends into it as it is.
      if (host.kind === 'node' && host.node.id === zone.node.id) return 'no';
      return inTailnet(host) === 'whole' ? 'to-router' : 'unknown';
    case 'public':
    case 'lan':
      return 'no';
    case 'unresolved':
      return isVendor ? 'no' : 'unknown';
    case 'cluster':
    case 'unknown-node':
      return 'unknown';
  }
}

function inTailnet(host: McpHost): 'whole' | 'conditional' {
  return host.kind === 'node' || host.kind === 'service' ? 'whole' : 'conditional';
}
