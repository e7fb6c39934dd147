import assert from 'node:assert/strict';

import { describeHolding, describeState, type Holding } from '../../../../src/core/mcp/holding.ts';

const uri = 'file:///w/.cursor/mcp.json';
const placeOf = (of: string): string => of.replace('file:///w/', '');

const table: readonly (readonly [Holding, string])[] = [
  [{ kind: 'ours', what: 'CLAWQL_MCP_HOST', value: 'h:8080' }, 'CLAWQL_MCP_HOST: h:8080'],
  [{ kind: 'ours', what: '"clawql"', value: 'http://h/mcp', at: uri }, '"clawql" in .cursor/mcp.json: http://h/mcp'],
  [
    { kind: 'yours', what: 'CLAWQL_MCP_HOST', value: 'mine:1', by: 'the shell', beatsPick: true },
    'your own CLAWQL_MCP_HOST: mine:1, set by the shell, beats the pick',
  ],
  [
    { kind: 'yours', what: 'CLAWQL_MCP_HOST', value: 'h:8080', by: 'the shell', beatsPick: false },
    'your own CLAWQL_MCP_HOST: h:8080, set by the shell',
  ],
  [
    { kind: 'yours', what: '"clawql"', value: 'http://mine/mcp', by: 'a change of the file', beatsPick: true, at: uri },
    'your own "clawql" in .cursor/mcp.json: http://mine/mcp, set by a change of the file, beats the pick',
  ],
  [{ kind: 'standing-back', reason: 'the file has it' }, 'stands back: the file has it'],
  [
    { kind: 'failed', reason: 'line 1, column 2: a comma belongs here' },
    'failed: line 1, column 2: a comma belongs here',
  ],
  [{ kind: 'failed', reason: 'it is read-only', at: uri }, 'failed in .cursor/mcp.json: it is read-only'],
];

describe('describeHolding', () => {
  for (const [holding, text] of table) {
    it(`says ${JSON.stringify(text)}`, () => assert.equal(describeHolding(holding, placeOf), text));
  }

  it('names a file by its URI where nobody knows a better name', () => {
    assert.equal(describeHolding({ kind: 'failed', reason: 'x', at: uri }), `failed in ${uri}: x`);
  });
});

describe('describeState', () => {
  it('puts all holdings in one line, in their order', () => {
    const [one, , two] = table;
    assert.ok(one && two);
    assert.equal(describeState([one[0], two[0]], placeOf), `${one[1]}; ${two[1]}`);
    assert.equal(describeState([two[0], one[0]], placeOf), `${two[1]}; ${one[1]}`);
  });

  it('says that there is nothing', () => assert.equal(describeState([]), 'nothing of ours'));
});
