import assert from 'node:assert/strict';
import { node, selectionOf, settings } from '../../../support/builders.ts';
import { briefly as allBriefly, mcp, ofRule, oneHost, type Place, type World } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('mcp-hardcoded-url');

const host = 'clawql-1.tail1a2b3.ts.net';
const url = `http://${host}:8080/mcp`;
const tracked: Place = { tracking: 'tracked' };
const cursorFile = '/w/.cursor/mcp.json';
const cursorText = mcp('mcpServers', 'clawql', url);
const selecting = (name: string): World => ({
  ...oneHost,
  snapshot: { selection: selectionOf(node(name), { url: `http://${name}.tail1a2b3.ts.net:8080/mcp` }) },
});

describe('mcp-hardcoded-url', () => {
  it('finds the name of a tailnet host in a file that git tracks', () => {
    for (const [path, root] of [
      [cursorFile, 'mcpServers'],
      ['/w/.vscode/mcp.json', 'servers'],
      ['/w/.mcp.json', 'mcpServers'],
    ] as const) {
      assert.deepEqual(briefly(path, mcp(root, 'tools', url), oneHost, tracked), [
        `mcp-hardcoded-url information ${url}`,
      ]);
    }
    const short = 'http://clawql-1:8080/mcp';
    assert.deepEqual(briefly(cursorFile, mcp('mcpServers', 'clawql', short), oneHost, tracked), [
      `mcp-hardcoded-url information ${short}`,
    ]);
  });

  describe('is quiet about', () => {
    const quiet: readonly (readonly [string, string, string, World, Place])[] = [
      ['a file that git does not track', cursorFile, cursorText, oneHost, { tracking: 'untracked' }],
      ['a file that git ignores', cursorFile, cursorText, oneHost, { tracking: 'ignored' }],
      ['a file of which that is not known', cursorFile, cursorText, oneHost, { tracking: 'unknown' }],
      ["the user's own file", '/h/.cursor/mcp.json', cursorText, oneHost, { ...tracked, inWorkspace: false }],
      ['a variable', cursorFile, mcp('mcpServers', 'clawql', '${env:CLAWQL_MCP_URL}'), oneHost, tracked],
      ['a placeholder', cursorFile, mcp('mcpServers', 'clawql', 'http://your-host:8080/mcp'), oneHost, tracked],
      ["another tool's server", cursorFile, mcp('mcpServers', 'figma', 'http://127.0.0.1:3845/mcp'), oneHost, tracked],
      ['a client whose variables are not known well enough', '/w/.junie/mcp/mcp.json', cursorText, oneHost, tracked],
      [
        'a client without variables',
        '/w/.zed/settings.json',
        `{"context_servers":{"clawql":{"url":"${url}"}}}`,
        oneHost,
        tracked,
      ],
      [
        'a host that the user allowed',
        cursorFile,
        cursorText,
        { ...oneHost, snapshot: { settings: settings({ 'diagnostics.allowedHosts': [{ host }] }) } },
        tracked,
      ],
    ];
    for (const [name, path, text, world, place] of quiet) {
      it(name, () => assert.deepEqual(briefly(path, text, world, place), []));
    }

    it('what other rules speak of', () => {
      const rules = (value: string): readonly (string | undefined)[] =>
        allBriefly(cursorFile, mcp('mcpServers', 'clawql', value), oneHost, tracked).map((line) => line.split(' ')[0]);
      assert.deepEqual(rules('http://localhost:8080/mcp'), ['localhost-url']);
      assert.deepEqual(rules('https://8.8.8.8/mcp'), ['public-url']);
      assert.ok(!rules('http://100.101.102.103:8080/mcp').includes('mcp-hardcoded-url'));
    });
  });

  it('says who learns the name, and what to do', () => {
    assert.equal(
      onlyProblem(cursorFile, cursorText, oneHost, tracked).message,
      `MCP server "clawql" holds the name of ${host}, and git tracks mcp.json: everybody who gets the file learns that name, and ` +
        'the entry does not follow when another server is selected. Name the variable CLAWQL_MCP_URL in its place.',
    );
  });

  it('mends it with the variable, preferred unless the selection leads elsewhere', () => {
    const title = (name: string): string => `Use the variable ${name}, which must then lead to this host`;
    const after = mcp('mcpServers', 'clawql', '${env:CLAWQL_MCP_URL}');
    assert.deepEqual(fixesOf(cursorFile, cursorText, oneHost, tracked), { [`* ${title('CLAWQL_MCP_URL')}`]: after });
    assert.deepEqual(fixesOf(cursorFile, cursorText, selecting('clawql-1'), tracked), {
      [`* ${title('CLAWQL_MCP_URL')}`]: after,
    });
    assert.deepEqual(fixesOf(cursorFile, cursorText, selecting('clawql-2'), tracked), {
      [title('CLAWQL_MCP_URL')]: after,
    });
    assert.deepEqual(fixesOf('/w/.vscode/mcp.json', mcp('servers', 'clawql', `${url}?a=b`), oneHost, tracked), {
      [`* ${title('CLAWQL_MCP_HOST')}`]: mcp('servers', 'clawql', 'http://${env:CLAWQL_MCP_HOST}/mcp?a=b'),
    });
  });
});
