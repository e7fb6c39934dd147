import assert from 'node:assert/strict';
import { mcp, ofRule, oneHost } from '../world.ts';

const { briefly, fixesOf, onlyProblem, problemsOf } = ofRule('mcp-wrong-key');

const url = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
const vscodeFile = '/w/.vscode/mcp.json';
const cursorFile = '/w/.cursor/mcp.json';
const server = (key: string, urlKey: string): string => `{"mcpServers":{"${key}":{"${urlKey}":"${url}"}}}`;

describe('mcp-wrong-key', () => {
  it('finds servers below a root that the client does not read', () => {
    assert.deepEqual(briefly(vscodeFile, mcp('mcpServers', 'clawql', url), oneHost), [
      'mcp-wrong-key error mcpServers',
    ]);
    for (const path of [cursorFile, '/w/.mcp.json', '/h/.codeium/windsurf/mcp_config.json']) {
      assert.deepEqual(briefly(path, mcp('servers', 'tools', url), oneHost), ['mcp-wrong-key error servers'], path);
    }
  });

  it('finds a URL below a key that the client does not read', () => {
    for (const [path, text, key] of [
      [cursorFile, server('clawql', 'serverUrl'), 'serverUrl'],
      [cursorFile, server('tools', 'httpUrl'), 'httpUrl'],
      [vscodeFile, server('clawql', 'serverUrl').replace('mcpServers', 'servers'), 'serverUrl'],
      ['/w/.agents/mcp_config.json', server('clawql', 'url'), 'url'],
      ['/w/.mcp.json', server('clawql', 'httpUrl'), 'httpUrl'],
    ] as const) {
      assert.deepEqual(briefly(path, text, oneHost), [`mcp-wrong-key error ${key}`], path);
    }
  });

  describe('is quiet about', () => {
    const quiet: readonly (readonly [string, string, string])[] = [
      ['the keys that the client reads', '/h/.codeium/windsurf/mcp_config.json', server('clawql', 'url')],
      ["Gemini CLI's own", '/w/.gemini/settings.json', server('clawql', 'httpUrl')],
      [
        'a file with both roots, which is for several clients',
        vscodeFile,
        `{"servers":{},"mcpServers":{"clawql":{"url":"${url}"}}}`,
      ],
      [
        'a second key beside the right one',
        cursorFile,
        `{"mcpServers":{"clawql":{"url":"${url}","serverUrl":"${url}"}}}`,
      ],
      ['a URL that is being typed', cursorFile, '{"mcpServers":{"clawql":{"url":1,"serverUrl":"http://h.example"}}}'],
      ['a command', cursorFile, `{"mcpServers":{"clawql":{"command":"x","serverUrl":"${url}"}}}`],
      ["other tools' servers", vscodeFile, mcp('mcpServers', 'figma', 'http://127.0.0.1:3845/mcp')],
      ["another tool's URL", cursorFile, '{"mcpServers":{"figma":{"serverUrl":"http://127.0.0.1:3845/mcp"}}}'],
      ['settings of other kinds', '/w/.zed/settings.json', mcp('mcpServers', 'clawql', url)],
    ];
    for (const [name, path, text] of quiet) it(name, () => assert.deepEqual(briefly(path, text, oneHost), []));
  });

  it('says what the client reads', () => {
    assert.equal(
      onlyProblem(vscodeFile, mcp('mcpServers', 'clawql', url), oneHost).message,
      'VS Code reads the servers of this file from "servers", not from "mcpServers": rename it, or it does not find ClawQL.',
    );
    assert.equal(
      onlyProblem(cursorFile, server('clawql', 'serverUrl'), oneHost).message,
      'MCP server "clawql" has its URL below "serverUrl", which Cursor does not read: it finds no URL there. Call it "url".',
    );
  });

  it('mends it by another name, and changes nothing else', () => {
    assert.deepEqual(fixesOf(vscodeFile, mcp('mcpServers', 'clawql', url), oneHost), {
      '* Rename it to "servers"': mcp('servers', 'clawql', url),
    });
    assert.deepEqual(fixesOf(cursorFile, server('clawql', 'server\\u0055rl'), oneHost), {
      '* Rename it to "url"': server('clawql', 'url'),
    });
    assert.deepEqual(fixesOf('/w/.agents/mcp_config.json', server('clawql', 'url'), oneHost), {
      '* Rename it to "serverUrl"': server('clawql', 'serverUrl'),
    });
    for (const problem of problemsOf(vscodeFile, mcp('mcpServers', 'clawql', url), oneHost)) {
      assert.ok(problem.fixes().every((fix) => fix.kind === 'edit' && fix.isSafe !== true));
    }
  });
});
