import { equal } from '../../equal.ts';
import { removeProperty } from '../../mcp/jsonEdits.ts';
import { nodeAt, propertiesOf } from '../../mcp/jsonText.ts';
import type { McpDocument, McpServer } from '../../mcp/mcpDocument.ts';
import { escapeIcons, flat } from '../../views/escape.ts';
import { calledServer } from '../calledServer.ts';
import { meaningOf } from '../serverMeaning.ts';
import type { Fix } from '../fix.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

interface DuplicateServer {
  readonly document: McpDocument;
  /** `repeated`: of the same key the last one counts, which is `other`. `twice`: both reach the same endpoint. */
  readonly kind: 'repeated' | 'twice';
  readonly server: McpServer;
  readonly other: McpServer;
}

export const mcpDuplicateServer: Rule<DuplicateServer> = {
  meta: {
    id: 'mcp-duplicate-server',
    severity: 'warning',
    summary: 'An MCP file gives its client the same ClawQL server twice.',
  },
  check,
  message: ({ kind, server, other, document: { dialect } }) =>
    kind === 'repeated'
      ? `${calledServer(server.key)} stands in this file once more, further down: ${dialect.client} takes that one and passes over this one. Remove one of them.`
      : `${calledServer(server.key)} reaches the same endpoint as "${flat(other.key)}": ${dialect.client} offers each of its tools twice. Remove one of them.`,
  fixes,
};

function check({ model, servers, snapshot }: RuleContext): readonly Finding<DuplicateServer>[] {
  // In a file that is being typed, what follows may belong elsewhere.
  if (model.kind !== 'mcp' || servers.length === 0 || model.mcp.problems.length > 0) return [];
  const { mcp: document } = model;
  const last = new Map(document.servers.map((server) => [server.key, server]));
  const finding = (kind: DuplicateServer['kind'], server: McpServer, other: McpServer): Finding<DuplicateServer> => ({
    span: server.keySpan,
    data: { document, kind, server, other },
  });
  const repeated = document.servers.flatMap((server) => {
    const other = last.get(server.key);
    const isOurs = servers.includes(server) || (other !== undefined && servers.includes(other));
    return other === undefined || other === server || !isOurs ? [] : [finding('repeated', server, other)];
  });
  const effective = servers.filter((server) => last.get(server.key) === server && isOn(server));
  const meaning = meaningOf(snapshot.hosts);
  const first = new Map<string, McpServer>();
  const twice = effective.flatMap((server) => {
    const means = meaning(server);
    const other = means === undefined ? undefined : first.get(means);
    if (means !== undefined && other === undefined) first.set(means, server);
    return other === undefined ? [] : [finding('twice', server, other)];
  });
  return [...repeated, ...twice];
}

/** What clients call a server that is there and not used. */
function isOn({ definition }: McpServer): boolean {
  return definition['disabled'] !== true && definition['enabled'] !== false;
}

function fixes({ document, kind, server, other }: DuplicateServer): readonly Fix[] {
  if (kind === 'repeated') {
    // Nothing is lost where both say the same.
    const isSafe = equal(server.definition, other.definition);
    return removal(document, server, 'Remove this one, which is not read', { isPreferred: true, isSafe });
  }
  // With a key that stands there once more, what was passed over would come to count.
  const single = [server, other].filter(({ key }) => document.servers.filter((one) => one.key === key).length === 1);
  return single.flatMap((one) => removal(document, one, `Remove "${escapeIcons(one.key)}"`, { isPreferred: false }));
}

function removal(
  { json, dialect }: McpDocument,
  { definitionSpan }: McpServer,
  title: string,
  traits: { readonly isPreferred: boolean; readonly isSafe?: boolean },
): readonly Fix[] {
  const holder = nodeAt(json.root, dialect.root);
  const property = propertiesOf(holder).find(({ value }) => value?.offset === definitionSpan.offset);
  if (holder === undefined || property === undefined) return [];
  return [{ kind: 'edit', title, ...traits, edits: removeProperty(json, holder, property) }];
}
