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
  const url = 'http://clawql-1.tail1a2b3.ts.net:8080/mcp';
  const here = { url, vantage: {} };
  const simulated = { kind: 'simulated', tools: 7, why: 'It starts later.' } as const;

  it('says how it is known, in the grades that there are, with the URL and from where', () => {
    assert.equal(
      proofText({ kind: 'observed', tools: 7, ...here }, 'VS Code'),
      `VS Code holds its 7 tools now, from ${url}, called from this machine.`,
    );
    assert.equal(
      proofText({ ...simulated, ...here }, 'VS Code'),
      `It listed 7 tools when ${url} was called from this machine as VS Code would. It starts later.`,
    );
    assert.equal(proofText({ kind: 'unknown', settledBy: 'Look there.', vantage: {} }, 'Cursor'), 'Look there.');
  });

  it('names the remote machine from where it was seen', () => {
    const vantage = { remote: 'dev-container' };
    for (const grade of [{ kind: 'observed', tools: 7 } as const, simulated]) {
      assert.match(
        proofText({ ...grade, url, vantage }, 'VS Code'),
        /called from the remote machine \(dev-container\)/,
      );
    }
  });

  it('does without the URL where it is not known, and shows no secret of one', () => {
    assert.match(proofText({ ...simulated, vantage: {} }, 'VS Code'), /when it was called from this machine/);
    const secret = 'https://alice:s3cret@h.example/mcp?token=s3cret#s3cret';
    for (const grade of [{ kind: 'observed', tools: 7 } as const, simulated]) {
      const text = proofText({ ...grade, url: secret, vantage: {} }, 'VS Code');
      assert.match(text, /https:\/\/h\.example\/mcp/);
      assert.doesNotMatch(text, /s3cret|alice/);
    }
  });
});
