import { nodesOf, type Tailnet } from '../tailnet/tailnet.ts';
import type { Holder } from '../tailnet/tailnetIndex.ts';
import { zoneOf } from '../tailnet/zoneOf.ts';
import type { Snapshot } from '../snapshot.ts';
import type { McpHost } from './mcpHost.ts';
import type { Answer, RouteTarget } from './route.ts';

/** Where a route is looked at from here: an address of the live tailnet or of this machine, and no other. */
export interface AskedPlace {
  readonly address: string;
  readonly port: number;
}

/** What was seen at each place, by `placeKey`. */
export type Answers = ReadonlyMap<string, Answer>;

export function placeKey({ address, port }: AskedPlace): string {
  return `${address} ${port}`;
}

/** Where a target may be looked at, or why not. */
export function placeToAsk(target: RouteTarget, host: McpHost, snapshot: Snapshot): AskedPlace | Answer {
  if (target.kind === 'none') return notAsked('no-target');
  if (target.kind === 'vendor') return notAsked('public');
  if (!snapshot.trusted) return notAsked('not-trusted');
  const { zone, port } = target;
  if (port === undefined) return notAsked('not-in-tailnet');
  switch (zone.kind) {
    case 'loopback':
      return host.kind === 'node' && host.node.isSelf ? { address: '127.0.0.1', port } : notAsked('host-loopback');
    case 'tailnet': {
      if (zone.holder.kind === 'node' && !zone.holder.node.isSelf && !zone.holder.node.online)
        return notAsked('offline');
      const address =
        snapshot.tailnet.kind === 'running' ? addressOf(zone.holder, snapshot.tailnet.tailnet, snapshot) : undefined;
      return address === undefined ? notAsked('not-in-tailnet') : { address, port };
    }
    case 'public':
      return notAsked('public');
    case 'unresolved':
      return notAsked(target.isVendor ? 'public' : 'not-in-tailnet');
    default:
      return notAsked('not-in-tailnet');
  }
}

export function isPlace(asked: AskedPlace | Answer): asked is AskedPlace {
  return 'port' in asked;
}

function notAsked(why: Extract<Answer, { kind: 'not-asked' }>['why']): Answer {
  return { kind: 'not-asked', why };
}

function addressOf(holder: Holder, tailnet: Tailnet, snapshot: Snapshot): string | undefined {
  switch (holder.kind) {
    case 'node':
      return nodesOf(tailnet).find(({ id }) => id === holder.node.id)?.addresses[0];
    case 'service':
      return holder.service.addresses[0];
    case 'record':
      // An administrator's record can lead anywhere.
      return tailnet.extraRecords.get(holder.name)?.find((address) => zoneOf(address, snapshot).kind === 'tailnet');
  }
}
