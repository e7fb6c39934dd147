export type DialectId = 'vscode' | 'cursor' | 'claudeCode';

/** How a client names an environment variable in a URL, and what the variable holds there. */
interface DialectVariable {
  readonly name: string;
  /** The reference as it stands in the file. */
  readonly reference: string;
  /** `url`: the reference is the whole URL. `host`: it stands for `host[:port]`, and scheme and path stand in the file. */
  readonly holds: 'url' | 'host';
}

/** How one MCP client spells its configuration file. A client more is a row more. */
export interface Dialect {
  readonly id: DialectId;
  /** The client's name, for people. */
  readonly client: string;
  /** The file below a workspace folder or the home folder, with `/`. */
  readonly file: string;
  /** The property that holds the servers, by their keys. */
  readonly rootKey: string;
  /** The property of a server that holds its URL. */
  readonly urlKey: string;
  /** What a remote server's definition holds besides its URL. */
  readonly fixed: Readonly<Record<string, string>>;
  readonly variable: DialectVariable;
}

/**
 * VS Code parses the URL before it replaces variables, so a variable cannot be the whole of it (`McpServerLaunch.fromServerConfiguration`
 * in `mcpTypes.ts`). Cursor expands `${env:NAME}` and Claude Code `${NAME}` anywhere in a URL, by their documentation.
 */
export const dialects: readonly Dialect[] = [
  {
    id: 'vscode',
    client: 'VS Code',
    file: '.vscode/mcp.json',
    rootKey: 'servers',
    urlKey: 'url',
    fixed: { type: 'http' },
    variable: { name: 'CLAWQL_MCP_HOST', reference: '${env:CLAWQL_MCP_HOST}', holds: 'host' },
  },
  {
    id: 'cursor',
    client: 'Cursor',
    file: '.cursor/mcp.json',
    rootKey: 'mcpServers',
    urlKey: 'url',
    fixed: {},
    variable: { name: 'CLAWQL_MCP_URL', reference: '${env:CLAWQL_MCP_URL}', holds: 'url' },
  },
  {
    id: 'claudeCode',
    client: 'Claude Code',
    file: '.mcp.json',
    rootKey: 'mcpServers',
    urlKey: 'url',
    fixed: { type: 'http' },
    variable: { name: 'CLAWQL_MCP_URL', reference: '${CLAWQL_MCP_URL}', holds: 'url' },
  },
];

/** The dialect of the file at `path` (with `/`), told by its path alone. Undefined when it is no MCP configuration that is known here. */
export function dialectOf(path: string): Dialect | undefined {
  return dialects.find(({ file }) => path === file || path.endsWith(`/${file}`));
}
