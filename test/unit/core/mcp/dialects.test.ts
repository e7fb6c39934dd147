import assert from 'node:assert/strict';
import { endsIn, isWritten } from '../../../../src/core/mcp/dialect.ts';
import { dialectById, dialectOf, dialects, writtenDialects } from '../../../../src/core/mcp/dialects.ts';
import { parseMcp } from '../../../../src/core/mcp/mcpDocument.ts';
import { clientFiles } from './clientFiles.ts';

/** Where the documentation of each client says that its files lie, on Linux, macOS and Windows, and in folders of all depths. */
const paths: Readonly<Record<string, readonly string[]>> = {
  vscode: [
    '.vscode/mcp.json',
    '/home/u/w/.vscode/mcp.json',
    '/home/u/w/packages/a/.vscode/mcp.json',
    'c:/Users/u/w/.vscode/mcp.json',
    '/home/u/.config/Code/User/mcp.json',
    '/Users/u/Library/Application Support/Code/User/mcp.json',
    '/c:/Users/u/AppData/Roaming/Code - Insiders/User/mcp.json',
    '/home/u/.vscode-server/data/User/mcp.json',
    '/home/u/.config/Code/User/profiles/-abc/mcp.json',
    'C:/Users/u/AppData/Roaming/Code/User/profiles/5f1d8a2e/mcp.json',
  ],
  vscodeWorkspace: ['team.code-workspace', '/home/u/w/team.code-workspace', 'c:/w/My Team.code-workspace'],
  cursor: ['/w/.cursor/mcp.json', '/home/u/.cursor/mcp.json', 'C:/Users/u/.cursor/mcp.json', '/w/a/b/.cursor/mcp.json'],
  claudeCode: [
    '.mcp.json',
    '/w/.mcp.json',
    '/w/packages/a/.mcp.json',
    '/home/u/.claude.json',
    'C:/Users/u/.claude.json',
  ],
  windsurf: [
    '/home/u/.codeium/windsurf/mcp_config.json',
    '/Users/u/.codeium/windsurf/mcp_config.json',
    'C:/Users/u/.codeium/windsurf/mcp_config.json',
    '/home/u/.config/devin/mcp_config.json',
    '/w/.devin/mcp_config.json',
  ],
  devcontainer: [
    '/w/.devcontainer/devcontainer.json',
    '/w/.devcontainer.json',
    '/w/.devcontainer/x/devcontainer.json',
    'c:/w/packages/a/.devcontainer/python/devcontainer.json',
  ],
  kiro: ['/w/.kiro/settings/mcp.json', '/home/u/.kiro/settings/mcp.json', 'C:/Users/u/.kiro/settings/mcp.json'],
  cline: [
    '/home/u/.config/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json',
    '/Users/u/Library/Application Support/Code/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json',
    '/home/u/.cline/data/settings/cline_mcp_settings.json',
  ],
  roo: [
    '/w/.roo/mcp.json',
    'C:/Users/u/AppData/Roaming/Code/User/globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json',
  ],
  geminiCli: ['/w/.gemini/settings.json', '/home/u/.gemini/settings.json'],
  copilotCli: ['/w/.github/mcp.json', '/home/u/.copilot/mcp-config.json', 'C:/Users/u/.copilot/mcp-config.json'],
  zed: ['/w/.zed/settings.json', '/home/u/.config/zed/settings.json', '/Users/u/.config/zed/settings.json'],
  jetbrains: ['/w/.ai/mcp/mcp.json', '/w/.junie/mcp/mcp.json', '/home/u/.junie/mcp/mcp.json'],
  jetbrainsCopilot: ['/home/u/.config/github-copilot/intellij/mcp.json'],
  amp: [
    '/w/.amp/settings.json',
    '/w/.amp/settings.jsonc',
    '/home/u/.config/amp/settings.json',
    '/home/u/.config/amp/settings.jsonc',
  ],
  antigravity: [
    '/w/.agents/mcp_config.json',
    '/home/u/.gemini/config/mcp_config.json',
    '/home/u/.gemini/antigravity/mcp_config.json',
  ],
  openCode: [
    '/w/opencode.json',
    '/w/opencode.jsonc',
    '/home/u/.config/opencode/opencode.json',
    '/home/u/.config/opencode/opencode.jsonc',
  ],
};

