import assert from 'node:assert/strict';

import type { Health } from '../../../../src/core/health.ts';
import type { Holding, ProjectionState } from '../../../../src/core/mcp/holding.ts';
import type { Proof } from '../../../../src/core/mcp/proof.ts';
import { connectionRows, type ConnectionInput } from '../../../../src/core/views/connectionRows.ts';
import type { TreeRow } from '../../../../src/core/views/treeRow.ts';
import { node, selectionOf } from '../../support/builders.ts';
import { hostile } from '../../support/hostileTexts.ts';

const selection = selectionOf(node('clawql-1'));
const well = {
  code: 'ok',
  kind: 'ok',
  label: 'clawql-1',
  cause: 'It answers.',
  actions: [],
  at: 5_000,
} as const satisfies Health;
const proof: Proof = { kind: 'observed', tools: 7, url: selection.url, vantage: {} };
const file = 'file:///w/.vscode/mcp.json';

function rows(parts: Partial<ConnectionInput> = {}): readonly TreeRow[] {
  return connectionRows({
    snapshot: { selection, health: well },
    proof,
    projections: [],
    editorName: 'VS Code',
    placeOf: (uri) => uri.replace('file:///w/', ''),
    ...parts,
  });
}

/** The row of one projection in this state. */
function projection(state: ProjectionState, id = 'files-window'): TreeRow {
  const [, row] = rows({ projections: [{ id, title: 'Entries in the workspace', state }] });
  assert.ok(row);
  return row;
}

/** The row of one holding. */
function holding(one: Holding): TreeRow {
  const [row] = projection([one]).children;
  assert.ok(row);
  return row;
}

function every(row: TreeRow): readonly TreeRow[] {
  return [row, ...row.children.flatMap(every)];
}

describe('connectionRows', () => {
  const nothing = { snapshot: { selection: undefined, health: { kind: 'not-selected' } } } as const;
  const empty = { id: 'files-window', title: 'Entries in the workspace', state: [] };

  it('are none where nothing is selected and nothing is left of an earlier selection', () => {
    assert.deepEqual(rows({ ...nothing, projections: [empty] }), []);
  });

  it('show what could not be taken back after Disconnect, without a selection', () => {
    const state: ProjectionState = [{ kind: 'failed', reason: 'it is read-only', at: file }];
    const [row, ...others] = rows({ ...nothing, projections: [{ ...empty, state }] });
    assert.deepEqual(others, []);
    assert.deepEqual([row?.id, row?.description], ['files-window', 'failed']);
  });

  it('begin with the selection: its host, the grade of the proof and the URL', () => {
    const [row, ...others] = rows({ projections: [empty] });
    assert.deepEqual(row, {
      id: 'selection',
      label: 'clawql-1',
      description: 'observed · https://clawql-1.tail1a2b3.ts.net/mcp',
      icon: 'pass',
      color: 'testing.iconPassed',
      tooltip:
        'It answers. observed: VS Code holds its 7 tools now, from https://clawql-1.tail1a2b3.ts.net/mcp, called from this machine.',
      accessibleLabel: 'clawql-1: observed · https://clawql-1.tail1a2b3.ts.net/mcp',
      context: 'selection',
      children: [],
    });
    assert.deepEqual(
      others.map(({ id }) => id),
      ['files-window'],
    );
  });

  const healths: readonly (readonly [Health, string])[] = [
    [well, 'pass'],
    [{ ...well, kind: 'warning' }, 'warning'],
    [{ ...well, kind: 'error' }, 'error'],
    [{ ...well, kind: 'unknown' }, 'question'],
    [{ kind: 'checking', label: 'clawql-1' }, 'circle-outline'],
  ];
  for (const [health, icon] of healths) {
    it(`show a selection that is ${health.kind} by an icon of its own`, () => {
      assert.equal(rows({ snapshot: { selection, health } })[0]?.icon, icon);
    });
  }
});

