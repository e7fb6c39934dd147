import type { Settings } from '../settings.ts';
import { nodesOf, type Tailnet, type TailnetNode, type TailnetState } from '../tailnet/tailnet.ts';
import type { Holder } from '../tailnet/tailnetIndex.ts';
import { holderOfEntry, hostOfHolder } from './holderHost.ts';
import type { Host, HostEvidence } from './host.ts';
import { endpointUrl, parseHostEntry } from './hostEntry.ts';

/** Who is looked for. */
export interface WantedHosts {
  readonly settings: Pick<Settings, 'tags' | 'ports' | 'hosts'>;
  /** Ids of the user's own nodes on which a search found ClawQL. */
  readonly found: readonly string[];
  /** URLs of endpoints that the user entered; they count without a tailnet too. */
  readonly entered: readonly string[];
}

/**
 * The hosts: by tag, by name in the settings, by Service, found on the user's own machines. One that is known in several ways is one
 * host, known by the first of them. Those of this tailnet come first, then those shared in from another one, then the endpoints that the
 * user entered: each stands for itself, whether or not the tailnet knows its node.
 */
export function hostsOf(state: TailnetState, wanted: WantedHosts): readonly Host[] {
  const tailnet = state.kind === 'running' ? state.tailnet : undefined;
  const inside = tailnet === undefined ? [] : hostsIn(tailnet, wanted);
  return [...inside.toSorted(byNearness), ...wanted.entered.flatMap((url) => enteredHost(url, tailnet))];
}

/** The entries of `clawql.hosts` that name nobody in this tailnet: a typo, a removed node, or one that the policy hides. */
export function unmatchedEntries(tailnet: Tailnet, entries: readonly string[]): readonly string[] {
  return entries.filter((entry) => namedHolder(entry, tailnet) === undefined);
}

function hostsIn(tailnet: Tailnet, { settings, found }: WantedHosts): readonly Host[] {
  const hosts = new Map<string, Host>();
  const add = (holder: Holder | undefined, evidence: HostEvidence, entry?: string): void => {
    const host = holder && hostOfHolder(holder, tailnet, settings.ports, evidence);
    if (host === undefined) return;
    const known = hosts.get(host.id) ?? host;
    const first = entry === undefined ? [] : wantedFirst(entry, host);
    hosts.set(
      host.id,
      first.length === 0 ? known : { ...known, candidates: [...new Set([...first, ...known.candidates])] },
    );
  };
  const isWanted = (tag: string): boolean => settings.tags.includes(tag);
  const addTagged = (node: TailnetNode): void => {
    const tag = node.tags.length === 0 ? undefined : node.tags.find(isWanted);
    if (tag !== undefined) add({ kind: 'node', node }, { kind: 'tag', tag });
  };
  addTagged(tailnet.self);
  tailnet.peers.forEach(addTagged);
  for (const entry of settings.hosts) add(namedHolder(entry, tailnet), { kind: 'setting', entry }, entry);
  const names = serviceNames(settings.tags);
  for (const service of tailnet.services.filter(({ name }) => names.has(name))) {
    add({ kind: 'service', service }, { kind: 'service', service: service.name });
  }
  if (found.length > 0) {
    for (const node of nodesOf(tailnet).filter(({ id }) => found.includes(id)))
      add({ kind: 'node', node }, { kind: 'found' });
  }
  return [...hosts.values()];
}

/** Where an entry itself says at which endpoint, that one is the most wanted. */
function wantedFirst(entry: string, { candidates }: Host): readonly string[] {
  const door = parseHostEntry(entry)?.door;
  return door === undefined ? [] : [endpointUrl(new URL(candidates[0] ?? '').hostname, door)];
}

/** `svc:clawql-mcp` stands beside `tag:clawql-mcp`; and what ClawQL itself would be called. */
function serviceNames(tags: readonly string[]): ReadonlySet<string> {
  return new Set(['svc:clawql', ...tags.map((tag) => tag.replace(/^tag:/, 'svc:').toLowerCase())]);
}

/** The node or Service that an entry names. */
function namedHolder(text: string, tailnet: Tailnet): Exclude<Holder, { kind: 'record' }> | undefined {
  const entry = parseHostEntry(text);
  const holder = entry && holderOfEntry(entry.name, tailnet);
  return holder?.kind === 'record' ? undefined : holder;
}

/** Where the tailnet knows the name, the endpoint is asked at that node's addresses only. */
function enteredHost(url: string, tailnet: Tailnet | undefined): readonly Host[] {
  const label = URL.parse(url)?.host;
  if (label === undefined) return [];
  const evidence: HostEvidence = { kind: 'entered', url };
  const holder = tailnet && namedHolder(url, tailnet);
  const { node, addresses } = (holder && hostOfHolder(holder, tailnet, [], evidence)) ?? {};
  return [
    {
      id: url,
      label,
      name: label,
      evidence,
      candidates: [url],
      ...(node && { node }),
      ...(addresses && { addresses }),
    },
  ];
}

function byNearness(one: Host, other: Host): number {
  const isShared = ({ node }: Host): number => Number(node?.sharedBy !== undefined);
  return isShared(one) - isShared(other) || compareNames(one.name, other.name);
}

/** MagicDNS names are lower-case ASCII: their code units are their order, and a locale's takes longer than all the rest here. */
function compareNames(one: string, other: string): number {
  return Number(one > other) - Number(one < other);
}
