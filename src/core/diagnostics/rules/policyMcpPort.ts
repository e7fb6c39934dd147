import type { JsonString, JsonText } from '../../mcp/jsonText.ts';
import { addItems, replacePart } from '../../mcp/jsonEdits.ts';
import { neededPorts, taggedHosts, type TaggedHost } from '../../policy/mcpPorts.ts';
import type { NameUse } from '../../policy/nameUse.ts';
import type { PolicyDocument } from '../../policy/policyDocument.ts';
import { doorsOf, mayOpen, type TagDoor } from '../../policy/reachablePorts.ts';
import type { Snapshot } from '../../snapshot.ts';
import type { Span, TextEdit } from '../../text.ts';
import { flat } from '../../views/escape.ts';
import { newPolicyFix, type Fix } from '../fix.ts';
import { policyContext } from '../policyContext.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

interface McpPort {
  readonly tag: string;
  readonly json: JsonText;
  /** Where the policy lets somebody reach the tag. */
  readonly doors: readonly TagDoor[];
  /** The hosts that answer at ports which no rule opens; none where no host has answered yet. */
  readonly hosts: readonly TaggedHost[];
  /** The ports at which these answer, or those of the settings. */
  readonly ports: readonly number[];
}

/** How many of those who are let in a title names. */
const mostNamed = 3;

export const policyMcpPort: Rule<McpPort> = {
  meta: {
    id: 'policy-mcp-port',
    severity: 'warning',
    summary: "A tailnet policy names the tag of ClawQL's hosts, and no rule opens a port at which they answer.",
  },
  check,
  message,
  fixes,
};

function check(context: RuleContext): readonly Finding<McpPort>[] {
  const { policy } = policyContext(context) ?? {};
  const rules = policy?.rules;
  if (policy === undefined || rules === undefined) return [];
  const { snapshot } = context;
  return snapshot.settings.tags.flatMap((tag) => {
    const shut = shutPorts(tag, policy, snapshot);
    const doors = doorsOf(tag, rules);
    const span = shut && placeOf(tag, doors[0], policy);
    return shut === undefined || span === undefined ? [] : [{ span, data: { tag, json: policy.json, doors, ...shut } }];
  });
}

/** Undefined where every host that answers can be reached; where none has answered, where one of the ports of the settings can. */
function shutPorts(
  tag: string,
  policy: PolicyDocument,
  snapshot: Snapshot,
): Pick<McpPort, 'hosts' | 'ports'> | undefined {
  const isOpen = (port: number): boolean => mayOpen(tag, port, policy);
  const answering = taggedHosts(tag, snapshot).filter(({ ports }) => ports.length > 0);
  if (answering.length === 0) {
    const { ports } = snapshot.settings;
    return ports.some(isOpen) ? undefined : { hosts: [], ports };
  }
  const hosts = answering.filter(({ ports }) => !ports.some(isOpen));
  return hosts.length === 0 ? undefined : { hosts, ports: neededPorts(hosts) };
}

/** Where the tag's ports are opened, or else where the tag is defined; undefined where the policy does not know it. */
function placeOf(tag: string, door: TagDoor | undefined, { tags }: PolicyDocument): Span | undefined {
  if (door !== undefined) return stringOf(door).span;
  return tags.find(({ value }) => value === tag)?.span;
}

function stringOf(door: TagDoor): JsonString {
  return door.kind === 'acl' ? door.destination.use.string : door.use.string;
}

function message({ tag, doors, hosts, ports }: McpPort): string {
  const list = ports.join(', ');
  const names = hosts.map(({ name }) => flat(name)).join(', ');
  const shut =
    hosts.length === 0
      ? `ClawQL: none of the ports at which it is looked for (${list}, from clawql.ports) is open to ${flat(tag)}`
      : `${names}: ClawQL answers there at port ${list}, which no rule opens to ${flat(tag)}`;
  const remedy =
    doors.length === 0
      ? `Add a rule that lets its users reach ${flat(tag)} there.`
      : 'Add the port to the rule of its users.';
  return `With this policy nobody reaches ${shut}. ${remedy}`;
}

/** Never preferred: who is let in is for people to say, and *Fix All* opens nothing unseen. */
function fixes({ json, doors, hosts, ports }: McpPort): readonly Fix[] {
  if (doors.length === 0) return [newPolicyFix];
  const choices = hosts.length > 0 ? [ports] : ports.map((port) => [port]);
  return doors.flatMap((door) =>
    choices.flatMap((added): readonly Fix[] => {
      const edits = opened(json, door, added);
      const title = `Open port ${added.join(', ')} to ${inShort(door.sources)}`;
      return edits === undefined ? [] : [{ kind: 'edit', title, isPreferred: false, edits }];
    }),
  );
}

function inShort(sources: readonly NameUse[]): string {
  const names = sources.slice(0, mostNamed).map(({ name }) => flat(name, 60));
  return [...names, ...(sources.length > mostNamed ? ['others'] : [])].join(', ') || 'nobody yet';
}

/** Undefined where what stands there already cannot be gone on with. */
function opened(json: JsonText, door: TagDoor, ports: readonly number[]): readonly TextEdit[] | undefined {
  if (door.kind === 'acl') {
    const { use, ports: present, portsText } = door.destination;
    if (portsText !== undefined && present === undefined) return undefined;
    const added = `${portsText === undefined ? ':' : ','}${ports.join(',')}`;
    return [replacePart(use.string, use.string.value.length, 0, added)];
  }
  const last = door.openings.at(-1);
  // One port or range each: Headscale takes a list of them in one string too, Tailscale does not (1.102.3 `tailcfg/proto_port_range.go`).
  const added = ports.map((port) => `tcp:${port}`);
  return last && addItems(json, last.string, added);
}
