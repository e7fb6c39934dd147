import assert from 'node:assert/strict';

import type { ConfigurationReport, Relation, ServerReport } from '../../../../../src/core/mcp/configuration.ts';
import { dialectById } from '../../../../../src/core/mcp/dialects.ts';
import { configurationRows } from '../../../../../src/core/views/configurations/configurationRows.ts';
import type { TreeRow } from '../../../../../src/core/views/treeRow.ts';
import { hostile } from '../../../support/hostileTexts.ts';

const uri = 'file:///w/.cursor/mcp.json';
const url = 'https://clawql-1.tail1a2b3.ts.net/mcp';

function server(parts: Partial<ServerReport> = {}): ServerReport {
  return {
    key: 'clawql',
    span: { offset: 20, length: 40 },
    written: '${env:CLAWQL_MCP_URL}',
    resolved: { kind: 'url', url },
    relation: 'in-line',
    sentence: `Cursor calls ${url}.`,
    isOurs: false,
    canAlign: false,
    ...parts,
  };
}

function file(parts: Partial<ConfigurationReport> = {}, label = '.cursor/mcp.json'): ConfigurationReport {
  const dialect = dialectById('cursor');
  assert.ok(dialect);
  const reading = { kind: 'failed', reason: 'not looked at here' } as const;
  return { file: { uri, label, dialect, reader: { kind: 'program' }, reading }, servers: [server()], ...parts };
}

/** The row of the one file, and the row of the one server in it. */
function rowsOf(report: ConfigurationReport): readonly [TreeRow, TreeRow | undefined] {
  const [row, ...others] = configurationRows([report]);
  assert.ok(row);
  assert.deepEqual(others, []);
  return [row, row.children[0]];
}

describe('configurationRows', () => {
  it('are none where no file tells of ClawQL', () => {
    assert.deepEqual(configurationRows([]), []);
  });

  it('show a file by the client that reads it, and open it', () => {
    const [row] = rowsOf(file());
    assert.deepEqual(row, {
      id: uri,
      label: '.cursor/mcp.json',
      description: 'Cursor',
      icon: 'file-code',
      tooltip: '.cursor/mcp.json, read by Cursor',
      accessibleLabel: '.cursor/mcp.json: Cursor',
      opens: { uri },
      children: row.children,
    });
  });

  it('show what is wrong with a file, and open it at that place', () => {
    const [row] = rowsOf(file({ problem: { offset: 30, reason: 'a comma belongs here' } }));
    assert.deepEqual([row.description, row.icon], ['Cursor · a comma belongs here', 'warning']);
    assert.deepEqual(
      [row.tooltip, row.opens],
      ['.cursor/mcp.json: a comma belongs here.', { uri, span: { offset: 30, length: 0 } }],
    );
    assert.equal(row.children.length, 1);
  });

  it('open a server at its place, and stand for its entry', () => {
    const [, row] = rowsOf(file());
    assert.deepEqual([row?.id, row?.label], [`${uri}#clawql`, 'clawql']);
    assert.deepEqual(row?.opens, { uri, span: { offset: 20, length: 40 } });
    assert.deepEqual(row.entry, { uri, key: 'clawql' });
    assert.equal(row.tooltip, `Cursor calls ${url}.`);
  });

  const relations: readonly (readonly [Relation, string, string])[] = [
    ['in-line', 'pass', `in line · ${url}`],
    ['differs', 'diff', `differs · ${url}`],
    ['unknown', 'question', `depends on its environment · ${url}`],
    ['not-checked', 'remote', `not checked here · ${url}`],
    ['no-selection', 'server', url],
  ];
  for (const [relation, icon, description] of relations) {
    it(`tell a server that is ${relation} by a word and an icon`, () => {
      const [, row] = rowsOf(file({ servers: [server({ relation })] }));
      assert.deepEqual([row?.icon, row?.description], [icon, description]);
      assert.equal(row?.accessibleLabel, `clawql: ${description}`);
    });
  }

  it('show what is written where it comes to no URL, and no secret of one', () => {
    const unseen = server({ resolved: { kind: 'unseen', names: ['CLAWQL_MCP_URL'] }, relation: 'unknown' });
    assert.equal(
      rowsOf(file({ servers: [unseen] }))[1]?.description,
      'depends on its environment · ${env:CLAWQL_MCP_URL}',
    );
    const secret = server({ resolved: { kind: 'url', url: 'https://user:secret@one.example/mcp?key=secret' } });
    assert.equal(rowsOf(file({ servers: [secret] }))[1]?.description, 'in line · https://one.example/mcp');
  });

  it('offer to bring in line what can be, and nothing else', () => {
    assert.equal(rowsOf(file({ servers: [server({ canAlign: true })] }))[1]?.context, 'differing-entry');
    assert.equal(rowsOf(file())[1]?.context, undefined);
  });

  it('say what is taken back by Disconnect', () => {
    const [, row] = rowsOf(file({ servers: [server({ isOurs: true })] }));
    assert.match(row?.tooltip ?? '', /\. Written by ClawQL Tailnet; Disconnect takes it back\.$/);
  });

  it('stay in one line, whatever a file, a key or a problem is called', () => {
    for (const text of hostile) {
      const problem = { offset: 0, reason: text };
      const servers = [server({ key: text, sentence: text, written: text, resolved: { kind: 'unknown' } })];
      const [row, inner] = rowsOf(file({ problem, servers }, text));
      for (const shown of [row, inner]) {
        assert.doesNotMatch(`${shown?.label}${shown?.description}${shown?.tooltip}`, /[\p{Cc}\p{Cf}\u2028\u2029]/u);
      }
    }
  });
});
