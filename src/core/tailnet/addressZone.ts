import { formatAddress, parseAddress, unmapped, type Address } from './address.ts';
import { rangeOf } from './addressRanges.ts';
import type { Tailnet } from './tailnet.ts';
import { holderOfAddress, routerOf } from './tailnetIndex.ts';
import type { Zone, ZoneBy, ZoneEvidence } from './zone.ts';

/** The zone of an address. `by` is how the address was come by: it stood there, or a resolver or the status gave it for a name. */
export function zoneOfAddress(spelled: Address, by: ZoneBy, { tailnet: state }: Pick<ZoneEvidence, 'tailnet'>): Zone {
  const address = unmapped(spelled);
  const range = rangeOf(address);
  if (range === 'loopback') return { kind: 'loopback' };
  if (state.kind === 'running') {
    const holder = holderOfAddress(address, state.tailnet);
    // Administrators point records at machines of any network: that does not put the machine into the tailnet.
    if (holder !== undefined && (holder.kind !== 'record' || range === 'tailscale'))
      return { kind: 'tailnet', holder, by };
    if (range === 'magicdns') return { kind: 'loopback' };
    const router = routerOf(address, state.tailnet);
    // What this machine routes for others, it reaches itself.
    if (router !== undefined && !router.isSelf) return { kind: 'subnet-route', node: router };
    if (range === 'tailscale' && givesOut(address, state.tailnet)) return { kind: 'unknown-node' };
  }
  if (range === 'private') return { kind: 'lan' };
  if (range !== 'global') return { kind: 'unresolved' };
  return { kind: 'public', by: by === 'address' ? 'address' : 'lookup', address: formatAddress(address) };
}

/**
 * Whether this tailnet gives out addresses of Tailscale's own range: the own address tells, which lies there or does not. Headscale can
 * have another prefix, and a tailnet without IPv4 leaves 100.64.0.0/10 to the carrier. Another prefix is not derived from nodes' addresses:
 * its length is not known, and a LAN can lie beside it, so an address there that no node has is only what its own range says.
 */
function givesOut({ family }: Address, { self }: Tailnet): boolean {
  return self.addresses.some((text) => {
    const own = parseAddress(text);
    return own?.family === family && rangeOf(own) === 'tailscale';
  });
}

/** The first of these that one of several answers has is the name's. An address of which nothing is known decides only alone. */
const precedence: readonly Zone['kind'][] = ['tailnet', 'subnet-route', 'unknown-node', 'loopback', 'lan', 'public'];

/**
 * The zone of a name to which a resolver or the status gave these addresses. A name is public only when every address is of which
 * something is known: one inside the tailnet makes it the company's own name for it, and the zone then says what else it has.
 */
export function zoneOfAddresses(
  texts: readonly string[],
  by: 'name' | 'lookup',
  evidence: Pick<ZoneEvidence, 'tailnet'>,
): Zone {
  const zones = texts.flatMap((text) => {
    const address = parseAddress(text);
    return address === undefined ? [] : [zoneOfAddress(address, by, evidence)];
  });
  const first = precedence
    .map((kind) => zones.find((zone) => zone.kind === kind))
    .find((zone) => zone !== undefined) ?? { kind: 'unresolved' };
  const outside = zones.find((zone) => zone.kind === 'public');
  return first.kind === 'tailnet' && outside !== undefined ? { ...first, alsoPublic: outside.address } : first;
}
