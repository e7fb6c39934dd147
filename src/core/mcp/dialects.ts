import { tokenVariable } from './token.ts';
import { endsIn, isWritten, type Dialect, type DialectVariable, type Place, type WrittenDialect } from './dialect.ts';

const urlVariable = (reference: string): DialectVariable => ({ name: 'CLAWQL_MCP_URL', reference, holds: 'url' });

const inFolder = (path: string): Place => ({ scope: 'folder', path });
const inHome = (path: string): Place => ({ scope: 'home', path });

/**
 * VS Code parses the URL before it replaces variables, so a variable cannot be the whole of it (`McpServerLaunch.fromServerConfiguration`
 * in `mcpTypes.ts`).
 */
const vscode = {
  client: 'VS Code',
  urlKeys: ['url'],
  expansion: 'env',
  inputs: 'declared',
  hasComments: true,
  written: {
    fixed: { type: 'http' },
    variable: { name: 'CLAWQL_MCP_HOST', reference: '${env:CLAWQL_MCP_HOST}', holds: 'host' },
    authorization: `Bearer \${env:${tokenVariable}}`,
  },
} as const satisfies Omit<Dialect, 'id' | 'places' | 'root'>;

/**
 * Every client whose files are read, and those that are written. Paths, keys and syntax: the documentation of each client, gathered in
 * November 2026; for VS Code its source and what 1.105.1 and 1.139.1 do.
 */
