import assert from 'node:assert/strict';
import { applyEdits } from '../../../../../src/core/text.ts';
import { mcp, ofRule, oneHost, twoHosts, type World } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('mcp-variable-unsupported');

const vscodeFile = '/w/.vscode/mcp.json';
const cursorFile = '/w/.cursor/mcp.json';
const whole = mcp('servers', 'clawql', '${env:CLAWQL_MCP_URL}');
const withHeader = (root: string, value: string): string =>
  `{"${root}":{"clawql":{"url":"http://clawql.example/mcp","headers":{"Authorization":"${value}"}}}}`;

describe('mcp-variable-unsupported', () => {
  describe('finds', () => {
    const rows: readonly (readonly [string, string, string, string])[] = [
      ['a variable as the whole URL in VS Code', vscodeFile, whole, '${env:CLAWQL_MCP_URL}'],
      [
        'one that stands for scheme and host',
        vscodeFile,
        mcp('servers', 'clawql', '${env:BASE}/mcp'),
        '${env:BASE}/mcp',
      ],
      ['an input as the whole URL', vscodeFile, mcp('servers', 'clawql', '${input:url}'), '${input:url}'],
      [
        'a variable without env: in VS Code',
        vscodeFile,
        mcp('servers', 'clawql', 'http://${CLAWQL_MCP_HOST}/mcp'),
        '${CLAWQL_MCP_HOST}',
      ],
      ['the same in Cursor', cursorFile, mcp('mcpServers', 'clawql', '${CLAWQL_MCP_URL}'), '${CLAWQL_MCP_URL}'],
      [
        'the same in Windsurf',
        '/h/.codeium/windsurf/mcp_config.json',
        '{"mcpServers":{"clawql":{"serverUrl":"${CLAWQL_MCP_URL}"}}}',
        '${CLAWQL_MCP_URL}',
      ],
      [
        "VS Code's form in Claude Code",
        '/w/.mcp.json',
        mcp('mcpServers', 'clawql', '${env:CLAWQL_MCP_URL}'),
        '${env:CLAWQL_MCP_URL}',
      ],
      [
        'any form in Zed',
        '/w/.zed/settings.json',
        '{"context_servers":{"clawql":{"url":"${CLAWQL_MCP_URL}"}}}',
        '${CLAWQL_MCP_URL}',
      ],
      [
        'any form in Antigravity',
        '/w/.agents/mcp_config.json',
        '{"mcpServers":{"clawql":{"serverUrl":"http://{env:H}/mcp"}}}',
        '{env:H}',
      ],
      ['a header', cursorFile, withHeader('mcpServers', 'Bearer ${CLAWQL_API_KEY}'), '${CLAWQL_API_KEY}'],
      ['what Cursor does not ask for', cursorFile, withHeader('mcpServers', 'Bearer ${input:t}'), '${input:t}'],
      [
        'a variable without braces',
        '/w/.mcp.json',
        mcp('mcpServers', 'clawql', 'http://$HOST/mcp'),
        'http://$HOST/mcp',
      ],
      [
        'the argument of mcp-remote',
        cursorFile,
        '{"mcpServers":{"clawql":{"command":"npx","args":["mcp-remote","${CLAWQL_MCP_URL}"]}}}',
        '${CLAWQL_MCP_URL}',
      ],
    ];
    for (const [name, path, text, underlined] of rows) {
      it(name, () => {
        assert.deepEqual(briefly(path, text, oneHost), [`mcp-variable-unsupported error ${underlined}`]);
      });
    }

    it('an input that the file does not declare, as information', () => {
      const text = `{"inputs":[{"id":"other"}],${withHeader('servers', 'Bearer ${input:token}').slice(1)}`;
      assert.deepEqual(briefly(vscodeFile, text, {}), ['mcp-variable-unsupported information ${input:token}']);
      assert.equal(
        onlyProblem(vscodeFile, text, {}).message,
        'MCP server "clawql", its header Authorization: this file declares no input "token", so VS Code does not know what to ask ' +
          'for. Declare it under "inputs", beside the servers.',
      );
      assert.deepEqual(fixesOf(vscodeFile, text, {}), {});
    });
  });

  describe('is quiet about', () => {
    const rows: readonly (readonly [string, string, string])[] = [
      ["Claude Code's own form", '/w/.mcp.json', mcp('mcpServers', 'clawql', '${CLAWQL_MCP_URL}')],
      ['a default in it', '/w/.mcp.json', mcp('mcpServers', 'clawql', '${CLAWQL_MCP_URL:-http://h.example/mcp}')],
      ["Cursor's own form", cursorFile, mcp('mcpServers', 'clawql', '${env:CLAWQL_MCP_URL}')],
      ["VS Code's own form", vscodeFile, mcp('servers', 'clawql', 'http://${env:CLAWQL_MCP_HOST}/mcp')],
      [
        'an input that is declared',
        vscodeFile,
        `{"inputs":[{"type":"promptString","id":"token"}],${withHeader('servers', 'Bearer ${input:token}').slice(1)}`,
      ],
      [
        'one of a workspace file',
        '/w/team.code-workspace',
        `{"settings":{"mcp":{"inputs":[{"id":"t"}],${withHeader('servers', '${input:t}').slice(1)}}}`,
      ],
      [
        'the argument of mcp-remote in VS Code',
        vscodeFile,
        '{"servers":{"clawql":{"command":"npx","args":["mcp-remote","${env:CLAWQL_MCP_URL}"]}}}',
      ],
      ['places of the editor', cursorFile, mcp('mcpServers', 'clawql', 'http://h.example/${workspaceFolderBasename}')],
      ['a dollar in a query', cursorFile, mcp('mcpServers', 'clawql', 'http://h.example/mcp?$filter=x')],
      ["another tool's server", vscodeFile, mcp('servers', 'figma', '${FIGMA_URL}')],
      ['clients whose way is not known', '/w/.junie/mcp/mcp.json', mcp('mcpServers', 'clawql', '${CLAWQL_MCP_URL}')],
      ['a header of Kiro', '/w/.kiro/settings/mcp.json', withHeader('mcpServers', 'Bearer ${env:CLAWQL_API_KEY}')],
      ['a URL without a scheme', vscodeFile, mcp('servers', 'clawql', 'clawql-1:8080/mcp')],
    ];
    for (const [name, path, text] of rows) {
      it(name, () => assert.deepEqual(briefly(path, text, oneHost), []));
    }
  });

  it('says what the client does with it', () => {
    assert.equal(
      onlyProblem(vscodeFile, whole, {}).message,
      'MCP server "clawql", its URL: VS Code does not take a variable as the whole URL: write the scheme and the path. ' +
        'It leaves the server out; before 1.138 it leaves out every server of the file.',
    );
    assert.equal(
      onlyProblem(cursorFile, mcp('mcpServers', 'clawql', '${CLAWQL_MCP_URL:-http://u:s3cret@h}'), {}).message,
      'MCP server "clawql", its URL: Cursor does not replace ${CLAWQL_MCP_URL}: it wants ${env:NAME}. It is sent as it stands.',
    );
    assert.match(
      onlyProblem('/w/.zed/settings.json', '{"context_servers":{"clawql":{"url":"${X}"}}}', {}).message,
      /Zed does not replace \$\{X\}, nor any other variable: put the value itself there\.$/,
    );
  });

  describe('mends', () => {
    it("the whole URL with scheme and path of the selected host, in VS Code's own form", () => {
      assert.deepEqual(fixesOf(vscodeFile, whole, oneHost), {
        '* Use the variable CLAWQL_MCP_HOST (clawql-1.tail1a2b3.ts.net:8080)': mcp(
          'servers',
          'clawql',
          'http://${env:CLAWQL_MCP_HOST}/mcp',
        ),
      });
      assert.deepEqual(fixesOf(vscodeFile, whole, twoHosts), {
        'Use the variable CLAWQL_MCP_HOST': mcp('servers', 'clawql', 'http://${env:CLAWQL_MCP_HOST}/mcp'),
      });
      assert.deepEqual(fixesOf(vscodeFile, whole, {}), { 'ClawQL: Select Tailnet MCP Server…': 'clawql.selectServer' });
    });

    it("another client's form with this one's", () => {
      const forms: readonly (readonly [string, string, string])[] = [
        [cursorFile, '${CLAWQL_MCP_URL}', '${env:CLAWQL_MCP_URL}'],
        ['/w/.mcp.json', '${env:CLAWQL_MCP_URL}', '${CLAWQL_MCP_URL}'],
        ['/w/.mcp.json', 'http://{env:H}/mcp', 'http://${H}/mcp'],
      ];
      for (const [path, written, wanted] of forms) {
        const form = /\$\{[^}]*\}/.exec(wanted)?.[0] ?? '';
        assert.deepEqual(fixesOf(path, mcp('mcpServers', 'clawql', written), {}), {
          [`* Write ${form}`]: mcp('mcpServers', 'clawql', wanted),
        });
      }
    });

    it('a default only when it is asked to, because the other form has none', () => {
      const text = mcp('mcpServers', 'clawql', '${CLAWQL_MCP_URL:-http://h.example/mcp}');
      assert.deepEqual(fixesOf(cursorFile, text, {}), {
        'Write ${env:CLAWQL_MCP_URL}': mcp('mcpServers', 'clawql', '${env:CLAWQL_MCP_URL}'),
      });
    });

    it('one reference of several, and keeps the comments', () => {
      const text = '{"mcpServers":{"clawql":{ // ours\n"url":"http://${H}:${P}/mcp", }, }}';
      const world: World = {};
      assert.deepEqual(briefly(cursorFile, text, world), [
        'mcp-variable-unsupported error ${H}',
        'mcp-variable-unsupported error ${P}',
      ]);
    });

    it('nothing in Zed', () => {
      assert.deepEqual(fixesOf('/w/.zed/settings.json', '{"context_servers":{"clawql":{"url":"${X}"}}}', oneHost), {});
    });
  });

  it('is safe to be done unseen where nothing is lost', () => {
    const text = mcp('mcpServers', 'clawql', '${CLAWQL_MCP_URL}');
    const [fix] = onlyProblem(cursorFile, text, {}).fixes();
    assert.ok(fix?.kind === 'edit' && fix.isSafe === true);
    assert.equal(applyEdits(text, fix.edits), mcp('mcpServers', 'clawql', '${env:CLAWQL_MCP_URL}'));
    const [whole] = onlyProblem(vscodeFile, mcp('servers', 'clawql', '${CLAWQL_MCP_URL}'), oneHost).fixes();
    assert.ok(whole?.kind === 'edit' && whole.isSafe === undefined);
  });
});
