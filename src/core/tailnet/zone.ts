import { parseAddress, parsePrefix, prefixContains, sameAddress, unmapped, type Address } from './address.ts';
import { rangeOf } from './addressRanges.ts';
import { nodesOf, type Tailnet, type TailnetNode, type TailnetState } from './tailnet.ts';

/** What a URL's host means for the trust boundary, and what that was concluded from. */
export type Zone =
  | { readonly kind: 'loopback' }
  | { readonly kind: 'tailnet'; readonly node: TailnetNode | undefined; readonly by: 'name' | 'address' | 'lookup' }
  | { readonly kind: 'unknown-node' }
  | { readonly kind: 'subnet-route'; readonly node: TailnetNode }
  | { readonly kind: 'cluster' }
  | { readonly kind: 'lan' }
  | { readonly kind: 'public'; readonly by: 'address' | 'lookup'; readonly address: string }
  | { readonly kind: 'unresolved' };

/** What the system's resolver said of a name; a name that is not in the map has not been asked for. */
export type NameLookups = ReadonlyMap<string, readonly string[]>;

/** What zones are decided from. */
export interface ZoneEvidence {
  readonly tailnet: TailnetState;
  readonly lookups: NameLookups;
}

const lanSuffixes = ['.local', '.lan', '.home.arpa', '.internal'];

/**
 * The zone of a host in the form that the WHATWG URL parser gives (`new URL(…).hostname`).
 * Without a daemon's status or a resolver's answer the zone is `unresolved` rather than a guess.
 */
export function zoneOf(host: string, evidence: ZoneEvidence): Zone {
  const name = normalHost(host);
  if (name === '' || /[${}<>%\s]/.test(name)) return { kind: 'unresolved' };
  const address = parseAddress(name);
  return address === undefined ? zoneOfName(name, evidence) : zoneOfAddress(address, name, evidence, 'address');
}

/** Lower case, without the trailing dot: how names are compared everywhere here. */
export function normalHost(host: string): string {
  return host.toLowerCase().replace(/\.$/, '');
}

/** Whether only the system's resolver can tell this host's zone. A tailnet's names are the daemon's to know: no DNS server hears of them. */
export function needsLookup(host: string, tailnet: TailnetState): boolean {
  const name = normalHost(host);
  if (parseAddress(name) !== undefined || /\.(ts\.net|clawql\.local)$/.test(name)) return false;
  return (
    name.includes('.') &&
    zoneOf(name, { tailnet, lookups: new Map() }).kind === 'unresolved' &&
    !/[${}<>%\s]/.test(name)
  );
}

function zoneOfName(name: string, evidence: ZoneEvidence): Zone {
  const { tailnet: state, lookups } = evidence;
  if (name === 'localhost' || name.endsWith('.localhost')) return { kind: 'loopback' };
  const tailnet = state.kind === 'running' ? state.tailnet : undefined;
  const found = zoneOfLookup(lookups.get(name), evidence);
  if (tailnet !== undefined) {
    const node = nodeByName(name, tailnet);
    if (node !== undefined) return { kind: 'tailnet', node, by: 'name' };
    if (tailnet.extraRecords.has(name)) return { kind: 'tailnet', node: undefined, by: 'name' };
    // Daemons before 1.100 do not list the extra records: then the resolver's word is all there is.
    if (tailnet.suffix !== '' && name.endsWith(`.${tailnet.suffix}`)) {
      return found.kind === 'tailnet' ? found : { kind: 'unknown-node' };
    }
  }
  if (name.endsWith('.ts.net')) return tailnet === undefined ? { kind: 'unresolved' } : { kind: 'unknown-node' };
  if (/\.svc(\.cluster\.local)?$/.test(name)) return { kind: 'cluster' };
  // Short names and ClawQL's own suffix are a tailnet's as well as a cluster's: only a tailnet that is known can tell.
  if (!name.includes('.') || name.endsWith('.clawql.local')) {
    return tailnet === undefined ? { kind: 'unresolved' } : { kind: 'cluster' };
  }
  return lanSuffixes.some((suffix) => name.endsWith(suffix)) ? { kind: 'lan' } : found;
}

/** A name is public only when every address it has is: one inside the tailnet makes it the company's own name for it. */
function zoneOfLookup(answers: readonly string[] | undefined, evidence: ZoneEvidence): Zone {
  const zones = (answers ?? []).map((text) => {
    const address = parseAddress(text);
    return address === undefined ? undefined : zoneOfAddress(address, text, evidence, 'lookup');
  });
  const inside = zones.find((zone) => zone !== undefined && zone.kind !== 'public');
  return inside ?? zones[0] ?? { kind: 'unresolved' };
}

function zoneOfAddress(
  address: Address,
  text: string,
  { tailnet: state }: ZoneEvidence,
  by: 'address' | 'lookup',
): Zone {
  const range = rangeOf(address);
  if (range === 'loopback') return { kind: 'loopback' };
  if (state.kind === 'running') {
    const node = nodeByAddress(address, state.tailnet);
    const isRecord = [...state.tailnet.extraRecords.values()].some((value) => sameAddress(value, address));
    if (node !== undefined || isRecord) return { kind: 'tailnet', node, by };
    const router = routerOf(address, state.tailnet);
    if (router !== undefined) return { kind: 'subnet-route', node: router };
    if (range === 'tailscale') return { kind: 'unknown-node' };
  }
  if (range === 'private') return { kind: 'lan' };
  return range === 'global' ? { kind: 'public', by, address: text } : { kind: 'unresolved' };
}

/** By full MagicDNS name, or by the first label, which the search domain completes. */
export function nodeByName(name: string, tailnet: Tailnet): TailnetNode | undefined {
  const full = name.includes('.') || tailnet.suffix === '' ? name : `${name}.${tailnet.suffix}`;
  return nodesOf(tailnet).find((node) => node.name !== '' && node.name === full);
}

function nodeByAddress(address: Address, tailnet: Tailnet): TailnetNode | undefined {
  return nodesOf(tailnet).find((node) => node.addresses.some((text) => sameAddress(text, address)));
}

function routerOf(address: Address, tailnet: Tailnet): TailnetNode | undefined {
  const plain = unmapped(address);
  // A default route is an exit node's, and everything lies in it: it says nothing about a target.
  return nodesOf(tailnet).find((node) =>
    node.routes.some((text) => {
      const prefix = parsePrefix(text);
      return prefix !== undefined && prefix.bits > 0 && prefixContains(prefix, plain);
    }),
  );
}