describe('connectionRows of a projection', () => {
  const ours: Holding = { kind: 'ours', what: 'CLAWQL_MCP_HOST', value: 'clawql-1:8080' };
  const yours: Holding = { ...ours, kind: 'yours', value: 'mine.example', by: 'your shell', beatsPick: true };
  const back: Holding = { kind: 'standing-back', reason: '.vscode/mcp.json has the server "clawql"' };
  const failed: Holding = { kind: 'failed', reason: 'it is read-only' };
  const table: readonly (readonly [string, ProjectionState, string])[] = [
    ['nothing', [], 'nothing of ours'],
    ['what is ours', [ours], ''],
    ["a value of the user's own that says the same", [{ ...yours, beatsPick: false }], ''],
    ["a value of the user's own that beats the pick", [ours, yours], 'your own value beats the pick'],
    ['what stands back', [back], 'stands back'],
    ['a failure before everything else', [yours, back, failed], 'failed'],
  ];
  for (const [what, state, summary] of table) {
    it(`sum up ${what}`, () => {
      const row = projection(state);
      assert.deepEqual([row.label, row.description], ['Entries in the workspace', summary]);
      assert.equal(row.accessibleLabel.startsWith('Entries in the workspace'), true);
      assert.equal(row.children.length, state.length);
    });
  }

  it('have an icon for each of the places, and one for a place of later', () => {
    const ids = [
      'live-registration',
      'extension-host-environment',
      'terminal-environment',
      'files-window',
      'files-user',
    ];
    const icons = [...ids, 'another'].map((id) => projection([], id).icon);
    assert.equal(new Set(icons).size, icons.length);
  });

  it('name an entry of ours by its key, and what to take back', () => {
    const row = holding({ kind: 'ours', what: '"clawql"', value: '${env:CLAWQL_MCP_URL}', at: file });
    assert.deepEqual([row.label, row.description], ['"clawql" in .vscode/mcp.json', '${env:CLAWQL_MCP_URL}']);
    assert.deepEqual(row.entry, { uri: file, key: 'clawql' });
    assert.deepEqual([row.context, row.opens], ['written-entry', { uri: file }]);
    assert.match(row.tooltip, /Set by ClawQL Tailnet; Disconnect takes it back\.$/);
  });

  it('offer to take back nothing but an entry of a file', () => {
    assert.deepEqual(
      [ours, yours, back, failed, { ...yours, at: file }, { ...failed, at: file }].map((one) => holding(one).context),
      [undefined, undefined, undefined, undefined, undefined, undefined],
    );
  });

  it("say of a value of the user's own who set it, and whether it beats the pick", () => {
    const row = holding(yours);
    assert.equal(row.description, 'mine.example · yours, beats the pick');
    assert.match(row.tooltip, /is mine\.example, set by your shell\. It beats the pick and is not touched: /);
    const same = holding({ ...yours, beatsPick: false });
    assert.equal(same.description, 'mine.example · yours');
    assert.match(same.tooltip, /set by your shell\. It says the same as the pick\.$/);
  });

  it('open the file in which something failed', () => {
    const row = holding({ ...failed, at: file });
    assert.deepEqual([row.label, row.description], ['Failed in .vscode/mcp.json', 'it is read-only']);
    assert.deepEqual([row.tooltip, row.opens], ['.vscode/mcp.json: it is read-only.', { uri: file }]);
  });

  it('have ids of their own', () => {
    const all = rows({
      projections: [
        { id: 'extension-host-environment', title: 'Variables for mcp.json', state: [ours, yours] },
        { id: 'terminal-environment', title: 'Variables in terminals', state: [ours, failed] },
      ],
    }).flatMap(every);
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
  });

  it('stay in one line, whatever a host or a file is called', () => {
    for (const text of hostile) {
      const state: ProjectionState = [
        { kind: 'ours', what: `"${text}"`, value: text, at: `file:///w/${text}` },
        { kind: 'yours', what: text, value: text, by: text, beatsPick: true },
        { kind: 'standing-back', reason: text },
        { kind: 'failed', reason: text, at: text },
      ];
      const all = rows({
        snapshot: { selection: { ...selection, label: text }, health: { ...well, cause: text } },
        projections: [{ id: 'files-window', title: 'Entries in the workspace', state }],
      }).flatMap(every);
      for (const { label, description, tooltip } of all) {
        assert.doesNotMatch(label + description + tooltip, /[\p{Cc}\p{Cf}\u2028\u2029]/u);
      }
    }
  });
});
