import assert from 'node:assert/strict';

import { dialects, type Dialect } from '../../../../src/core/mcp/dialect.ts';
import { parseMcp } from '../../../../src/core/mcp/mcpDocument.ts';
import { upsertServer } from '../../../../src/core/mcp/mcpEdits.ts';
import { serverDefinition } from '../../../../src/core/mcp/serverDefinition.ts';
import { servingEntry, type ReaderEnvironment } from '../../../../src/core/mcp/servingEntry.ts';
import { variablesFor } from '../../../../src/core/mcp/variables.ts';
import { applyEdits } from '../../../../src/core/text.ts';

const url = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';

function key(text: string, dialect: Dialect, environment?: ReaderEnvironment, of = url): string | undefined {
  return servingEntry(parseMcp(text, dialect), of, environment)?.key;
}

function written(dialect: Dialect, form: 'literal' | 'variable'): string {
  const definition = serverDefinition(dialect, url, form);
  assert.ok(definition);
  const plan = upsertServer('', dialect, 'team', definition);
  assert.ok(plan.kind === 'edits');
  return applyEdits('', plan.edits);
}

for (const dialect of dialects) {
  describe(`servingEntry of a ${dialect.client} file whose reader cannot be seen`, () => {
    const file = (servers: object): string => JSON.stringify({ [dialect.rootKey]: servers });

    it('finds what was written, by URL and by variable', () => {
      for (const form of ['literal', 'variable'] as const)
        assert.equal(key(written(dialect, form), dialect), 'team', form);
    });

    it('finds the first of several', () => {
      assert.equal(key(file({ other: { url: 'http://other/mcp' }, a: { url }, b: { url } }), dialect), 'a');
    });

    it('finds none for another endpoint, another variable, a command, or nothing', () => {
      const others = [
        { url: 'http://clawql-2.tail1a2b3.ts.net:8080/mcp' },
        { url: 'http://clawql-1.tail1a2b3.ts.net:9090/mcp' },
        { url: '${env:OTHER}' },
        { command: 'npx', args: ['mcp-remote', url] },
        {},
      ];
      for (const server of others)
        assert.equal(key(file({ clawql: server }), dialect), undefined, JSON.stringify(server));
      for (const text of ['', '{}', file({}), '[]', 'not JSON']) assert.equal(key(text, dialect), undefined, text);
    });

    it('reads as much of a broken file as can be read', () => {
      assert.equal(key(`${file({ clawql: { url } }).slice(0, -1)},`, dialect), 'clawql');
    });
  });
}

describe('servingEntry of a VS Code file whose environment is known', () => {
  const [vscode] = dialects;
  assert.ok(vscode?.id === 'vscode');

  it('finds what was written once the variable has the value that means the endpoint', () => {
    const text = written(vscode, 'variable');
    assert.equal(key(text, vscode, variablesFor(url)), 'team');
    assert.equal(key(written(vscode, 'literal'), vscode, {}), 'team');
  });

  it('finds none where the variable is not set or is another one', () => {
    const text = written(vscode, 'variable');
    assert.equal(key(text, vscode, {}), undefined);
    assert.equal(key(text, vscode, { CLAWQL_MCP_HOST: 'mine:8080' }), undefined);
  });

  it("finds an entry of the user's own that resolves to the endpoint", () => {
    const text = '{"servers":{"mine":{"url":"http://${env:MY_HOST}:${env:MY_PORT}/mcp"}}}';
    assert.equal(key(text, vscode, { MY_HOST: 'clawql-1.tail1a2b3.ts.net', MY_PORT: '8080' }), 'mine');
  });

  it('goes by scheme and path too where the variable holds the host only', () => {
    const text = written(vscode, 'variable');
    const of = (endpoint: string): string | undefined => key(text, vscode, variablesFor(endpoint), endpoint);
    assert.equal(of('http://anywhere:1/mcp'), 'team');
    assert.equal(of('https://anywhere/mcp'), undefined);
    assert.equal(of('http://anywhere:1/clawql'), undefined);
  });
});
