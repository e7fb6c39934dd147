import { everywhere, type Shape } from './shape.ts';

const remote = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';

/** Files of the other clients, as a rule in the user's home folder. */
export const clientShapes: readonly Shape[] = [
  {
    title: 'Windsurf: servers of others',
    path: '/home/alice/.codeium/windsurf/mcp_config.json',
    in: everywhere,
    place: { inWorkspace: false },
    text: `{
  "mcpServers": {
    "github": {
      "command": "npx",
      "args": ["-y", "@modelcontextprotocol/server-github"],
      "env": { "GITHUB_PERSONAL_ACCESS_TOKEN": "<YOUR_PERSONAL_ACCESS_TOKEN>" }
    },
    "figma": { "serverUrl": "http://127.0.0.1:3845/mcp", "disabled": true }
  }
}
`,
  },
  {
    title: 'Windsurf: ClawQL',
    path: '/home/alice/.codeium/windsurf/mcp_config.json',
    in: ['laptop', 'restricted'],
    place: { inWorkspace: false },
    text: `{ "mcpServers": { "clawql": { "serverUrl": "${remote}" } } }`,
  },
  {
    title: 'Windsurf: ClawQL by its variable',
    path: '/home/alice/.codeium/windsurf/mcp_config.json',
    in: everywhere,
    place: { inWorkspace: false },
    text: '{ "mcpServers": { "clawql": { "serverUrl": "${env:CLAWQL_MCP_URL}" } } }',
  },
  {
    title: 'Gemini CLI: settings with servers among them',
    path: '/w/.gemini/settings.json',
    in: everywhere,
    text: `{
  "theme": "GitHub",
  "mcpServers": {
    "httpServer": { "httpUrl": "http://localhost:3000/mcp", "timeout": 5000, "trust": false },
    "pythonTools": { "command": "python", "args": ["-m", "my_mcp_server"], "env": { "DATABASE_URL": "$DB_CONNECTION_STRING" } }
  }
}
`,
  },
  {
    title: 'Gemini CLI: ClawQL by its variable',
    path: '/w/.gemini/settings.json',
    in: everywhere,
    place: { tracking: 'tracked' },
    text: '{\n  "mcpServers": { "clawql": { "httpUrl": "$CLAWQL_MCP_URL" } }\n}\n',
  },
  {
    title: 'Gemini CLI: ClawQL on this machine',
    path: '/home/alice/.gemini/settings.json',
    place: { inWorkspace: false },
    text: '{\n  "mcpServers": { "clawql": { "httpUrl": "http://127.0.0.1:8080/mcp" } }\n}\n',
    finds: [['localhost-url', 'http://127.0.0.1:8080/mcp']],
  },
  {
    title: 'Cline: its settings',
    path: '/home/alice/.config/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json',
    in: ['laptop', 'restricted'],
    place: { inWorkspace: false },
    text: `{
  "mcpServers": {
    "clawql": { "url": "${remote}", "type": "streamableHttp", "autoApprove": ["search"], "disabled": false, "timeout": 60 },
    "weather": { "command": "node", "args": ["/path/to/weather/build/index.js"], "disabled": true, "autoApprove": [] }
  }
}
`,
  },
  {
    title: 'Roo Code: a file of the project',
    path: '/w/.roo/mcp.json',
    in: everywhere,
    text: '{\n  "mcpServers": {\n    "puppeteer": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-puppeteer"], "alwaysAllow": [] }\n  }\n}\n',
  },
  {
    title: 'Zed: settings with comments',
    path: '/w/.zed/settings.json',
    in: everywhere,
    text: `// Folder-specific settings
{
  "tab_size": 2,
  "context_servers": {
    "some-context-server": { "source": "custom", "command": "some-command", "args": ["arg-1"], "env": {} },
    "remote": { "url": "https://mcp.company.dev/mcp" },
  },
}
`,
  },
  {
    title: 'Zed: ClawQL',
    path: '/home/alice/.config/zed/settings.json',
    in: ['laptop', 'restricted'],
    place: { inWorkspace: false },
    text: `{\n  "vim_mode": true,\n  "context_servers": { "clawql": { "url": "${remote}" } }\n}\n`,
  },
  {
    title: 'Zed: a variable, which it does not replace',
    path: '/w/.zed/settings.json',
    text: '{\n  "context_servers": { "clawql": { "url": "${CLAWQL_MCP_URL}" } }\n}\n',
    finds: [['mcp-variable-unsupported', '${CLAWQL_MCP_URL}']],
  },
  {
    title: 'Kiro: servers of others',
    path: '/w/.kiro/settings/mcp.json',
    in: everywhere,
    text: '{\n  "mcpServers": {\n    "aws-docs": { "command": "uvx", "args": ["awslabs.aws-documentation-mcp-server@latest"], "disabled": false }\n  }\n}\n',
  },
  {
    title: 'Copilot CLI: ClawQL by its variable',
    path: '/home/alice/.copilot/mcp-config.json',
    in: everywhere,
    place: { inWorkspace: false },
    text: '{\n  "mcpServers": { "clawql": { "type": "http", "url": "${CLAWQL_MCP_URL}", "tools": ["*"] } }\n}\n',
  },
  {
    title: 'OpenCode: local and remote servers',
    path: '/w/opencode.json',
    in: everywhere,
    text: `{
  "$schema": "https://opencode.ai/config.json",
  "mcp": {
    "everything": { "type": "local", "command": ["npx", "-y", "@modelcontextprotocol/server-everything"] },
    "clawql": { "type": "remote", "url": "{env:CLAWQL_MCP_URL}", "enabled": true },
    "jira": { "type": "remote", "url": "https://jira.example.com/mcp", "enabled": false }
  }
}
`,
  },
  {
    title: 'Amp: settings with a dotted key',
    path: '/home/alice/.config/amp/settings.json',
    in: everywhere,
    place: { inWorkspace: false },
    text: '{\n  "amp.notifications.enabled": true,\n  "amp.mcpServers": { "semgrep": { "url": "https://mcp.semgrep.ai/mcp" } }\n}\n',
  },
  {
    title: 'Antigravity: servers of others',
    path: '/home/alice/.gemini/antigravity/mcp_config.json',
    in: everywhere,
    place: { inWorkspace: false },
    text: '{\n  "mcpServers": { "stripe": { "serverUrl": "https://mcp.stripe.com" } }\n}\n',
  },
  {
    title: "Antigravity: ClawQL under another client's key",
    path: '/w/.agents/mcp_config.json',
    place: { tracking: 'ignored' },
    text: `{\n  "mcpServers": { "clawql": { "url": "${remote}" } }\n}\n`,
    finds: [['mcp-wrong-key', 'url']],
  },
  {
    title: 'JetBrains: Junie',
    path: '/w/.junie/mcp/mcp.json',
    in: everywhere,
    text: '{\n  "mcpServers": { "mongodb": { "command": "npx", "args": ["-y", "mongodb-mcp-server", "--readOnly"] } }\n}\n',
  },
  {
    title: 'Copilot in JetBrains: ClawQL by its variable',
    path: '/home/alice/.config/github-copilot/intellij/mcp.json',
    in: everywhere,
    place: { inWorkspace: false },
    text: '{\n  "servers": { "clawql": { "url": "${env:CLAWQL_MCP_URL}" } }\n}\n',
  },
];
