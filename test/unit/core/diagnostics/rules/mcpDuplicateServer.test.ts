import assert from 'node:assert/strict';
import { mcp, ofRule, oneHost } from '../world.ts';

const { briefly, fixesOf, onlyProblem } = ofRule('mcp-duplicate-server');

const file = '/w/.cursor/mcp.json';
const url = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
const short = 'http://clawql-1:8080/mcp/';
const servers = (...entries: readonly (readonly [string, string])[]): string =>
  `{\n  "mcpServers": {\n${entries.map(([key, parts]) => `    "${key}": { ${parts} }, // ${key}`).join('\n')}\n  }\n}\n`;
const withUrl = (value: string, more = ''): string => `"url": "${value}"${more}`;

describe('mcp-duplicate-server', () => {
  it('finds a key that stands there twice, of which the first is passed over', () => {
    const text = servers(['clawql', withUrl(url)], ['other', '"command": "x"'], ['clawql', withUrl('${env:X}')]);
    assert.deepEqual(briefly(file, text, oneHost), ['mcp-duplicate-server warning clawql']);
    const { span } = onlyProblem(file, text, oneHost);
    assert.equal(span.offset, text.indexOf('clawql'));
  });

  it('finds two servers of the same endpoint, by whichever of its names', () => {
    assert.deepEqual(briefly(file, servers(['clawql', withUrl(url)], ['tools', withUrl(short)]), oneHost), [
      'mcp-duplicate-server warning tools',
    ]);
    const variable = withUrl('${env:CLAWQL_MCP_URL}');
    assert.deepEqual(briefly(file, servers(['a', variable], ['b', variable], ['c', variable]), {}), [
      'mcp-duplicate-server warning b',
      'mcp-duplicate-server warning c',
    ]);
  });

  describe('is quiet about', () => {
    const quiet: readonly (readonly [string, string])[] = [
      ['one server', mcp('mcpServers', 'clawql', url)],
      [
        'two hosts',
        servers(['clawql', withUrl(url)], ['clawql-b', withUrl('http://clawql-2.tail1a2b3.ts.net:8080/mcp')]),
      ],
      ['two ports', servers(['clawql', withUrl(url)], ['b', withUrl('https://clawql-1.tail1a2b3.ts.net/mcp')])],
      ['two variables', servers(['a', withUrl('${env:CLAWQL_A}')], ['b', withUrl('${env:CLAWQL_B}')])],
      [
        'other headers, which may mean another user',
        servers(['clawql', withUrl(url)], ['b', withUrl(url, ', "headers": { "X-User": "b" }')]),
      ],
      ['one that is off', servers(['clawql', withUrl(url)], ['b', withUrl(url, ', "disabled": true')])],
      [
        "other tools' servers",
        servers(['figma', withUrl('http://127.0.0.1:3845/mcp')], ['figma', withUrl('http://127.0.0.1:3845/mcp')]),
      ],
      ['what is being typed', servers(['clawql', withUrl(url)], ['clawql', withUrl(url)]).slice(0, -4)],
    ];
    for (const [name, text] of quiet) it(name, () => assert.deepEqual(briefly(file, text, oneHost), []));

    it('the same server in the file of another client', () => {
      assert.deepEqual(briefly(file, mcp('mcpServers', 'clawql', url), oneHost), []);
      assert.deepEqual(briefly('/w/.vscode/mcp.json', mcp('servers', 'clawql', url), oneHost), []);
    });
  });

  it('says which one counts', () => {
    assert.equal(
      onlyProblem(file, servers(['clawql', withUrl(url)], ['clawql', withUrl(url)]), oneHost).message,
      'MCP server "clawql" stands in this file once more, further down: Cursor takes that one and passes over this one. ' +
        'Remove one of them.',
    );
    assert.equal(
      onlyProblem(file, servers(['clawql', withUrl(url)], ['tools', withUrl(url)]), oneHost).message,
      'MCP server "tools" reaches the same endpoint as "clawql": Cursor offers each of its tools twice. Remove one of them.',
    );
  });

  it('removes the one that is passed over, with its line', () => {
    const text = servers(['clawql', withUrl(url)], ['clawql', withUrl(short)]);
    assert.deepEqual(fixesOf(file, text, oneHost), {
      '* Remove this one, which is not read':
        '{\n  "mcpServers": {\n    // clawql\n' +
        '    "clawql": { "url": "http://clawql-1:8080/mcp/" }, // clawql\n  }\n}\n',
    });
  });

  it('does that unseen only where both say the same', () => {
    const isSafe = (second: string): boolean | undefined => {
      const text = servers(['clawql', withUrl(url)], ['clawql', withUrl(second)]);
      const [fix] = onlyProblem(file, text, oneHost).fixes();
      return fix?.kind === 'edit' ? fix.isSafe : undefined;
    };
    assert.deepEqual([isSafe(url), isSafe(short)], [true, false]);
  });

  it('offers either of two keys, and prefers none', () => {
    const line = (key: string): string => `"${key}":{"url":"${url}"}`;
    const text = (...keys: readonly string[]): string => `{"mcpServers":{${keys.map(line).join(',')}}}`;
    assert.deepEqual(fixesOf(file, text('clawql', 'tools'), oneHost), {
      'Remove "tools"': text('clawql'),
      'Remove "clawql"': text('tools'),
    });
  });
});
