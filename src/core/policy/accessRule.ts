import type { Node } from 'jsonc-parser';
import { stringOf, type JsonString } from '../mcp/jsonText.ts';
import { destinationOf, type Destination } from './destination.ts';
import { nameUse, type NameUse } from './nameUse.ts';
import { fieldOf, itemsOf, stringsOf } from './policyTree.ts';
import { parsePorts, type PortRange } from './portRanges.ts';

/** What a grant opens at all of its destinations: `tcp:443`, `443`, `*`. */
export interface Opening {
  readonly string: JsonString;
  readonly ports: readonly PortRange[];
}

/** One rule that lets somebody reach something. */
export interface AccessRule {
  readonly kind: 'acl' | 'grant';
  readonly node: Node;
  readonly sources: readonly NameUse[];
  /** Of a grant, without ports: those are in `openings`. */
  readonly destinations: readonly Destination[];
  /** Whether what the rule lets through has ports at all, as TCP, UDP and SCTP have. */
  readonly hasPorts: boolean;
  /** Whether the rule lets TCP through, which MCP needs; of a grant `openings` are those that do. */
  readonly isTcp: boolean;
  readonly openings: readonly Opening[];
  readonly uses: readonly NameUse[];
}

/** Undefined where the policy has neither `acls` nor `grants`. */
export function accessRules(text: string, root: Node | undefined): readonly AccessRule[] | undefined {
  const [acls, grants] = ['acls', 'grants'].map((name) => fieldOf(root, name)?.value);
  if (acls === undefined && grants === undefined) return undefined;
  return [...itemsOf(acls).map((node) => aclOf(text, node)), ...itemsOf(grants).map((node) => grantOf(text, node))];
}

/** `users` and `ports` are what `src` and `dst` were called before; Tailscale still takes them. */
function aclOf(text: string, node: Node): AccessRule {
  const strings = (names: readonly string[]): readonly JsonString[] =>
    names.flatMap((name) => stringsOf(text, fieldOf(node, name)?.value));
  const sources = strings(['src', 'users']).map((string) => nameUse(string, 'source'));
  const destinations = strings(['dst', 'ports']).map((string) => destinationOf(string, 'destination'));
  const protocol = stringOf(text, fieldOf(node, 'proto')?.value)?.value.toLowerCase() ?? '';
  return {
    kind: 'acl',
    node,
    sources,
    destinations,
    hasPorts: isTcp(protocol) || ['udp', '17', 'sctp', '132'].includes(protocol),
    isTcp: isTcp(protocol),
    openings: [],
    uses: [...sources, ...destinations.map(({ use }) => use)],
  };
}

function grantOf(text: string, node: Node): AccessRule {
  const strings = (name: string): readonly JsonString[] => stringsOf(text, fieldOf(node, name)?.value);
  const sources = strings('src').map((string) => nameUse(string, 'source'));
  const destinations = strings('dst').map((string) => ({ use: nameUse(string, 'destination') }));
  const openings = strings('ip').flatMap((string) => openingOf(string) ?? []);
  const via = strings('via').map((string) => nameUse(string, 'via'));
  return {
    kind: 'grant',
    node,
    sources,
    destinations,
    hasPorts: true,
    isTcp: openings.length > 0,
    openings,
    uses: [...sources, ...destinations.map(({ use }) => use), ...via],
  };
}

/** Undefined where it lets no TCP through. */
function openingOf(string: JsonString): Opening | undefined {
  const [, protocol = '', portsText = ''] = /^(?:([^:]*):)?([^:]*)$/.exec(string.value) ?? [];
  const ports = parsePorts(portsText);
  return ports === undefined || !isTcp(protocol.toLowerCase()) ? undefined : { string, ports };
}

/** Without a protocol TCP, UDP and ICMP are meant; 6 is TCP's number. */
function isTcp(protocol: string): boolean {
  return ['', '*', 'tcp', '6'].includes(protocol);
}
