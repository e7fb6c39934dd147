import assert from 'node:assert/strict';
import fc from 'fast-check';
import { entryFormats, formatById } from '../../../../src/core/entries/entryFormats.ts';
import { serverFormat } from '../../../../src/core/entries/serverFormat.ts';
import { writtenDialects } from '../../../../src/core/mcp/dialects.ts';
import { serverDefinition } from '../../../../src/core/mcp/serverDefinition.ts';
import { spanEnd } from '../../../../src/core/text.ts';
import { applied, meaning, objectAt } from '../mcp/editChecks.ts';
import { anyEdit, url } from '../mcp/mcpFiles.ts';

function named(id: string): ReturnType<typeof serverFormat> {
  const dialect = writtenDialects.find((one) => one.id === id);
  assert.ok(dialect, id);
  return serverFormat(dialect);
}

describe('entryFormats', () => {
  it('has one for each dialect that is written and one for .env files, each by its id', () => {
    const ids = [...writtenDialects.map(({ id }) => id), 'dotenv'];
    assert.deepEqual(
      entryFormats.map(({ id }) => id),
      ids,
    );
    for (const id of ids) assert.equal(formatById(id)?.id, id);
    assert.equal(formatById('zed'), undefined);
  });
});

describe('serverFormat', () => {
  it('holds what the client is to read, or nothing where the URL may stand in no file', () => {
    for (const dialect of writtenDialects) {
      const { contentOf } = serverFormat(dialect);
      for (const form of ['literal', 'variable'] as const) {
        const endpoint = { url, wantsToken: true };
        assert.deepEqual(contentOf(endpoint, form), serverDefinition(dialect, endpoint, form)?.properties);
        assert.equal(contentOf({ url: 'http://alice:s3cret@h/mcp' }, form), undefined);
      }
    }
  });

  it('finds what it wrote, with its place and its meaning', () => {
    fc.assert(
      fc.property(anyEdit, ({ dialect, text, properties }) => {
        const format = serverFormat(dialect);
        const result = applied(text, format.upsert(text, 'clawql', properties));
        const found = format.find(result, 'clawql');
        assert.ok(found);
        const said: unknown = JSON.parse(JSON.stringify(found.meaning));
        assert.deepEqual(said, objectAt(meaning(result), [...dialect.root, 'clawql']));
        const definition = result.slice(found.span.offset, spanEnd(found.span));
        assert.deepEqual(meaning(definition), said);
        assert.equal(format.find(applied(result, format.remove(result, 'clawql', 0)), 'clawql'), undefined);
      }),
      { numRuns: 1000 },
    );
  });

  it('shows where an entry leads or what it runs, and no secret', () => {
    const shown = (definition: object): string | undefined => {
      return named('cursor').find(JSON.stringify({ mcpServers: { a: definition } }), 'a')?.shown;
    };
    assert.equal(shown({ url: 'https://alice:s3cret@h/mcp?token=s3cret' }), 'https://h/mcp');
    assert.equal(shown({ url: '${env:CLAWQL_MCP_URL}' }), '${env:CLAWQL_MCP_URL}');
    assert.equal(shown({ command: 'npx', args: ['--token', 's3cret'] }), 'npx');
    assert.equal(shown({}), '');
    assert.equal(named('cursor').find('{}', 'a'), undefined);
  });

  it('says where a text cannot be read', () => {
    assert.equal(named('vscode').problemOf('{"servers": {}} // x'), undefined);
    assert.equal(named('vscode').problemOf(''), undefined);
    const problem = named('vscode').problemOf('{\n  "servers": }');
    assert.deepEqual([problem?.line, problem?.column, problem?.reason], [2, 14, 'a value belongs here']);
  });

  it('knows a file in which nothing is left but what was made round its entries', () => {
    for (const dialect of writtenDialects) {
      const format = serverFormat(dialect);
      const content = format.contentOf({ url }, 'literal');
      assert.ok(content);
      const created = applied('', format.upsert('', 'clawql', content));
      assert.equal(format.missingLevels(''), dialect.root.length);
      assert.equal(format.missingLevels(created), 0);
      assert.equal(format.isEmpty(created), false);
      assert.equal(format.isEmpty(applied(created, format.remove(created, 'clawql', 0))), true, dialect.id);
      const commented = created.replace('{', '{ // mine');
      assert.equal(format.isEmpty(applied(commented, format.remove(commented, 'clawql', 0))), false);
    }
    assert.equal(named('vscode').isEmpty('\ufeff{ "servers": {} }\r\n'), true);
    for (const text of ['{}', '', '{"servers":{"a":{}}}', '{"servers":{},"inputs":[]}', '{"mcpServers":{}}']) {
      assert.equal(named('vscode').isEmpty(text), false, text);
    }
  });
});
