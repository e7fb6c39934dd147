import assert from 'node:assert/strict';

import fc from 'fast-check';

import { shownReference, shownUrl } from '../../../../src/core/mcp/shownUrl.ts';
import { cpuTime } from '../../../support/cpuTime.ts';

describe('shownUrl', () => {
  const table: readonly (readonly [string, string])[] = [
    ['http://clawql-1.tail1a2b3.ts.net:8080/mcp', 'http://clawql-1.tail1a2b3.ts.net:8080/mcp'],
    ['https://[fd7a:115c:a1e0::1]/mcp', 'https://[fd7a:115c:a1e0::1]/mcp'],
    ['clawql-1.tail1a2b3.ts.net:8080', 'clawql-1.tail1a2b3.ts.net:8080'],
    ['clawql-1', 'clawql-1'],
    ['[fd7a:115c:a1e0::1]:8080', '[fd7a:115c:a1e0::1]:8080'],
    ['https://alice:s3cret@h.example/mcp', 'https://h.example/mcp'],
    ['https://s3cret@h.example/mcp', 'https://h.example/mcp'],
    ['https://h.example/mcp?token=s3cret', 'https://h.example/mcp'],
    ['https://h.example/mcp#s3cret', 'https://h.example/mcp'],
    ['alice:s3cret@h.example:8080', 'another value'],
    ['h.example/mcp?token=s3cret', 'another value'],
    ['Bearer s3cret', 'another value'],
    ['', 'another value'],
    ['http://${env:CLAWQL_MCP_HOST}/mcp', 'http://${env:CLAWQL_MCP_HOST}/mcp'],
    ['http://${CLAWQL_MCP_HOST}/mcp', 'http://${CLAWQL_MCP_HOST}/mcp'],
    ['http://$CLAWQL_MCP_HOST:8080/mcp', 'http://$CLAWQL_MCP_HOST:8080/mcp'],
    ['http://{env:CLAWQL_MCP_HOST}/mcp', 'http://{env:CLAWQL_MCP_HOST}/mcp'],
    ['http://${env:H}:${env:P}/mcp', 'another value'],
    ['https://clawql-${env:N}.tail1a2b3.ts.net/mcp', 'https://clawql-${env:N}.tail1a2b3.ts.net/mcp'],
    ['${env:CLAWQL_MCP_URL}', '${env:CLAWQL_MCP_URL}'],
    ['${CLAWQL_MCP_URL}', '${CLAWQL_MCP_URL}'],
    ['$CLAWQL_MCP_URL', '$CLAWQL_MCP_URL'],
    ['{env:CLAWQL_MCP_URL}', '{env:CLAWQL_MCP_URL}'],
    ['${env:H}:8080', '${env:H}:8080'],
    ['https://alice:s3cret@${env:H}/mcp', 'another value'],
    ['https://alice:s3cret@${H}/mcp', 'https://${h}/mcp'],
    ['http://${env:H}/mcp?token=s3cret', 'another value'],
    ['http://${H}/mcp?token=s3cret', 'http://${h}/mcp'],
    ['http://${env:H}/mcp#s3cret', 'another value'],
    ['${CLAWQL_MCP_URL:-http://alice:s3cret@h/mcp}', 'another value'],
    ['http://${env:H}/mcp\nBearer s3cret', 'another value'],
    ['http://https://alice:s3cret@h/mcp', 'another value'],
  ];
  for (const [text, shown] of table) {
    it(`shows ${JSON.stringify(text)} as ${JSON.stringify(shown)}`, () => assert.equal(shownUrl(text), shown));
  }

  it('never shows user, password, query or fragment, whatever stands round them', () => {
    const part = fc.constantFrom(
      '${env:H}',
      '$H',
      '${H:-x}',
      '{env:H}',
      'h',
      ':8080',
      '/mcp',
      '/',
      '[',
      ' ',
      '\\',
      '%40',
    );
    const parts = fc.array(part, { maxLength: 6 }).map((all) => all.join(''));
    const scheme = fc.constantFrom('', 'http://', 'https://', 'http:', 'http://http://', 'https:\\\\');
    const user = fc.constantFrom('', 'alice:s3cret@', 's3cret:@', ':s3cret@');
    const rest = fc.constantFrom('', '?token=s3cret', '#s3cret', '?s3cret', '?a=b#s3cret');
    fc.assert(
      fc.property(scheme, user, parts, rest, parts, (...all) => {
        assert.doesNotMatch(shownUrl(all.join('')), /s3cret/);
      }),
      { numRuns: 1000 },
    );
  });

  it('takes no time over a text that is made to take much', () => {
    const texts = [
      `${'$a'.repeat(500)}!`,
      `${'$a'.repeat(499)}!`,
      `${'${a}'.repeat(249)}!`,
      `${'{a:'.repeat(300)}!`,
      `${'a'.repeat(999)}!`,
      `${'$'.repeat(999)}!`,
      `${'$_'.repeat(400)}${':1'.repeat(40)}`,
      `http://${'a.'.repeat(400)}/${'a/'.repeat(90)}?`,
      `http://${'${'.repeat(50_000)}`,
      'a'.repeat(100_000),
      `http://${'a'.repeat(100_000)}`,
      '[]'.repeat(50_000),
    ];
    for (const text of texts) {
      const ms = cpuTime(() => [shownUrl(text), shownReference(text)]);
      assert.ok(ms < 500, `${text.slice(0, 40)}: ${ms} ms`);
    }
  });
});

describe('shownReference', () => {
  const table: readonly (readonly [string, string])[] = [
    ['CLAWQL_MCP_HOST', 'CLAWQL_MCP_HOST'],
    ['ProgramFiles(x86)', 'ProgramFiles(x86)'],
    ['${input:clawql-host}', '${input:clawql-host}'],
    ['${workspaceFolder}', '${workspaceFolder}'],
    ['${command:clawql.host}', '${command:clawql.host}'],
    ['${file:/run/secrets/host}', '${file:/run/secrets/host}'],
    ['{file:~/.host}', '{file:~/.host}'],
    ['HOST:-s3cret', 'HOST…'],
    ['HOST:-http://alice:s3cret@h', 'HOST…'],
    ['HOST:s3cret', 'HOST…'],
    ['${HOST:-s3cret}', '${HOST…}'],
    ['${input:x?token=s3cret}', '${input:…}'],
    ['${file:C:\\s3cret}', '${file:…}'],
    ['a s3cret', 'a…'],
    ['', ''],
    ['a'.repeat(300), `${'a'.repeat(300)}…`],
  ];
  for (const [text, shown] of table) {
    it(`shows ${JSON.stringify(text).slice(0, 60)} as ${JSON.stringify(shown).slice(0, 60)}`, () =>
      assert.equal(shownReference(text), shown));
  }
});