export const dialects: readonly Dialect[] = [
  {
    id: 'vscode',
    ...vscode,
    places: [
      inFolder('.vscode/mcp.json'),
      { scope: 'editor-user', path: 'User/mcp.json' },
      { scope: 'editor-user', path: 'User/profiles/*/mcp.json' },
    ],
    root: ['servers'],
  },
  {
    id: 'vscodeWorkspace',
    ...vscode,
    places: [{ scope: 'workspace-file', path: '*.code-workspace' }],
    root: ['settings', 'mcp', 'servers'],
  },
  {
    id: 'cursor',
    client: 'Cursor',
    places: [inFolder('.cursor/mcp.json'), inHome('.cursor/mcp.json')],
    root: ['mcpServers'],
    urlKeys: ['url'],
    expansion: 'env',
    inputs: 'none',
    written: {
      fixed: {},
      variable: urlVariable('${env:CLAWQL_MCP_URL}'),
      authorization: `Bearer \${env:${tokenVariable}}`,
    },
  },
  {
    id: 'claudeCode',
    client: 'Claude Code',
    places: [inFolder('.mcp.json'), inHome('.claude.json')],
    root: ['mcpServers'],
    urlKeys: ['url'],
    expansion: 'shell',
    written: {
      fixed: { type: 'http' },
      variable: urlVariable('${CLAWQL_MCP_URL}'),
      authorization: `Bearer \${${tokenVariable}}`,
    },
  },
  {
    id: 'windsurf',
    client: 'Windsurf',
    places: [
      inHome('.codeium/windsurf/mcp_config.json'),
      inHome('.config/devin/mcp_config.json'),
      inFolder('.devin/mcp_config.json'),
    ],
    root: ['mcpServers'],
    urlKeys: ['serverUrl', 'url'],
    expansion: 'env',
    written: {
      fixed: {},
      variable: urlVariable('${env:CLAWQL_MCP_URL}'),
      authorization: `Bearer \${env:${tokenVariable}}`,
    },
  },
  {
    id: 'devcontainer',
    client: 'VS Code in the dev container',
    places: [
      inFolder('.devcontainer/devcontainer.json'),
      inFolder('.devcontainer.json'),
      inFolder('.devcontainer/*/devcontainer.json'),
    ],
    root: ['customizations', 'vscode', 'mcp', 'servers'],
    urlKeys: ['url'],
    expansion: 'env',
    // containers.dev, "devcontainer.json reference": JSON with Comments.
    hasComments: true,
  },
  {
    id: 'kiro',
    client: 'Kiro',
    places: [inFolder('.kiro/settings/mcp.json'), inHome('.kiro/settings/mcp.json')],
    root: ['mcpServers'],
    urlKeys: ['url'],
    expansion: 'shell',
  },
  {
    id: 'cline',
    client: 'Cline',
    places: [
      { scope: 'editor-storage', path: 'saoudrizwan.claude-dev/settings/cline_mcp_settings.json' },
      inHome('.cline/data/settings/cline_mcp_settings.json'),
    ],
    root: ['mcpServers'],
    urlKeys: ['url'],
    // `apps/vscode/src/utils/envExpansion.ts` in cline/cline@21cb8d25. Its command line program replaces nothing.
    expansion: 'env',
  },
  {
    id: 'roo',
    client: 'Roo Code',
    places: [
      inFolder('.roo/mcp.json'),
      { scope: 'editor-storage', path: 'rooveterinaryinc.roo-cline/settings/mcp_settings.json' },
    ],
    root: ['mcpServers'],
    urlKeys: ['url'],
    // `injectVariables` in `src/utils/config.ts` in RooCodeInc/Roo-Code@cb836567.
    expansion: 'env',
  },
  {
    id: 'geminiCli',
    client: 'Gemini CLI',
    places: [inFolder('.gemini/settings.json'), inHome('.gemini/settings.json')],
    root: ['mcpServers'],
    urlKeys: ['httpUrl', 'url'],
    // `packages/cli/src/utils/envVarResolver.ts` in google-gemini/gemini-cli@5411f113.
    expansion: 'dollar',
  },
  {
    id: 'copilotCli',
    client: 'Copilot CLI',
    places: [inFolder('.github/mcp.json'), inHome('.copilot/mcp-config.json')],
    root: ['mcpServers'],
    urlKeys: ['url'],
    expansion: 'shell',
  },
  {
    id: 'zed',
    client: 'Zed',
    places: [inFolder('.zed/settings.json'), inHome('.config/zed/settings.json')],
    root: ['context_servers'],
    urlKeys: ['url'],
    expansion: 'none',
    hasComments: true,
  },
  {
    id: 'jetbrains',
    client: 'JetBrains AI Assistant and Junie',
    places: [
      inFolder('.ai/mcp/mcp.json'),
      inHome('.ai/mcp/mcp.json'),
      inFolder('.junie/mcp/mcp.json'),
      inHome('.junie/mcp/mcp.json'),
    ],
    root: ['mcpServers'],
    urlKeys: ['url'],
  },
  {
    id: 'jetbrainsCopilot',
    client: 'Copilot in JetBrains',
    places: [inHome('.config/github-copilot/intellij/mcp.json')],
    root: ['servers'],
    urlKeys: ['url'],
    expansion: 'env',
  },
  {
    id: 'amp',
    client: 'Amp',
    places: [
      inFolder('.amp/settings.json'),
      inFolder('.amp/settings.jsonc'),
      inHome('.config/amp/settings.json'),
      inHome('.config/amp/settings.jsonc'),
    ],
    root: ['amp.mcpServers'],
    urlKeys: ['url'],
  },
  {
    id: 'antigravity',
    client: 'Antigravity',
    places: [
      inFolder('.agents/mcp_config.json'),
      inHome('.gemini/config/mcp_config.json'),
      inHome('.gemini/antigravity/mcp_config.json'),
    ],
    root: ['mcpServers'],
    urlKeys: ['serverUrl'],
    expansion: 'none',
  },
  {
    id: 'openCode',
    client: 'OpenCode',
    places: [
      inFolder('opencode.json'),
      inFolder('opencode.jsonc'),
      inHome('.config/opencode/opencode.json'),
      inHome('.config/opencode/opencode.jsonc'),
    ],
    root: ['mcp'],
    urlKeys: ['url'],
    expansion: 'brace',
  },
];

/** The clients that this extension writes for. */
export const writtenDialects: readonly WrittenDialect[] = dialects.filter(isWritten);

/** The dialect of the file at `path` (with `/`), told by its path alone. Undefined when it is no MCP configuration that is known here. */
export function dialectOf(path: string): Dialect | undefined {
  return dialects.find(({ places }) => places.some((place) => endsIn(path, place)));
}

export function dialectById(id: string): Dialect | undefined {
  return dialects.find((dialect) => dialect.id === id);
}
