import assert from 'node:assert/strict';
import { hostEnvironment } from '../../../../../src/core/hostEnvironment.ts';
import { node, selectionOf } from '../../../support/builders.ts';
import { mcp, ofRule, type Place, type World } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('mcp-variable-unset');

const file = '/w/.vscode/mcp.json';
const hostUrl = 'http://${env:CLAWQL_MCP_HOST}/mcp';
const inVSCode = (...names: readonly string[]): World => ({
  snapshot: { environment: hostEnvironment(names, true, 'linux') },
});
const nothingSet = inVSCode();
const selected: World = { snapshot: { ...nothingSet.snapshot, selection: selectionOf(node('clawql-1')) } };
const withHeader = (value: string): string =>
  `{"servers":{"clawql":{"url":"http://clawql-1/mcp","headers":{"Authorization":"${value}"}}}}`;

describe('mcp-variable-unset', () => {
  it('finds a variable in the URL, where it stands', () => {
    const unset = ['mcp-variable-unset warning ${env:CLAWQL_MCP_HOST}'];
    assert.deepEqual(briefly(file, mcp('servers', 'clawql', hostUrl), nothingSet), unset);
    const workspace = `{"settings":{"mcp":{"servers":{"a":{"url":"${hostUrl}"}}}}}`;
    assert.deepEqual(briefly('/w/team.code-workspace', workspace, nothingSet), unset);
    assert.deepEqual(briefly(file, mcp('servers', 'clawql', 'http://${env:HOST}:${env:PORT}/mcp'), inVSCode('HOST')), [
      'mcp-variable-unset warning ${env:PORT}',
    ]);
  });

  it('finds a variable in a header, and in the URL that mcp-remote is given', () => {
    assert.deepEqual(briefly(file, withHeader('Bearer ${env:CLAWQL_API_KEY}'), selected), [
      'mcp-variable-unset warning ${env:CLAWQL_API_KEY}',
    ]);
    const bridged = '{"servers":{"clawql":{"command":"npx","args":["mcp-remote","${env:CLAWQL_MCP_URL}"]}}}';
    assert.deepEqual(briefly(file, bridged, nothingSet), ['mcp-variable-unset warning ${env:CLAWQL_MCP_URL}']);
  });

  it('finds one that is written with escapes, in the whole string', () => {
    const text = String.raw`{"servers":{"clawql":{"url":"http:\/\/${'${env:GONE}'}/mcp"}}}`;
    assert.deepEqual(briefly(file, text, nothingSet), [
      String.raw`mcp-variable-unset warning http:\/\/${'${env:GONE}'}/mcp`,
    ]);
  });

  describe('is quiet about', () => {
    const quiet: readonly (readonly [string, string, string, World, Place?])[] = [
      ['the variables of the selection', file, mcp('servers', 'clawql', hostUrl), selected],
      ['a variable that is set', file, mcp('servers', 'clawql', hostUrl), inVSCode('CLAWQL_MCP_HOST')],
      [
        'a variable that is set in other letters on Windows',
        file,
        withHeader('Bearer ${env:clawql_api_key}'),
        { snapshot: { environment: hostEnvironment(['CLAWQL_API_KEY'], true, 'win32') } },
      ],
      ['another editor than VS Code', file, mcp('servers', 'clawql', hostUrl), {}],
      ['Cursor', '/w/.cursor/mcp.json', mcp('mcpServers', 'clawql', '${env:CLAWQL_MCP_URL}'), nothingSet],
      ['Claude Code', '/w/.mcp.json', mcp('mcpServers', 'clawql', '${CLAWQL_MCP_URL}'), nothingSet],
      [
        'a dev container',
        '/w/.devcontainer/devcontainer.json',
        `{"customizations":{"vscode":{"mcp":{"servers":{"clawql":{"url":"${hostUrl}"}}}}}}`,
        nothingSet,
      ],
      ['a file of another machine', file, mcp('servers', 'clawql', hostUrl), nothingSet, { isHere: false }],
      ['an example', `${file}.example`, mcp('servers', 'clawql', hostUrl), nothingSet],
      ["another tool's server", file, mcp('servers', 'figma', 'http://${env:FIGMA_HOST}/mcp'), nothingSet],
      ['what VS Code asks for', file, `{"inputs":[{"id":"t"}],${withHeader('Bearer ${input:t}').slice(1)}`, nothingSet],
      ['a default, which VS Code does not know', file, mcp('servers', 'clawql', 'http://${env:A:-b}/mcp'), nothingSet],
    ];
    for (const [name, path, text, world, place] of quiet) {
      it(name, () => assert.deepEqual(briefly(path, text, world, place), []));
    }
  });

  it('says which variable, where it is missing, and what to do', () => {
    assert.equal(
      onlyProblem(file, mcp('servers', 'clawql', hostUrl), nothingSet).message,
      'MCP server "clawql" names CLAWQL_MCP_HOST in its URL, which is not set for VS Code on this machine: VS Code puts nothing in ' +
        'its place and does not say so. Choose a host with "ClawQL: Select Tailnet MCP Server…": this extension then sets it.',
    );
    const remote: World = { snapshot: { ...nothingSet.snapshot, vantage: { remote: 'dev-box' } } };
    assert.equal(
      onlyProblem(file, withHeader('Bearer ${env:CLAWQL_API_KEY}'), remote).message,
      'MCP server "clawql" names CLAWQL_API_KEY in its header Authorization, which is not set for VS Code on the remote machine ' +
        '(dev-box): VS Code puts nothing in its place and does not say so. ' +
        'Set it in the environment in which VS Code is started there, then quit and start VS Code again.',
    );
  });

  it('offers to select a server for the variables that a selection sets, and nothing for others', () => {
    assert.deepEqual(fixesOf(file, mcp('servers', 'clawql', hostUrl), nothingSet), {
      'ClawQL: Select Tailnet MCP Server…': 'clawql.selectServer',
    });
    assert.deepEqual(fixesOf(file, withHeader('${env:CLAWQL_API_KEY}'), nothingSet), {});
  });
});
