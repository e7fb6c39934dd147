import { formatAddress, parsePrefix, prefixContains, unmapped, type Address, type Prefix } from './address.ts';
import type { Tailnet, TailnetNode, TailnetService } from './tailnet.ts';

/** What has a name or an address in the tailnet. */
export type Holder =
  | { readonly kind: 'node'; readonly node: TailnetNode }
  | { readonly kind: 'service'; readonly service: TailnetService }
  /** A DNS record that the tailnet's administrator added, by its name. */
  | { readonly kind: 'record'; readonly name: string };

interface Route {
  readonly prefix: Prefix;
  readonly node: TailnetNode;
}

/** What an index is made of. */
export type Indexed = Pick<Tailnet, 'self' | 'peers' | 'services' | 'extraRecords'>;

/**
 * Who has which name and address, so that a look-up does not depend on how many peers there are. Where two have the same, a node comes
 * before a Service, and that before a record; the own node before all. Each table is made when it is asked for first: of ten thousand
 * peers it takes milliseconds, and most windows look nothing up. It follows from the tailnet alone, so that two of equal ones are equal.
 */
export class TailnetIndex {
  readonly #nodes: readonly TailnetNode[];
  readonly #indexed: Indexed;
  #names: ReadonlyMap<string, TailnetNode> | undefined;
  #v4: ReadonlyMap<string, TailnetNode> | undefined;
  #v6: ReadonlyMap<string, TailnetNode> | undefined;
  #others: ReadonlyMap<string, Holder> | undefined;
  #routes: readonly Route[] | undefined;

  constructor(indexed: Indexed) {
    this.#indexed = indexed;
    this.#nodes = [...indexed.peers, indexed.self];
  }

  /** By full name, lower case, without the trailing dot. */
  byName(name: string): Holder | undefined {
    this.#names ??= nodesByName(this.#nodes);
    return this.#holderOf(this.#names.get(name), name);
  }

  /** By canonical text of the address. */
  byAddress(text: string): Holder | undefined {
    const node =
      familyOf(text) === 6
        ? (this.#v6 ??= nodesByAddress(this.#nodes, 6)).get(text)
        : (this.#v4 ??= nodesByAddress(this.#nodes, 4)).get(text);
    return this.#holderOf(node, text);
  }

  /** The node through which an address is reached as part of a subnet: of several the one with the longest prefix. */
  routerOf(address: Address): TailnetNode | undefined {
    this.#routes ??= routesOf(this.#nodes);
    return this.#routes.find(({ prefix }) => prefixContains(prefix, address))?.node;
  }

  #holderOf(node: TailnetNode | undefined, key: string): Holder | undefined {
    if (node !== undefined) return { kind: 'node', node };
    this.#others ??= otherHolders(this.#indexed);
    return this.#others.get(key);
  }
}

function otherHolders({ services, extraRecords }: Indexed): ReadonlyMap<string, Holder> {
  const holders = new Map<string, Holder>();
  for (const [name, texts] of extraRecords) {
    for (const key of [name, ...texts]) holders.set(key, { kind: 'record', name });
  }
  for (const service of services) {
    for (const key of [service.dnsName, ...service.addresses]) holders.set(key, { kind: 'service', service });
  }
  return holders;
}

function nodesByName(nodes: readonly TailnetNode[]): ReadonlyMap<string, TailnetNode> {
  const found = new Map<string, TailnetNode>();
  for (const node of nodes) if (node.name !== '') found.set(node.name, node);
  return found;
}

function nodesByAddress(nodes: readonly TailnetNode[], family: 4 | 6): ReadonlyMap<string, TailnetNode> {
  const found = new Map<string, TailnetNode>();
  for (const node of nodes) {
    for (const text of node.addresses) if (familyOf(text) === family) found.set(text, node);
  }
  return found;
}

function familyOf(text: string): 4 | 6 {
  return text.includes(':') ? 6 : 4;
}

function routesOf(nodes: readonly TailnetNode[]): readonly Route[] {
  const routes = nodes.flatMap((node) =>
    node.routes.flatMap((text) => {
      const prefix = parsePrefix(text);
      // A default route is an exit node's, and everything lies in it: it says nothing about a target.
      return prefix !== undefined && prefix.bits > 0 ? [{ prefix, node }] : [];
    }),
  );
  return routes.toSorted((one, other) => other.prefix.bits - one.prefix.bits);
}

/** Who has a name: in full, or by the first label, which the search domain completes. `name` is lower case, without trailing dot. */
export function holderOfName(name: string, { index, suffix }: Tailnet): Holder | undefined {
  return index.byName(name.includes('.') || suffix === '' ? name : `${name}.${suffix}`);
}

export function holderOfAddress(address: Address, { index }: Tailnet): Holder | undefined {
  return index.byAddress(formatAddress(unmapped(address)));
}

/** The node through which an address is reached as part of a subnet. */
export function routerOf(address: Address, { index }: Tailnet): TailnetNode | undefined {
  return index.routerOf(unmapped(address));
}
