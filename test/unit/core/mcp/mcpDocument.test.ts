import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dialectOf, dialects } from '../../../../src/core/mcp/dialects.ts';
import { bridgedUrl, parseMcp, type McpDocument } from '../../../../src/core/mcp/mcpDocument.ts';
import { spanEnd, type Span } from '../../../../src/core/text.ts';
import { jsoncFile } from './jsonc.ts';

function read(text: string, file = '.vscode/mcp.json'): McpDocument {
  const dialect = dialectOf(file);
  assert.ok(dialect);
  return parseMcp(text, dialect);
}

function slice(text: string, span: Span): string {
  return text.slice(span.offset, spanEnd(span));
}

describe('mcpDocument', () => {
  it('reads keys and URLs with their places', () => {
    const text =
      '\ufeff{\r\n  // ours\r\n  "servers": { "a\\u0062": { "url": "http:\\/\\/localhost:8080/mcp", }, },\r\n}';
    const document = read(text);
    const [server] = document.servers;
    assert.ok(server?.url);
    assert.deepEqual(document.problems, []);
    assert.equal(server.key, 'ab');
    assert.equal(slice(text, server.keySpan), 'a\\u0062');
    assert.equal(server.url.value, 'http://localhost:8080/mcp');
    assert.equal(server.url.raw, 'http:\\/\\/localhost:8080/mcp');
    assert.equal(slice(text, server.url.span), server.url.raw);
    assert.equal(slice(text, server.definitionSpan)[0], '{');
  });

  it('reads only what stands under the key of its client', () => {
    const text = '{"servers": {"a": {"url": "http://a"}}, "mcpServers": {"b": {"url": "http://b"}}}';
    assert.deepEqual(
      ['.vscode/mcp.json', '.cursor/mcp.json'].map((file) => read(text, file).servers.map(({ key }) => key)),
      [['a'], ['b']],
    );
  });

  it('reads what it can of a file that is being typed, and says in plain words what is missing', () => {
    const document = read('{\n  "servers": {\n    "a": { "url": "http://a" },\n    "b": { "url": "http://b\n  }\n}');
    assert.deepEqual(
      document.servers.map(({ key, url }) => [key, url?.value]),
      [
        ['a', 'http://a'],
        ['b', undefined],
      ],
    );
    assert.deepEqual(document.problems[0], {
      offset: 67,
      line: 4,
      column: 19,
      reason: 'the string that begins here does not end in its line',
    });
  });

  it('never throws', () => {
    for (const text of [
      '',
      '[]',
      '"x"',
      'null',
      '{"servers": 1}',
      '{"servers": {"a": null, "b": []}}',
      '['.repeat(200_000),
    ]) {
      assert.deepEqual(read(text).servers, []);
    }
    fc.assert(
      fc.property(jsoncFile(['servers'], ['clawql']), fc.nat(), fc.string({ maxLength: 3 }), (text, at, junk) => {
        const position = at % (text.length + 1);
        const broken = text.slice(0, position) + junk + text.slice(position + 1);
        for (const server of read(broken).servers) {
          for (const found of [server.url, ...server.args]) {
            if (found !== undefined)
              assert.equal(JSON.parse(`"${slice(broken, found.span).replaceAll('\t', '\\t')}"`), found.value);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('finds the URL that mcp-remote is given', () => {
    const bridged = (definition: object): string | undefined => {
      const [server] = read(JSON.stringify({ servers: { a: definition } })).servers;
      return server && bridgedUrl(server)?.value;
    };
    const url = 'http://localhost:8080/mcp';
    assert.equal(bridged({ command: 'npx', args: ['-y', 'mcp-remote@latest', url, '--allow-http'] }), url);
    assert.equal(bridged({ command: 'npx', args: ['-p', 'mcp-remote', 'mcp-remote', '--debug', url] }), url);
    assert.equal(bridged({ command: 'C:\\npm\\mcp-remote.cmd', args: [url] }), url);
    assert.equal(bridged({ command: 'npx', args: ['mcp-remote', '${env:CLAWQL_MCP_URL}'] }), '${env:CLAWQL_MCP_URL}');
    assert.equal(bridged({ command: 'npx', args: ['other', url] }), undefined);
    assert.equal(bridged({ url }), undefined);
  });

  it('knows the roots of all dialects, and each property that can hold the URL', () => {
    for (const dialect of dialects) {
      for (const urlKey of dialect.urlKeys) {
        const servers: unknown = { clawql: { [urlKey]: 'http://h/mcp' } };
        const file = dialect.root.reduceRight((inner, name) => ({ [name]: inner }), servers);
        const [server] = parseMcp(JSON.stringify(file), dialect).servers;
        assert.deepEqual([server?.url?.value, server?.urlKey], ['http://h/mcp', urlKey], dialect.id);
      }
    }
  });

  it('takes the URL from the property that a client reads first, and names that one where there is none yet', () => {
    const server = (definition: string): readonly [string | undefined, string | undefined] => {
      const [found] = read(`{"mcpServers":{"a":${definition}}}`, '.codeium/windsurf/mcp_config.json').servers;
      return [found?.urlKey, found?.url?.value];
    };
    assert.deepEqual(server('{"url":"http://u","serverUrl":"http://s"}'), ['serverUrl', 'http://s']);
    assert.deepEqual(server('{"url":"http://u"}'), ['url', 'http://u']);
    assert.deepEqual(server('{"url":1}'), ['url', undefined]);
    assert.deepEqual(server('{"command":"x"}'), ['serverUrl', undefined]);
  });

  it('sees servers below the property of another client, where this one has none of its own', () => {
    const misplaced = (text: string, file?: string): string | undefined => read(text, file).misplaced?.key;
    assert.equal(misplaced('{"mcpServers":{}}'), 'mcpServers');
    assert.equal(misplaced('{"context_servers":{}}', '.cursor/mcp.json'), 'context_servers');
    assert.equal(misplaced('{"servers":{}}', '.mcp.json'), 'servers');
    assert.equal(misplaced('{"mcpServers":{},"servers":{}}'), undefined);
    assert.equal(misplaced('{"mcpServers":[]}'), undefined);
    // What else lies at the root of a file of settings is its own affair.
    for (const file of ['/w/team.code-workspace', '.zed/settings.json', '.amp/settings.json', 'opencode.json']) {
      assert.equal(misplaced('{"mcpServers":{}}', file), undefined, file);
    }
  });

  it('reads the servers there, and a URL below the name of another client', () => {
    const { misplaced } = read('{"mcpServers":{"a":{"url":"http://a"},"b":1}}');
    assert.deepEqual(
      misplaced?.servers.map(({ key, url }) => [key, url?.value]),
      [['a', 'http://a']],
    );
    const misnamed = (definition: string, file: string): readonly (string | undefined)[] => {
      const text = `{"mcpServers":{"a":${definition}}}`;
      const found = read(text, file).servers[0]?.misnamedUrl;
      return [found?.name, found?.value.value, found && slice(text, found.nameSpan)];
    };
    assert.deepEqual(misnamed('{"serverUrl":"http://s"}', '.cursor/mcp.json'), ['serverUrl', 'http://s', 'serverUrl']);
    assert.deepEqual(misnamed('{"url":"http://u"}', '.agents/mcp_config.json'), ['url', 'http://u', 'url']);
    for (const definition of [
      '{"url":"http://u","serverUrl":"http://s"}',
      '{"url":1,"httpUrl":"http://h"}',
      '{"command":"x","httpUrl":"http://h"}',
      '{"httpUrl":1}',
    ]) {
      assert.deepEqual(misnamed(definition, '.cursor/mcp.json'), [undefined, undefined, undefined], definition);
    }
    // Each client's own name is one that the others are known to use.
    for (const { urlKeys, id } of dialects) {
      for (const key of urlKeys)
        assert.notDeepEqual(
          misnamed(`{"${key}":"http://h"}`, key === 'url' ? '.agents/mcp_config.json' : '.cursor/mcp.json'),
          [undefined, undefined, undefined],
          id,
        );
    }
  });
});
