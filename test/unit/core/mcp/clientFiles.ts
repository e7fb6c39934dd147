/** A configuration file as the documentation of a client shows it, among settings of other kinds where its file has some. */
export interface ClientFile {
  readonly path: string;
  readonly text: string;
  /** Every server of it with its URL; undefined where it runs a command. */
  readonly servers: Readonly<Record<string, string | undefined>>;
}

const stdio = '"command": "npx", "args": ["-y", "@playwright/mcp@latest"]';

/** One file of each dialect, by its id. */
export const clientFiles: Readonly<Record<string, ClientFile>> = {
  vscode: {
    path: '/w/.vscode/mcp.json',
    text: `{
  // What the servers ask for
  "inputs": [{ "type": "promptString", "id": "key", "description": "API key", "password": true }],
  "servers": {
    "playwright": { ${stdio}, "env": { "DEBUG": "1" } },
    "github": {
      "type": "http",
      "url": "https://api.githubcopilot.com/mcp/",
      "headers": { "Authorization": "Bearer \${input:key}" },
    },
    "clawql": { "type": "http", "url": "http://\${env:CLAWQL_MCP_HOST}/mcp", "dev": { "watch": "src/**" } },
  },
}
`,
    servers: {
      playwright: undefined,
      github: 'https://api.githubcopilot.com/mcp/',
      clawql: 'http://${env:CLAWQL_MCP_HOST}/mcp',
    },
  },
  vscodeWorkspace: {
    path: '/w/team.code-workspace',
    text: `{
\t"folders": [{ "path": "app" }, { "path": "../shared" }],
\t"settings": {
\t\t"editor.formatOnSave": true,
\t\t"mcp": {
\t\t\t"inputs": [],
\t\t\t"servers": {
\t\t\t\t"clawql": { "type": "http", "url": "http://\${env:CLAWQL_MCP_HOST}/mcp" }, // the team's
\t\t\t\t"playwright": { ${stdio} },
\t\t\t},
\t\t},
\t},
\t"extensions": { "recommendations": ["clawql.clawql-tailnet"] },
}
`,
    servers: { clawql: 'http://${env:CLAWQL_MCP_HOST}/mcp', playwright: undefined },
  },
  cursor: {
    path: '/w/.cursor/mcp.json',
    text: `{
  "mcpServers": {
    "server-name": { ${stdio}, "envFile": ".env" },
    "remote": {
      "url": "http://localhost:3000/mcp",
      "headers": { "API_KEY": "value" },
      "auth": { "CLIENT_ID": "x", "scopes": ["read"] }
    },
    "clawql": { "url": "\${env:CLAWQL_MCP_URL}" }
  }
}
`,
    servers: { 'server-name': undefined, remote: 'http://localhost:3000/mcp', clawql: '${env:CLAWQL_MCP_URL}' },
  },
  claudeCode: {
    path: '/home/u/.claude.json',
    text: `{
  "numStartups": 12,
  "projects": { "/w": { "mcpServers": {}, "allowedTools": [] } },
  "mcpServers": {
    "api-server": {
      "type": "http",
      "url": "\${API_BASE_URL:-https://api.example.com}/mcp",
      "headers": { "Authorization": "Bearer \${API_KEY}" }
    },
    "events": { "type": "sse", "url": "https://mcp.example.com/sse" },
    "playwright": { "type": "stdio", ${stdio}, "env": {} }
  }
}
`,
    servers: {
      'api-server': '${API_BASE_URL:-https://api.example.com}/mcp',
      events: 'https://mcp.example.com/sse',
      playwright: undefined,
    },
  },
  windsurf: {
    path: '/home/u/.codeium/windsurf/mcp_config.json',
    text: `{
  "mcpServers": {
    "remote-http-mcp": {
      "serverUrl": "https://your-server.example/mcp",
      "headers": { "API_KEY": "Bearer \${env:AUTH_TOKEN}", "X": "\${file:/run/secrets/x}" },
      "disabledTools": ["delete"]
    },
    "older": { "url": "http://h:8080/sse" },
    "playwright": { ${stdio}, "disabled": true }
  }
}
`,
    servers: {
      'remote-http-mcp': 'https://your-server.example/mcp',
      older: 'http://h:8080/sse',
      playwright: undefined,
    },
  },
  devcontainer: {
    path: '/w/.devcontainer/devcontainer.json',
    text: `// For format details, see https://aka.ms/devcontainer.json
{
  "image": "mcr.microsoft.com/devcontainers/typescript-node:latest",
  "remoteEnv": { "CLAWQL_MCP_HOST": "\${localEnv:CLAWQL_MCP_HOST}" },
  "customizations": {
    "vscode": {
      "extensions": ["clawql.clawql-tailnet"],
      "mcp": {
        "servers": {
          "playwright": { ${stdio} },
          "clawql": { "type": "http", "url": "http://\${env:CLAWQL_MCP_HOST}/mcp" }
        }
      }
    }
  }
}
`,
    servers: { playwright: undefined, clawql: 'http://${env:CLAWQL_MCP_HOST}/mcp' },
  },
  kiro: {
    path: '/w/.kiro/settings/mcp.json',
    text: `{
  "mcpServers": {
    "local-server-name": { ${stdio}, "env": { "A": "\${A}" }, "disabled": false, "autoApprove": ["search"] },
    "remote-server-name": {
      "url": "https://endpoint.to.connect.to",
      "headers": { "HEADER1": "value1" },
      "disabled": false,
      "disabledTools": ["tool_name3"]
    }
  }
}
`,
    servers: { 'local-server-name': undefined, 'remote-server-name': 'https://endpoint.to.connect.to' },
  },
  cline: {
    path: '/home/u/.cline/data/settings/cline_mcp_settings.json',
    text: `{
  "mcpServers": {
    "local-server": { ${stdio}, "alwaysAllow": ["tool1"], "disabled": false, "timeout": 60 },
    "remote-server": {
      "type": "streamableHttp",
      "url": "https://\${env:MCP_HOST}/mcp",
      "headers": { "Authorization": "Bearer \${env:API_KEY}" },
      "alwaysAllow": [],
      "disabled": false
    }
  }
}
`,
    servers: { 'local-server': undefined, 'remote-server': 'https://${env:MCP_HOST}/mcp' },
  },
  roo: {
    path: '/w/.roo/mcp.json',
    text: `{
  "mcpServers": {
    "modern-remote": {
      "type": "streamable-http",
      "url": "https://your-server.example/mcp",
      "headers": { "X-API-Key": "\${env:API_KEY}" },
      "alwaysAllow": ["newToolA"],
      "disabled": false
    },
    "legacy": { "type": "sse", "url": "https://your-server.example/sse" },
    "playwright": { ${stdio}, "cwd": "/w", "timeout": 30 }
  }
}
`,
    servers: {
      'modern-remote': 'https://your-server.example/mcp',
      legacy: 'https://your-server.example/sse',
      playwright: undefined,
    },
  },
  geminiCli: {
    path: '/home/u/.gemini/settings.json',
    text: `{
  "ui": { "theme": "GitHub" },
  "mcp": { "allowed": ["httpServer"] },
  "mcpServers": {
    "httpServer": {
      "httpUrl": "http://localhost:8080/mcp",
      "headers": { "Authorization": "Bearer $API_TOKEN" },
      "timeout": 5000,
      "trust": false
    },
    "sseServer": { "url": "http://localhost:8081/sse" },
    "pythonTools": { "command": "python", "args": ["-m", "tools"], "cwd": "./mcp" }
  }
}
`,
    servers: {
      httpServer: 'http://localhost:8080/mcp',
      sseServer: 'http://localhost:8081/sse',
      pythonTools: undefined,
    },
  },
  copilotCli: {
    path: '/home/u/.copilot/mcp-config.json',
    text: `{
  "mcpServers": {
    "playwright": { "type": "local", ${stdio}, "tools": ["*"], "env": {} },
    "context7": {
      "type": "http",
      "url": "https://mcp.context7.com/mcp",
      "headers": { "CONTEXT7_API_KEY": "\${CONTEXT7_API_KEY:-none}" },
      "tools": ["*"]
    }
  }
}
`,
    servers: { playwright: undefined, context7: 'https://mcp.context7.com/mcp' },
  },
  zed: {
    path: '/home/u/.config/zed/settings.json',
    text: `// Zed settings
{
  "theme": { "mode": "system" },
  "context_servers": {
    "local-mcp-server": { ${stdio}, "env": {} },
    "remote-mcp-server": {
      "url": "https://mcp.example.com/mcp",
      "headers": { "Authorization": "Bearer <token>" },
    },
  },
  "languages": { "TypeScript": { "tab_size": 2 } },
}
`,
    servers: { 'local-mcp-server': undefined, 'remote-mcp-server': 'https://mcp.example.com/mcp' },
  },
  jetbrains: {
    path: '/w/.junie/mcp/mcp.json',
    text: `{
  "mcpServers": {
    "filesystem": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem", "/w"] },
    "remote": { "url": "https://mcp.example.com/mcp", "headers": { "Authorization": "Bearer x" } }
  }
}
`,
    servers: { filesystem: undefined, remote: 'https://mcp.example.com/mcp' },
  },
  jetbrainsCopilot: {
    path: '/home/u/.config/github-copilot/intellij/mcp.json',
    text: `{
  "servers": {
    "github": {
      "url": "https://api.githubcopilot.com/mcp/",
      "requestInit": { "headers": { "Authorization": "Bearer \${env:TOKEN}" } }
    },
    // on this machine
    "memory": { ${stdio} }
  }
}
`,
    servers: { github: 'https://api.githubcopilot.com/mcp/', memory: undefined },
  },
  amp: {
    path: '/w/.amp/settings.jsonc',
    text: `{
  "amp.notifications.enabled": true,
  "amp.mcpServers": {
    "playwright": { ${stdio} },
    "linear": { "url": "https://mcp.linear.app/sse", "headers": { "X": "1" } }, // asks for a sign-in
  },
  "amp.permissions": [{ "tool": "Bash", "action": "ask" }],
}
`,
    servers: { playwright: undefined, linear: 'https://mcp.linear.app/sse' },
  },
  antigravity: {
    path: '/home/u/.gemini/antigravity/mcp_config.json',
    text: `{
  "mcpServers": {
    "remote": { "serverUrl": "https://mcp.example.com/mcp", "headers": { "Authorization": "Bearer x" } },
    "ignored": { "url": "https://not.read.example/mcp" },
    "playwright": { ${stdio}, "disabled": false }
  }
}
`,
    servers: { remote: 'https://mcp.example.com/mcp', ignored: undefined, playwright: undefined },
  },
  openCode: {
    path: '/w/opencode.jsonc',
    text: `{
  "$schema": "https://opencode.ai/config.json",
  "model": "anthropic/claude-sonnet",
  "mcp": {
    "local": { "type": "local", "command": ["npx", "-y", "my-mcp"], "enabled": true },
    "remote": {
      "type": "remote",
      "url": "https://{env:MCP_HOST}/mcp",
      "enabled": true,
      "headers": { "Authorization": "Bearer {env:MY_API_KEY}" },
    },
  },
}
`,
    servers: { local: undefined, remote: 'https://{env:MCP_HOST}/mcp' },
  },
};
