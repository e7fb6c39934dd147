import assert from 'node:assert/strict';
import { dialectOf, dialects } from '../../../../src/core/mcp/dialect.ts';
import { serverDefinition } from '../../../../src/core/mcp/serverDefinition.ts';

const url = 'http://clawql-1.example.ts.net:8080/mcp';

function defined(file: string, endpoint: string, form: 'literal' | 'variable'): unknown {
  const dialect = dialectOf(file);
  assert.ok(dialect);
  return serverDefinition(dialect, endpoint, form);
}

describe('dialect', () => {
  it('is told by the path alone', () => {
    const names = [
      '/w/.vscode/mcp.json',
      '/w/.cursor/mcp.json',
      '/w/.mcp.json',
      '.mcp.json',
      '/home/u/.cursor/mcp.json',
    ];
    assert.deepEqual(
      names.map((path) => dialectOf(path)?.id),
      ['vscode', 'cursor', 'claudeCode', 'claudeCode', 'cursor'],
    );
    for (const path of ['/w/mcp.json', '/w/x.mcp.json', '/w/.vscode/settings.json', '/w/.env'])
      assert.equal(dialectOf(path), undefined);
  });

  it('has each file and each id once', () => {
    assert.equal(new Set(dialects.map(({ file }) => file)).size, dialects.length);
    assert.equal(new Set(dialects.map(({ id }) => id)).size, dialects.length);
  });
});

describe('serverDefinition', () => {
  it('holds the URL as it is', () => {
    assert.deepEqual(defined('.vscode/mcp.json', url, 'literal'), {
      properties: { type: 'http', url },
      environment: {},
    });
    assert.deepEqual(defined('.cursor/mcp.json', url, 'literal'), { properties: { url }, environment: {} });
  });

  it('names the variable in the form that each client can expand', () => {
    assert.deepEqual(defined('.vscode/mcp.json', url, 'variable'), {
      properties: { type: 'http', url: 'http://${env:CLAWQL_MCP_HOST}/mcp' },
      environment: { CLAWQL_MCP_HOST: 'clawql-1.example.ts.net:8080' },
    });
    assert.deepEqual(defined('.vscode/mcp.json', 'https://h.ts.net/clawql/mcp', 'variable'), {
      properties: { type: 'http', url: 'https://${env:CLAWQL_MCP_HOST}/clawql/mcp' },
      environment: { CLAWQL_MCP_HOST: 'h.ts.net' },
    });
    assert.deepEqual(defined('.cursor/mcp.json', url, 'variable'), {
      properties: { url: '${env:CLAWQL_MCP_URL}' },
      environment: { CLAWQL_MCP_URL: url },
    });
    assert.deepEqual(defined('.mcp.json', url, 'variable'), {
      properties: { type: 'http', url: '${CLAWQL_MCP_URL}' },
      environment: { CLAWQL_MCP_URL: url },
    });
  });

  it('refuses a URL that is no plain one, above all one in which a client would expand a variable', () => {
    const refused = [
      'http://clawql-1:8080/mcp?x=${env:AWS_SECRET_ACCESS_KEY}',
      'http://clawql-1:8080/${input:token}',
      'http://user:secret@clawql-1:8080/mcp',
      'http://clawql-1:8080/mcp#x',
      'file:///etc/passwd',
      'clawql-1:8080/mcp',
      '',
    ];
    for (const endpoint of refused) assert.equal(defined('.cursor/mcp.json', endpoint, 'literal'), undefined, endpoint);
  });
});
