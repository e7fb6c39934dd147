import assert from 'node:assert/strict';
import { isWritten, type WrittenDialect } from '../../../../src/core/mcp/dialect.ts';
import { dialectOf, writtenDialects } from '../../../../src/core/mcp/dialects.ts';
import {
  serverDefinition,
  valueOfVariable,
  variableUrl,
  type EntryForm,
} from '../../../../src/core/mcp/serverDefinition.ts';

const url = 'http://clawql-1.example.ts.net:8080/mcp';

function dialectAt(file: string): WrittenDialect {
  const dialect = dialectOf(file);
  assert.ok(dialect && isWritten(dialect), file);
  return dialect;
}

function defined(file: string, endpoint: string, form: EntryForm, wantsToken?: boolean): unknown {
  return serverDefinition(dialectAt(file), { url: endpoint, wantsToken }, form);
}

describe('serverDefinition', () => {
  it('holds the URL as it is', () => {
    assert.deepEqual(defined('.vscode/mcp.json', url, 'literal'), {
      properties: { type: 'http', url },
      environment: {},
    });
    assert.deepEqual(defined('.cursor/mcp.json', url, 'literal'), { properties: { url }, environment: {} });
    assert.deepEqual(defined('.codeium/windsurf/mcp_config.json', url, 'literal'), {
      properties: { serverUrl: url },
      environment: {},
    });
    assert.deepEqual(defined('/w/team.code-workspace', url, 'literal'), defined('.vscode/mcp.json', url, 'literal'));
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
    assert.deepEqual(defined('.codeium/windsurf/mcp_config.json', url, 'variable'), {
      properties: { serverUrl: '${env:CLAWQL_MCP_URL}' },
      environment: { CLAWQL_MCP_URL: url },
    });
  });

  it('names the variable of a token in a header, in the form that each client can expand', () => {
    const header = (file: string): unknown => {
      return serverDefinition(dialectAt(file), { url, wantsToken: true }, 'literal')?.properties['headers'];
    };
    for (const file of [
      '.vscode/mcp.json',
      '/w/team.code-workspace',
      '.cursor/mcp.json',
      '.codeium/windsurf/mcp_config.json',
    ]) {
      assert.deepEqual(header(file), { Authorization: 'Bearer ${env:CLAWQL_API_KEY}' }, file);
    }
    assert.deepEqual(header('.mcp.json'), { Authorization: 'Bearer ${CLAWQL_API_KEY}' });
    assert.deepEqual(defined('.mcp.json', url, 'variable', false), defined('.mcp.json', url, 'variable'));
  });

  it('gives the reference and the value that mean the endpoint together', () => {
    for (const dialect of writtenDialects) {
      for (const endpoint of [url, 'https://h.ts.net/clawql/mcp', 'http://[fd7a::1]:8080/mcp?x=1']) {
        const { reference } = dialect.written.variable;
        const text = variableUrl(dialect, endpoint);
        assert.equal(text?.split(reference).length, 2, text);
        assert.equal(text.replace(reference, valueOfVariable(dialect.written.variable, endpoint) ?? ''), endpoint);
      }
    }
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
    for (const endpoint of refused) {
      for (const dialect of writtenDialects) {
        for (const form of ['literal', 'variable'] as const)
          assert.equal(serverDefinition(dialect, { url: endpoint }, form), undefined, endpoint);
        assert.equal(variableUrl(dialect, endpoint), undefined, endpoint);
        assert.equal(valueOfVariable(dialect.written.variable, endpoint), undefined, endpoint);
      }
    }
  });
});
