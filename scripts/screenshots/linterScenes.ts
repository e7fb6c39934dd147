/** What a picture of the linter shows; each is taken in a file of its own, so that they do not get into each other's way. */
export interface LinterScene {
  readonly name: string;
  /** Below the workspace. */
  readonly file: string;
  /** Its text; the caret goes to where `|` stands, which is not part of it. */
  readonly lines: readonly string[];
  /** A file that is open beside it, because it says what the file of the scene is for. */
  readonly beside?: { readonly file: string; readonly text: string };
  /** What the editor is asked for, and by what it is known that it is there. */
  readonly ask: 'fixes' | 'completions' | 'hover' | 'problem' | 'fix-all';
  /** A text that only what was asked for holds. */
  readonly shows: string;
  /** Whether the list of problems is open too. */
  readonly withProblems?: boolean;
}

/** Each kind of fix once, and the help while writing. */
export const linterScenes: readonly LinterScene[] = [
  {
    name: 'fix-mcp-localhost',
    file: 'notes/.vscode/mcp.json',
    lines: [
      '{',
      '  "servers": {',
      '    // Copied from the machine that runs ClawQL.',
      '    "clawql": {',
      '      "type": "http",',
      '      "url": "http://loc|alhost:8080/mcp"',
      '    }',
      '  }',
      '}',
    ],
    ask: 'fixes',
    shows: 'CLAWQL_MCP_HOST',
  },
  {
    name: 'hover-mcp-problem',
    file: 'copied/.vscode/mcp.json',
    lines: [
      '{',
      '  "servers": {',
      '    "clawql": {',
      '      "type": "http",',
      '      "url": "http://loc|alhost:8080/mcp"',
      '    }',
      '  }',
      '}',
    ],
    ask: 'problem',
    shows: 'points at localhost',
  },
  {
    name: 'fix-env-public',
    file: 'search/.env',
    lines: [
      '# Where ClawQL finds the services behind it',
      'CLAWQL_BUNDLED_PROVIDERS=paperless,tika,onyx',
      'TIKA_BASE_URL=http://20.50|.2.9:9998',
      'ONYX_BASE_URL=https://cloud.onyx.app/api',
    ],
    ask: 'fixes',
    shows: 'Allow 20.50.2.9',
    withProblems: true,
  },
  {
    name: 'fix-mcp-secret',
    file: 'team/.cursor/mcp.json',
    lines: [
      '{',
      '  "mcpServers": {',
      '    "clawql": {',
      '      "url": "${env:CLAWQL_MCP_URL}",',
      '      "headers": {',
      '        "Authorization": "Bearer clq_9f|31c7d2ab6e4805"',
      '      }',
      '    }',
      '  }',
      '}',
    ],
    ask: 'fixes',
    shows: 'CLAWQL_API_KEY',
  },
  {
    name: 'fix-env-duplicate',
    file: 'twice/.env',
    lines: [
      'CLAWQL_BUNDLED_PROVIDERS=paperless',
      'PAPERLESS_BASE|_URL=http://nas:8000',
      '',
      '# Added later',
      'CLAWQL_BUNDLED_PROVIDERS=paperless,tika',
      'PAPERLESS_BASE_URL=http://nas:8010',
      'TIKA_BASE_URL=http://nas:9998',
    ],
    ask: 'fixes',
    shows: 'Remove this',
  },
  {
    name: 'complete-env-name',
    file: 'writing/.env',
    lines: ['CLAWQL_BUNDLED_PROVIDERS=paperless,tika', 'PAPERLESS_BASE_URL=http://nas:8000', 'CLAWQL_M|'],
    ask: 'completions',
    shows: 'CLAWQL_MCP_URL',
  },
  {
    name: 'hover-env-variable',
    file: 'reading/.env',
    lines: [
      'CLAWQL_BUNDLED_PROVIDERS=paperless,tika',
      'PAPERLESS_|BASE_URL=http://nas:8000',
      'TIKA_BASE_URL=http://nas:9998',
    ],
    ask: 'hover',
    shows: 'leads to',
  },
  {
    name: 'fix-spec-server',
    file: 'stock/stock.yaml',
    lines: [
      'openapi: 3.0.3',
      'info:',
      '  title: Stock',
      '  version: 1.4.0',
      'servers:',
      '  - url: http://local|host:3000/api',
      'paths:',
      '  /articles:',
      '    get:',
      '      operationId: listArticles',
      '      responses:',
      "        '200':",
      '          description: All articles',
    ],
    beside: { file: 'stock/.env', text: 'CLAWQL_SPEC_PATH=stock.yaml\n' },
    ask: 'fixes',
    shows: 'Ignore',
  },
  {
    name: 'fix-all',
    file: 'all/.env',
    lines: [
      'CLAWQL_MCP_URL=http://localhost:8080/mcp|',
      'CLAWQL_BUNDLED_PROVIDERS=paperless,tika',
      'CLAWQL_BUNDLED_PROVIDERS=paperless,tika',
      'PAPERLESS_BASE_URL=nas:8000',
      'TIKA_BASE_URL=nas.tail-demo.ts.net:9998',
    ],
    ask: 'fix-all',
    shows: 'http://nas',
    withProblems: true,
  },
  {
    name: 'fix-policy-port',
    file: 'policy/tailnet.hujson',
    lines: [
      '{',
      '  "groups": { "group:clawql-operators": ["dev@example.com"] },',
      '  "tagOwners": { "tag:clawql-mcp": ["group:clawql-operators"] },',
      '  "acls": [',
      '    {',
      '      "action": "accept",',
      '      "src": ["group:clawql-operators"],',
      '      // By Tailscale Serve, once that is set up.',
      '      "dst": ["tag:claw|ql-mcp:443"]',
      '    }',
      '  ]',
      '}',
    ],
    ask: 'fixes',
    shows: 'Open port',
  },
];
