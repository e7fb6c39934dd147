import assert from 'node:assert/strict';
import { fixAll } from '../../../../src/core/diagnostics/fixAll.ts';
import type { Fix } from '../../../../src/core/diagnostics/fix.ts';
import type { Problem } from '../../../../src/core/diagnostics/rule.ts';
import { applyEdits } from '../../../../src/core/text.ts';
import { oneHost, problemsOf, twoHosts } from './world.ts';

function fix(kind: 'preferred' | 'safe' | 'other', ...edits: readonly (readonly [number, number, string])[]): Fix {
  return {
    kind: 'edit',
    title: kind,
    isPreferred: kind === 'preferred',
    ...(kind === 'safe' ? { isSafe: true } : {}),
    edits: edits.map(([offset, length, text]) => ({ span: { offset, length }, text })),
  };
}

function mended(...problems: readonly (readonly Fix[])[]): string {
  const all = problems.map((fixes): Problem => ({
    ruleId: 'x',
    severity: 'warning',
    span: { offset: 0, length: 1 },
    message: '',
    fixes: () => fixes,
  }));
  return applyEdits('0123456789', fixAll(all));
}

describe('fixAll', () => {
  it('does what is safe or preferred, and nothing else', () => {
    const command: Fix = { kind: 'command', title: 'x', command: 'clawql.selectServer', arguments: [] };
    assert.equal(
      mended(
        [fix('other', [0, 1, 'o']), fix('safe', [1, 1, 's'])],
        [fix('preferred', [4, 1, 'p'])],
        [fix('other', [8, 1, 'o']), command],
      ),
      '0s23p56789',
    );
  });

  it('takes one fix a problem', () => {
    assert.equal(mended([fix('preferred', [0, 1, 'p']), fix('safe', [5, 1, 's'])]), 'p123456789');
  });

  it('leaves out, whole, what overlaps; what only touches goes in', () => {
    assert.equal(mended([fix('safe', [2, 3, 'a'])], [fix('safe', [4, 2, 'b'], [9, 1, 'b'])]), '01a56789');
    assert.equal(mended([fix('safe', [2, 3, 'a'])], [fix('safe', [5, 2, 'b'])]), '01ab789');
    assert.equal(mended([fix('safe', [2, 0, 'a'])], [fix('safe', [2, 0, 'b'])]), '01a23456789');
    assert.equal(mended([fix('safe', [2, 2, 'a'])], [fix('safe', [4, 0, 'b'])]), '01a456789');
    assert.equal(mended([fix('safe', [2, 2, 'a'])], [fix('safe', [3, 0, 'b'])]), '01a456789');
  });

  it('mends a document at once where one host is proved, and does nothing where two are', () => {
    const text = 'CLAWQL_MCP_URL=http://localhost:8080/mcp\nTIKA_BASE_URL=http://localhost:9998\n';
    const url = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
    assert.equal(
      applyEdits(text, fixAll(problemsOf('/w/.env', text, oneHost))),
      text.replace('http://localhost:8080/mcp', url),
    );
    assert.deepEqual(fixAll(problemsOf('/w/.env', text, twoHosts)), []);
  });
});
