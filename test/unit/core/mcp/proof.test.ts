import assert from 'node:assert/strict';

import { clawqlTools, heldOf, proofText } from '../../../../src/core/mcp/proof.ts';

describe('clawqlTools', () => {
  it("finds ClawQL's tools by the server's own name, as VS Code from 1.106 on writes them", () => {
    const names = ['mcp_clawql-mcp_search', 'mcp_clawql-mcp_memory_ingest', 'mcp_github_search', 'copilot_readFile'];
    assert.deepEqual(clawqlTools(names), ['mcp_clawql-mcp_search', 'mcp_clawql-mcp_memory_ingest']);
  });

  it('finds them by the label or the key, as VS Code 1.105 writes them', () => {
    assert.deepEqual(clawqlTools(['mcp_ClawQL_search', 'mcp_clawql_execute', 'mcp_team-clawql_x']).length, 3);
  });

  it('takes no other tool for one', () => {
    for (const name of [
      'clawql_search',
      'mcp_search_clawql',
      'mcp_github_clawql_search',
      'x_mcp_clawql_y',
      'mcp_clawql',
      '',
    ]) {
      assert.deepEqual(clawqlTools([name]), [], name);
    }
  });
});

describe('heldOf', () => {
  it("counts a server's own tools among those that the editor holds", () => {
    const held = ['mcp_clawql-mcp_search', 'mcp_clawql-mcp_memory_ingest', 'mcp_clawql-mcp_gone'];
    assert.equal(heldOf(['search', 'execute', 'memory_ingest'], held), 2);
    assert.equal(heldOf(['search'], []), 0);
    assert.equal(heldOf([], held), 0);
  });
});

describe('proofText', () => {
  it('says how it is known, in the grades that there are', () => {
    assert.equal(proofText({ kind: 'observed', tools: 7 }, 'VS Code'), 'VS Code holds its 7 tools now.');
    const simulated = proofText({ kind: 'simulated', tools: 7, why: 'It starts later.' }, 'VS Code');
    assert.match(simulated, /listed 7 tools.*as VS Code would.*It starts later\.$/);
    assert.doesNotMatch(simulated, /VS Code holds/);
    assert.equal(proofText({ kind: 'unknown', settledBy: 'Look there.' }, 'Cursor'), 'Look there.');
  });
});
