import assert from 'node:assert/strict';

import { isWritten, type Dialect, type WrittenDialect } from '../../../../src/core/mcp/dialect.ts';
import { dialectById, dialects, writtenDialects } from '../../../../src/core/mcp/dialects.ts';
import { parseMcp } from '../../../../src/core/mcp/mcpDocument.ts';
import { upsertServer } from '../../../../src/core/mcp/mcpEdits.ts';
import type { ReaderEnvironment } from '../../../../src/core/mcp/resolvedUrl.ts';
import { serverDefinition, type EntryForm } from '../../../../src/core/mcp/serverDefinition.ts';
import { servingEntry } from '../../../../src/core/mcp/servingEntry.ts';
import { variablesFor } from '../../../../src/core/mcp/variables.ts';
import { applyEdits } from '../../../../src/core/text.ts';

const url = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';

function key(text: string, dialect: Dialect, environment?: ReaderEnvironment, of = url): string | undefined {
  return servingEntry(parseMcp(text, dialect), of, environment)?.key;
}

function written(dialect: WrittenDialect, form: EntryForm): string {
  const definition = serverDefinition(dialect, { url }, form);
  assert.ok(definition);
  const plan = upsertServer('', dialect, 'team', definition.properties);
  assert.ok(plan.kind === 'edits');
  return applyEdits('', plan.edits);
}

for (const dialect of dialects) {
  const [urlKey] = dialect.urlKeys;

  describe(`servingEntry of a file of ${dialect.id} whose reader cannot be seen`, () => {
    const file = (servers: object): string => {
      return JSON.stringify(dialect.root.reduceRight<object>((inner, name) => ({ [name]: inner }), servers));
    };
    const at = (text: string): object => ({ [urlKey]: text });

    if (isWritten(dialect)) {
      it('finds what was written, by URL and by variable', () => {
        for (const form of ['literal', 'variable'] as const)
          assert.equal(key(written(dialect, form), dialect), 'team', form);
      });
    }

    it('finds the first of several, however the URL is spelled', () => {
      const spelled = 'HTTP://CLAWQL-1.tail1a2b3.ts.net:8080/mcp';
      assert.equal(key(file({ other: at('http://other/mcp'), a: at(spelled), b: at(url) }), dialect), 'a');
    });

    it('finds none for another endpoint, another variable, a command, or nothing', () => {
      const others = [
        at('http://clawql-2.tail1a2b3.ts.net:8080/mcp'),
        at('http://clawql-1.tail1a2b3.ts.net:9090/mcp'),
        at('${env:OTHER}'),
        at('${OTHER}'),
        at('http://${env:OTHER}/mcp'),
        at('{env:OTHER}'),
        at(''),
        { command: 'npx', args: ['mcp-remote', url] },
        {},
      ];
      for (const server of others)
        assert.equal(key(file({ clawql: server }), dialect), undefined, JSON.stringify(server));
      for (const text of ['', '{}', file({}), '[]', 'not JSON']) assert.equal(key(text, dialect), undefined, text);
    });

    it('reads as much of a broken file as can be read', () => {
      assert.equal(key(`${file({ clawql: at(url) }).slice(0, -1)},`, dialect), 'clawql');
    });
  });
}

describe('servingEntry of a VS Code file whose environment is known', () => {
  const vscode = dialectById('vscode');
  assert.ok(vscode && isWritten(vscode));

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

describe('servingEntry of files whose environment is known', () => {
  it('finds what was written for any client once its variable has the value that means the endpoint', () => {
    for (const dialect of writtenDialects) {
      const text = written(dialect, 'variable');
      assert.equal(key(text, dialect, variablesFor(url)), 'team', dialect.id);
      assert.equal(key(text, dialect, variablesFor('http://other/mcp')), undefined, dialect.id);
      assert.equal(key(text, dialect, {}), undefined, dialect.id);
    }
  });

  it('finds no entry for an endpoint that is no URL', () => {
    for (const dialect of writtenDialects) assert.equal(key(written(dialect, 'literal'), dialect, {}, ''), undefined);
  });
});