const none: readonly string[] = [
  '',
  'mcp.json',
  '/w/mcp.json',
  '/w/x.mcp.json',
  '/w/my.cursor/mcp.json',
  '/w/.cursor/mcp.json.bak',
  '/w/.cursor/x/mcp.json',
  '/w/cursor/mcp.json',
  '/w/.vscode/settings.json',
  '/w/.vscode/x.mcp.json',
  '/w/.vscode/MCP.json',
  '/w/.vscode/mcp.jsonc',
  '/w/.vscode\\mcp.json',
  '/home/u/.config/Code/User/settings.json',
  '/home/u/.config/Code/User/profiles/mcp.json',
  '/home/u/.config/Code/User/profiles/a/b/mcp.json',
  '/home/u/.config/Code/user/mcp.json',
  '/w/team.code-workspace/x',
  '/w/code-workspace',
  '/w/team.code-workspace.bak',
  '/w/devcontainer.json',
  '/w/.devcontainer/a/b/devcontainer.json',
  '/w/.devcontainer/devcontainer.json/x',
  '/w/x.devcontainer.json',
  '/w/claude.json',
  '/w/mcp_config.json',
  '/w/windsurf/mcp_config.json',
  '/w/.kiro/mcp.json',
  '/w/cline_mcp_settings.json',
  '/w/mcp_settings.json',
  '/w/settings.json',
  '/w/zed/settings.json',
  '/w/amp/settings.json',
  '/w/github/mcp.json',
  '/w/myopencode.json',
  '/w/.env',
];

describe('dialectOf', () => {
  for (const [id, all] of Object.entries(paths)) {
    it(`finds ${id} by each of its paths`, () => {
      for (const path of all) assert.equal(dialectOf(path)?.id, id, path);
    });
  }

  it('knows each place of each client by one of these paths, and no other client by it', () => {
    for (const { id, places } of dialects) {
      for (const place of places)
        assert.ok(
          paths[id]?.some((path) => endsIn(path, place)),
          `${id}: ${place.path}`,
        );
      for (const [other, all] of Object.entries(paths)) {
        if (other === id) continue;
        for (const path of all) assert.ok(!places.some((place) => endsIn(path, place)), `${id}: ${path}`);
      }
    }
  });

  it('is none for what only looks like one', () => {
    for (const path of none) assert.equal(dialectOf(path), undefined, path);
  });
});

describe('dialects', () => {
  it('has each id and each place once', () => {
    const all = dialects.flatMap(({ places }) => places.map(({ scope, path }) => `${scope} ${path}`));
    assert.equal(new Set(all).size, all.length);
    assert.equal(new Set(dialects.map(({ id }) => id)).size, dialects.length);
    for (const dialect of dialects) assert.equal(dialectById(dialect.id), dialect);
    assert.equal(dialectById('emacs'), undefined);
  });

  it('writes for the editors and for Claude Code, and reads all others only', () => {
    const ids = ['vscode', 'vscodeWorkspace', 'cursor', 'claudeCode', 'windsurf'];
    assert.deepEqual(
      writtenDialects.map(({ id }) => id),
      ids,
    );
    for (const dialect of dialects) assert.equal(isWritten(dialect), ids.includes(dialect.id), dialect.id);
  });

  it('writes references that the same client replaces', () => {
    for (const { id, expansion, written } of writtenDialects) {
      const reference = expansion === 'shell' ? /^\$\{[A-Z_]+\}$/ : /^\$\{env:[A-Z_]+\}$/;
      assert.match(written.variable.reference, reference, id);
      assert.match(written.authorization.replace('Bearer ', ''), reference, id);
      assert.ok(written.variable.reference.includes(written.variable.name), id);
    }
  });

  for (const { id } of dialects) {
    it(`finds the servers of a file of ${id} as its documentation shows it`, () => {
      const file = clientFiles[id];
      assert.ok(file, `a file of ${id}`);
      const dialect = dialectOf(file.path);
      assert.equal(dialect?.id, id);
      const { servers, problems, misplaced } = parseMcp(file.text, dialect);
      assert.deepEqual(problems, []);
      assert.equal(misplaced, undefined);
      assert.deepEqual(Object.fromEntries(servers.map(({ key, url }) => [key, url?.value])), file.servers);
      for (const { url } of servers) {
        if (url !== undefined)
          assert.equal(file.text.slice(url.span.offset, url.span.offset + url.span.length), url.raw);
      }
    });
  }
});
