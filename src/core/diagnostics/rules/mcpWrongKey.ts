import type { Dialect } from '../../mcp/dialect.ts';
import { stringOf } from '../../mcp/jsonText.ts';
import { wrongRoot } from '../../mcp/mcpObstacle.ts';
import type { Span } from '../../text.ts';
import { flat } from '../../views/escape.ts';
import { calledServer } from '../calledServer.ts';
import { clawqlServers } from '../clawqlReference.ts';
import type { Fix } from '../fix.ts';
import type { Finding, Rule, RuleContext } from '../rule.ts';

interface WrongKey {
  readonly dialect: Dialect;
  /** Of the key, between its quotes. */
  readonly span: Span;
  readonly key: string;
  /** The key that the client reads. */
  readonly wanted: string;
  /** The server whose URL is called so; absent where all servers stand below the key. */
  readonly server?: string;
}

export const mcpWrongKey: Rule<WrongKey> = {
  meta: {
    id: 'mcp-wrong-key',
    severity: 'error',
    summary: 'ClawQL stands below a key of an MCP file that this client does not read.',
  },
  check,
  message: ({ dialect, key, wanted, server }) =>
    server === undefined
      ? `${wrongRoot(dialect, key)}, or it does not find ClawQL.`
      : `${calledServer(server)} has its URL below "${flat(key)}", which ${dialect.client} does not read: it finds no URL there. ` +
        `Call it "${wanted}".`,
  fixes: ({ span, wanted }): readonly Fix[] => [
    {
      kind: 'edit',
      title: `Rename it to "${wanted}"`,
      isPreferred: true,
      edits: [{ span, text: JSON.stringify(wanted).slice(1, -1) }],
    },
  ],
};

function check({ model, servers, known }: RuleContext): readonly Finding<WrongKey>[] {
  if (model.kind !== 'mcp') return [];
  const { dialect, json, misplaced } = model.mcp;
  const findings = servers.flatMap(({ key: server, urlKey: wanted, misnamedUrl }) => {
    if (misnamedUrl === undefined) return [];
    const { name: key, nameSpan: span } = misnamedUrl;
    return [{ span, data: { dialect, span, key, wanted, server } }];
  });
  const span = stringOf(json.text, misplaced?.keyNode)?.span;
  if (misplaced === undefined || span === undefined || clawqlServers(misplaced.servers, known.places).length === 0)
    return findings;
  return [...findings, { span, data: { dialect, span, key: misplaced.key, wanted: dialect.root[0] } }];
}
