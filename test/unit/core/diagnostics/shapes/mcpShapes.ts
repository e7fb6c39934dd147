import { everywhere, type Shape } from './shape.ts';

const remote = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';

const vscode = '/w/.vscode/mcp.json';
const cursor = '/w/.cursor/mcp.json';
const claude = '/w/.mcp.json';

/** Files of the three clients that most people have. */
export const mcpShapes: readonly Shape[] = [
  {
    title: 'VS Code: the example of its documentation, with an input',
    path: vscode,
    in: everywhere,
    text: `{
  "inputs": [
    { "type": "promptString", "id": "perplexity-key", "description": "Perplexity API Key", "password": true }
  ],
  "servers": {
    // https://github.com/ppl-ai/modelcontextprotocol/
    "Perplexity": {
      "type": "stdio",
      "command": "npx",
      "args": ["-y", "server-perplexity-ask"],
      "env": { "PERPLEXITY_API_KEY": "\${input:perplexity-key}" }
    }
  }
}
`,
  },
  {
    title: 'VS Code: GitHub and Playwright',
    path: vscode,
    in: everywhere,
    text: `{
  "servers": {
    "github": { "type": "http", "url": "https://api.githubcopilot.com/mcp" },
    "playwright": { "command": "npx", "args": ["-y", "@microsoft/mcp-server-playwright"] }
  }
}
`,
  },
  {
    title: 'VS Code: a server that is being developed',
    path: vscode,
    in: everywhere,
    text: `{
  "servers": {
    "my-server": {
      "type": "stdio",
      "command": "node",
      "args": ["--inspect=9229", "\${workspaceFolder}/dist/index.js"],
      "cwd": "\${workspaceFolder}",
      "envFile": "\${workspaceFolder}/.env",
      "dev": { "watch": "src/**/*.ts", "debug": { "type": "node" } },
    },
  },
}
`,
  },
  {
    title: 'VS Code: a sandboxed server',
    path: vscode,
    in: everywhere,
    text: `{
  "servers": {
    "fetch": {
      "command": "uvx",
      "args": ["mcp-server-fetch"],
      "sandboxEnabled": true,
      "sandbox": { "filesystem": { "allowWrite": ["\${workspaceFolder}"] }, "network": { "allowedDomains": ["*.example.org"] } }
    }
  }
}
`,
  },
  {
    title: 'VS Code: local servers of other programs',
    path: vscode,
    in: everywhere,
    text: `{
\t"servers": {
\t\t"figma": { "type": "http", "url": "http://127.0.0.1:3845/mcp" },
\t\t"chrome": { "url": "http://localhost:9222/sse", "type": "sse" },
\t\t"docker": { "command": "docker", "args": ["mcp", "gateway", "run"] }
\t}
}
`,
  },
  {
    title: 'VS Code: a token from an input',
    path: vscode,
    in: everywhere,
    text: `{
  "inputs": [{ "id": "pat", "type": "promptString", "description": "GitHub PAT", "password": true }],
  "servers": {
    "github": {
      "url": "https://api.githubcopilot.com/mcp/",
      "headers": { "Authorization": "Bearer \${input:pat}", "X-MCP-Toolsets": "repos,issues" }
    }
  }
}
`,
  },
  {
    title: 'VS Code: GitHub in Docker',
    path: vscode,
    in: everywhere,
    text: `{
  "servers": {
    "github": {
      "command": "docker",
      "args": ["run", "-i", "--rm", "-e", "GITHUB_PERSONAL_ACCESS_TOKEN", "ghcr.io/github/github-mcp-server"],
      "env": { "GITHUB_PERSONAL_ACCESS_TOKEN": "\${env:GITHUB_TOKEN}" }
    }
  }
}
`,
  },
  { title: 'VS Code: an empty file', path: vscode, in: everywhere, text: '' },
  { title: 'VS Code: no server yet', path: vscode, in: everywhere, text: '{\n  "servers": {},\n  "inputs": []\n}\n' },
  {
    title: 'VS Code: ClawQL by the variable of its host',
    path: vscode,
    in: everywhere,
    place: { tracking: 'tracked' },
    text: `{
  "servers": {
    "clawql": {
      "type": "http",
      "url": "http://\${env:CLAWQL_MCP_HOST}/mcp",
      "headers": { "Authorization": "Bearer \${env:CLAWQL_MCP_TOKEN}" }
    }
  }
}
`,
  },
  {
    title: 'VS Code: ClawQL by its name, in a file that git does not track',
    path: vscode,
    in: ['laptop', 'host', 'restricted', 'alone', 'container'],
    place: { tracking: 'ignored' },
    text: `{\n  "servers": {\n    "clawql": { "type": "http", "url": "${remote}" }\n  }\n}\n`,
  },
  {
    title: 'VS Code: ClawQL as a program of its own, from a checkout',
    path: vscode,
    in: everywhere,
    text: `{
  "servers": {
    "clawql": {
      "type": "stdio",
      "command": "node",
      "args": ["/home/alice/src/ClawQL/dist/server.js"],
      "env": { "CLAWQL_PROVIDER": "github", "DOTENV_CONFIG_QUIET": "true", "CLAWQL_GITHUB_TOKEN": "\${env:GITHUB_TOKEN}" }
    }
  }
}
`,
  },
  {
    title: 'VS Code: ClawQL on this machine, while it runs elsewhere',
    path: vscode,
    text: '{\n  "servers": {\n    "clawql": { "type": "http", "url": "http://localhost:8080/mcp" }\n  }\n}\n',
    finds: [['localhost-url', 'http://localhost:8080/mcp']],
  },
  {
    title: 'VS Code: ClawQL on this machine, which is its host',
    path: vscode,
    in: ['host'],
    text: '{\n  "servers": {\n    "clawql": { "type": "http", "url": "http://localhost:8080/mcp" }\n  }\n}\n',
  },
  {
    title: 'VS Code: ClawQL through Tailscale Serve',
    path: vscode,
    in: ['laptop', 'host', 'restricted'],
    place: { tracking: 'ignored' },
    text: '{\n  "servers": {\n    "clawql": { "type": "http", "url": "https://clawql-1.tail1a2b3.ts.net/mcp" }\n  }\n}\n',
  },
  {
    title: 'VS Code: the servers of another client, pasted',
    path: vscode,
    text: `{\n  "mcpServers": {\n    "clawql": { "url": "${remote}" }\n  }\n}\n`,
    finds: [['mcp-wrong-key', 'mcpServers']],
  },
  {
    title: 'VS Code: those of other programs below the wrong key',
    path: vscode,
    in: everywhere,
    text: '{\n  "mcpServers": {\n    "memory": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-memory"] }\n  }\n}\n',
  },
  {
    title: 'VS Code: a workspace file with settings and servers',
    path: '/w/team.code-workspace',
    in: everywhere,
    text: `{
  "folders": [{ "path": "." }, { "path": "../api" }],
  "settings": {
    "editor.formatOnSave": true, // all of us
    "mcp": { "servers": { "context7": { "url": "https://mcp.context7.com/mcp" } } },
  },
}
`,
  },
  {
    title: "VS Code: the user's own file",
    path: '/home/alice/.config/Code/User/mcp.json',
    in: ['laptop', 'restricted'],
    place: { inWorkspace: false },
    text: `{\n  "servers": {\n    "clawql": { "url": "${remote}", "type": "http" },\n    "deepwiki": { "url": "https://mcp.deepwiki.com/sse", "type": "sse" }\n  },\n  "inputs": []\n}\n`,
  },
  {
    title: 'a dev container with servers of its own',
    path: '/w/.devcontainer/devcontainer.json',
    in: everywhere,
    text: `// For format details, see https://aka.ms/devcontainer.json
{
  "name": "Node.js & TypeScript",
  "image": "mcr.microsoft.com/devcontainers/typescript-node:1-22-bookworm",
  "forwardPorts": [3000],
  "containerEnv": { "CLAWQL_MCP_URL": "\${localEnv:CLAWQL_MCP_URL}" },
  "customizations": {
    "vscode": { "mcp": { "servers": { "playwright": { "command": "npx", "args": ["-y", "@playwright/mcp"] } } } }
  }
}
`,
  },
  {
    title: 'Cursor: servers of all kinds',
    path: cursor,
    in: everywhere,
    text: `{
  "mcpServers": {
    "postgres": {
      "command": "npx",
      "args": ["-y", "@modelcontextprotocol/server-postgres", "postgresql://localhost/mydb"]
    },
    "linear": { "url": "https://mcp.linear.app/sse" },
    "Sentry": { "url": "https://mcp.sentry.dev/mcp" },
    "notion": { "command": "npx", "args": ["-y", "mcp-remote", "https://mcp.notion.com/mcp"] },
    "supabase": {
      "command": "npx",
      "args": ["-y", "@supabase/mcp-server-supabase@latest", "--read-only", "--project-ref=abcd"],
      "env": { "SUPABASE_ACCESS_TOKEN": "<personal-access-token>" }
    }
  }
}
`,
  },
  {
    title: 'Cursor: ClawQL by its variable',
    path: cursor,
    in: everywhere,
    place: { tracking: 'tracked' },
    text: '{\n  "mcpServers": {\n    "clawql": { "url": "${env:CLAWQL_MCP_URL}" }\n  }\n}\n',
  },
  {
    title: 'Cursor: a real token of another server is no business of ours',
    path: cursor,
    in: everywhere,
    place: { tracking: 'tracked' },
    text: '{\n  "mcpServers": {\n    "internal": { "url": "https://mcp.company.dev/mcp", "headers": { "Authorization": "Bearer 8f14e45fceea167a5a36" } }\n  }\n}\n',
  },
  {
    title: 'Cursor: ClawQL with a token in a tracked file',
    path: cursor,
    place: { tracking: 'tracked' },
    text: '{\n  "mcpServers": {\n    "clawql": { "url": "${env:CLAWQL_MCP_URL}", "headers": { "Authorization": "Bearer 8f14e45fceea167a5a36" } }\n  }\n}\n',
    finds: [['mcp-secret', '8f14e45fceea167a5a36']],
  },
  {
    title: 'Cursor: ClawQL with a placeholder for the token',
    path: cursor,
    in: everywhere,
    place: { tracking: 'tracked' },
    text: '{\n  "mcpServers": {\n    "clawql": { "url": "${env:CLAWQL_MCP_URL}", "headers": { "Authorization": "Bearer YOUR_TOKEN_HERE" } }\n  }\n}\n',
  },
  {
    title: 'Cursor: ClawQL in the cloud',
    path: cursor,
    text: '{\n  "mcpServers": {\n    "clawql": { "url": "https://clawql-abc123-uc.a.run.app/mcp" }\n  }\n}\n',
    finds: [['public-url', 'https://clawql-abc123-uc.a.run.app/mcp']],
  },
  {
    title: 'Cursor: the name of the host in a tracked file',
    path: cursor,
    place: { tracking: 'tracked' },
    text: `{\n  "mcpServers": {\n    "clawql": { "url": "${remote}" }\n  }\n}\n`,
    finds: [['mcp-hardcoded-url', remote]],
  },
  {
    title: "Cursor: the user's own file",
    path: '/home/alice/.cursor/mcp.json',
    in: ['laptop', 'restricted'],
    place: { inWorkspace: false },
    text: `{"mcpServers":{"clawql":{"url":"${remote}"},"browser-tools":{"command":"npx","args":["@agentdeskai/browser-tools-mcp@latest"]}}}`,
  },
  {
    title: 'Cursor: ClawQL through mcp-remote',
    path: cursor,
    in: ['laptop', 'restricted'],
    place: { tracking: 'ignored' },
    text: `{\n  "mcpServers": {\n    "clawql": { "command": "npx", "args": ["-y", "mcp-remote", "${remote}", "--allow-http"] }\n  }\n}\n`,
  },
  {
    title: 'Cursor: the address of the host',
    path: cursor,
    place: { tracking: 'ignored' },
    text: '{\n  "mcpServers": {\n    "clawql": { "url": "http://100.64.0.1:8080/mcp" }\n  }\n}\n',
    finds: [['tailnet-address', 'http://100.64.0.1:8080/mcp']],
  },
  {
    title: 'Cursor: a typo in the name of the host',
    path: cursor,
    place: { tracking: 'ignored' },
    text: '{\n  "mcpServers": {\n    "clawql": { "url": "http://clawq-1.tail1a2b3.ts.net:8080/mcp" }\n  }\n}\n',
    finds: [['unknown-node', 'http://clawq-1.tail1a2b3.ts.net:8080/mcp']],
  },
  {
    title: 'Cursor: being typed',
    path: cursor,
    in: everywhere,
    text: '{\n  "mcpServers": {\n    "clawql": { "url": "\n  }\n}\n',
  },
  {
    title: 'Claude Code: servers of all kinds',
    path: claude,
    in: everywhere,
    text: `{
  "mcpServers": {
    "api-server": {
      "type": "http",
      "url": "\${API_BASE_URL:-https://api.example.com}/mcp",
      "headers": { "Authorization": "Bearer \${API_KEY}" }
    },
    "filesystem": {
      "type": "stdio",
      "command": "npx",
      "args": ["-y", "@modelcontextprotocol/server-filesystem", "\${HOME}/projects"],
      "env": {}
    },
    "asana": { "type": "sse", "url": "https://mcp.asana.com/sse" }
  }
}
`,
  },
  {
    title: 'Claude Code: ClawQL by its variable',
    path: claude,
    in: everywhere,
    place: { tracking: 'tracked' },
    text: '{\n  "mcpServers": {\n    "clawql": { "type": "http", "url": "${CLAWQL_MCP_URL}", "headers": { "Authorization": "Bearer ${CLAWQL_MCP_TOKEN:-}" } }\n  }\n}\n',
  },
  {
    title: 'Claude Code: a default beside the variable, the host itself',
    path: claude,
    in: ['host'],
    place: { tracking: 'tracked' },
    text: '{\n  "mcpServers": {\n    "clawql": { "type": "http", "url": "${CLAWQL_MCP_URL:-http://localhost:8080/mcp}" }\n  }\n}\n',
  },
  {
    title: "Claude Code: Cursor's way to name a variable",
    path: claude,
    place: { tracking: 'tracked' },
    text: '{\n  "mcpServers": {\n    "clawql": { "type": "http", "url": "${env:CLAWQL_MCP_URL}" }\n  }\n}\n',
    finds: [['mcp-variable-unsupported', '${env:CLAWQL_MCP_URL}']],
  },
  {
    title: 'Claude Code: its own file in the home folder, with much else',
    path: '/home/alice/.claude.json',
    in: everywhere,
    place: { inWorkspace: false },
    text: `{
  "numStartups": 42,
  "autoUpdates": true,
  "mcpServers": { "context7": { "type": "http", "url": "https://mcp.context7.com/mcp" } },
  "projects": { "/home/alice/w": { "allowedTools": [], "mcpServers": { "x": { "command": "uvx", "args": ["x"] } } } }
}
`,
  },
  {
    title: 'Claude Code: ClawQL without a scheme',
    path: claude,
    place: { tracking: 'ignored' },
    text: '{\n  "mcpServers": {\n    "clawql": { "type": "http", "url": "clawql-1.tail1a2b3.ts.net:8080/mcp" }\n  }\n}\n',
    finds: [['missing-scheme', 'clawql-1.tail1a2b3.ts.net:8080/mcp']],
  },

  {
    title: 'VS Code: headers that are no secrets',
    path: vscode,
    in: everywhere,
    place: { tracking: 'tracked' },
    text: `{
  "servers": {
    "clawql": {
      "type": "http",
      "url": "http://\${env:CLAWQL_MCP_HOST}/mcp",
      "headers": {
        "Accept": "application/json, text/event-stream",
        "Content-Type": "application/json",
        "User-Agent": "Mozilla/5.0 (X11; Linux x86_64)",
        "MCP-Protocol-Version": "2025-06-18",
        "X-Client-Version": "1.2.3-beta.20260101",
        "X-Request-Id": "8f14e45f-ceea-467a-9a36-dedd4bea2543"
      }
    }
  }
}
`,
  },
  {
    title: 'VS Code: ClawQL in Docker, with names for its container',
    path: vscode,
    in: everywhere,
    place: { tracking: 'tracked' },
    text: `{
  "servers": {
    "clawql": {
      "command": "docker",
      "args": ["run", "-i", "--rm", "-e", "CLAWQL_GITHUB_TOKEN", "-e", "TIKA_BASE_URL=http://tika:9998", "--network", "clawql_default", "clawql-mcp:5.0.0"],
      "env": { "PAPERLESS_BASE_URL": "http://paperless:8000", "CLAWQL_BUNDLED_OFFLINE": "1" }
    }
  }
}
`,
  },
  {
    title: 'VS Code: a host and a port that are asked for',
    path: vscode,
    in: everywhere,
    place: { tracking: 'tracked' },
    text: `{
  "inputs": [{ "type": "promptString", "id": "host", "description": "ClawQL host" }],
  "servers": { "clawql": { "type": "http", "url": "http://\${input:host}:8080/mcp" } }
}
`,
  },
  {
    title: 'Cursor: ClawQL in the local network',
    path: cursor,
    in: everywhere,
    place: { tracking: 'ignored' },
    text: '{\n  "mcpServers": {\n    "clawql": { "url": "http://192.168.1.20:8080/mcp" },\n    "clawql-nas": { "url": "http://nas.lan:8080/mcp" }\n  }\n}\n',
  },
  {
    title: 'Cursor: two hosts of a Headscale, on a machine without it',
    path: cursor,
    in: ['alone', 'container'],
    place: { tracking: 'ignored' },
    text: '{\n  "mcpServers": {\n    "clawql": { "url": "http://mac-mini.clawql.local:8080/mcp" },\n    "clawql-dev": { "url": "http://mini-pc.clawql.local:8080/mcp" }\n  }\n}\n',
  },
];
