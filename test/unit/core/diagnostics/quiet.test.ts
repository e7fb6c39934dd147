import assert from 'node:assert/strict';
import { node } from '../../support/builders.ts';
import { briefly, taggedSelf, type Place, type World } from './world.ts';

/** A laptop in a tailnet with one ClawQL host that answers and one node that runs Tika; all names have been looked up. */
const laptop: World = {
  peers: [node('clawql-1', { addresses: ['100.64.0.1'] }), node('docs', { tags: [], addresses: ['100.64.0.7'] })],
  answering: ['clawql-1'],
  snapshot: {
    lookups: new Map([
      ['api.githubcopilot.com', ['140.82.112.22']],
      ['docs.example.org', ['93.184.215.14']],
      ['s3.eu-central-1.amazonaws.com', ['52.219.170.34']],
      ['api.company.dev', ['93.184.215.14']],
    ]),
  },
};

/** The MCP host itself, seen by Remote-SSH. */
const host: World = {
  ...laptop,
  self: taggedSelf,
  snapshot: { ...laptop.snapshot, vantage: { remote: 'ssh-remote' } },
};

/** One entry in the root of each client's own file. */
const inCursor = (entry: string): readonly [string, string] => [
  '/w/.cursor/mcp.json',
  `{\n  "mcpServers": {\n    ${entry}\n  }\n}\n`,
];
const inClaude = (entry: string): readonly [string, string] => [
  '/w/.mcp.json',
  `{\n  "mcpServers": {\n    ${entry}\n  }\n}\n`,
];
const inVsCode = (entry: string): readonly [string, string] => [
  '/w/.vscode/mcp.json',
  `{\n  "servers": {\n    ${entry}\n  }\n}\n`,
];
const inEnv = (...lines: readonly string[]): readonly [string, string] => ['/w/.env', `${lines.join('\n')}\n`];

const cases: readonly (readonly [string, readonly [string, string], World?, Place?])[] = [
  ['"figma":{"url":"http://127.0.0.1:3845/mcp"}', inCursor('"figma":{"url":"http://127.0.0.1:3845/mcp"}')],
  [
    '"url":"https://api.githubcopilot.com/mcp/"',
    inVsCode('"github": {"type": "http", "url":"https://api.githubcopilot.com/mcp/"}'),
  ],
  [
    '"url":"http://localhost:8080/mcp" on the MCP host itself (Remote-SSH)',
    inCursor('"clawql": {"url":"http://localhost:8080/mcp"}'),
    host,
  ],
  ['"url":"${CLAWQL_MCP_URL}" in .mcp.json', inClaude('"clawql": {"type": "http", "url":"${CLAWQL_MCP_URL}"}')],
  [
    '"Authorization":"Bearer ${input:token}"',
    inVsCode(
      '"clawql": {"type": "http", "url": "http://${env:CLAWQL_MCP_HOST}/mcp", "headers": {"Authorization":"Bearer ${input:token}"}}',
    ),
  ],
  ['the same server in .cursor/', inCursor('"clawql": {"url": "${env:CLAWQL_MCP_URL}"}')],
  ['and in .vscode/', inVsCode('"clawql": {"type": "http", "url": "http://${env:CLAWQL_MCP_HOST}/mcp"}')],
  [
    'PAPERLESS_BASE_URL=http://paperless:8000 beside its compose file',
    inEnv('CLAWQL_PROVIDER=paperless', 'PAPERLESS_BASE_URL=http://paperless:8000'),
    laptop,
    { besideCompose: true },
  ],
  ['PAPERLESS_URL=https://docs.example.org', inEnv('CLAWQL_X=1', 'PAPERLESS_URL=https://docs.example.org')],
  ['PAPERLESS_URL at a public host', inEnv('CLAWQL_X=1', 'PAPERLESS_URL=https://api.company.dev')],
  ['S3_ENDPOINT_URL=…', inEnv('CLAWQL_X=1', 'S3_ENDPOINT_URL=https://s3.eu-central-1.amazonaws.com')],
  ['S3_ENDPOINT_URL=… in the cluster', inEnv('CLAWQL_X=1', 'S3_ENDPOINT_URL=http://minio:9000')],
  [
    "API_BASE_URL and GRAPHQL_URL in a web application's .env with no CLAWQL_* in it",
    inEnv('API_BASE_URL=https://api.company.dev', 'GRAPHQL_URL=http://localhost:4000/graphql'),
  ],
  ['MCP_HOST=0.0.0.0', inEnv('CLAWQL_X=1', 'MCP_HOST=0.0.0.0')],
  [
    'PAPERLESS_SECRET_KEY=change-me in .env.example',
    ['/w/.env.example', 'CLAWQL_X=1\nPAPERLESS_SECRET_KEY=change-me\n'],
  ],
];

describe('what is right as it stands gets nothing', () => {
  for (const [name, [path, text], world = laptop, place] of cases) {
    it(name, () => {
      for (const tracking of ['untracked', 'tracked', 'ignored', 'unknown'] as const) {
        assert.deepEqual(briefly(path, text, world, { ...place, tracking }), [], tracking);
      }
    });
  }

  it("but TIKA_BASE_URL=http://100.64.0.7:9998 in a container's file is a hint", () => {
    const [path, text] = inEnv('CLAWQL_PROVIDER=tika', 'TIKA_BASE_URL=http://100.64.0.7:9998');
    assert.deepEqual(briefly(path, text, laptop, { besideCompose: true }), [
      'tailnet-address hint http://100.64.0.7:9998',
    ]);
  });
});
