import assert from 'node:assert/strict';

import { writtenDialects } from '../../../../src/core/mcp/dialects.ts';
import { variablesFor } from '../../../../src/core/mcp/variables.ts';

describe('variablesFor', () => {
  it('sets the variable of every client', () => {
    assert.deepEqual(variablesFor('http://clawql-1.tail1a2b3.ts.net:8080/mcp'), {
      CLAWQL_MCP_HOST: 'clawql-1.tail1a2b3.ts.net:8080',
      CLAWQL_MCP_URL: 'http://clawql-1.tail1a2b3.ts.net:8080/mcp',
    });
    const names = new Set(writtenDialects.map(({ written }) => written.variable.name));
    assert.deepEqual(new Set(Object.keys(variablesFor('https://h/mcp'))), names);
  });

  it('leaves out the usual port', () => {
    assert.equal(
      variablesFor('https://clawql-1.tail1a2b3.ts.net:443/mcp')['CLAWQL_MCP_HOST'],
      'clawql-1.tail1a2b3.ts.net',
    );
  });

  it('sets none for a URL that cannot be written', () => {
    for (const url of ['', 'mcp', 'ftp://h/', 'http://u:p@h/', 'http://h/${env:TOKEN}', 'http://h/#x']) {
      assert.deepEqual(variablesFor(url), {}, url);
    }
  });
});
