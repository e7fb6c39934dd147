import assert from 'node:assert/strict';

import { unsetVariable } from '../../../../src/core/diagnosis/unsetVariable.ts';
import type { ConfigurationReport } from '../../../../src/core/mcp/configuration.ts';
import { readServers } from '../../../../src/core/mcp/configuration.ts';
import { dialects } from '../../../../src/core/mcp/dialects.ts';
import { configurationReport } from '../../../../src/core/views/configurations/configurationReport.ts';
import { host, node, report, running, selectionOf, snapshot } from '../../support/builders.ts';

const clawql = node('clawql-1');
const selection = selectionOf(clawql);
const world = snapshot({ tailnet: running([clawql]), hosts: [report(host(clawql), [])], selection });
const own = ['vscode', 'vscodeWorkspace'];
const unset = 'https://${env:CLAWQL_MCP_HOST}/mcp';

/** The report on a file with these servers. */
function file(
  label: string,
  servers: Readonly<Record<string, string>>,
  { id = 'vscode', kind = 'this-window' }: { id?: string; kind?: 'this-window' | 'program' } = {},
): ConfigurationReport {
  const dialect = dialects.find((one) => one.id === id)!;
  const entries: [string, unknown][] = Object.entries(servers).map(([key, url]) => [key, { type: 'http', url }]);
  const text = JSON.stringify({ [id === 'vscode' ? 'servers' : 'mcpServers']: Object.fromEntries(entries) });
  const read = { uri: `file:///${label}`, label, dialect, reader: { kind }, reading: readServers(text, dialect) };
  return configurationReport(read, { snapshot: world, environment: {}, isOurs: () => false });
}

describe('unsetVariable', () => {
  it('is the first that an entry of the editor names, and the window does not have', () => {
    const reports = [file('.vscode/mcp.json', { other: selection.url.replace('-1', '-9'), clawql: unset })];
    assert.deepEqual(unsetVariable(reports, own), {
      name: 'CLAWQL_MCP_HOST',
      file: '.vscode/mcp.json',
      key: 'clawql',
    });
  });

  it('is none in the files of other clients, and of what is not seen', () => {
    const cursor = file('.cursor/mcp.json', { clawql: unset }, { id: 'cursor', kind: 'program' });
    assert.equal(
      unsetVariable([cursor, file('x', { clawql: unset }, { kind: 'program' })], [...own, 'cursor']),
      undefined,
    );
    assert.equal(unsetVariable([file('.vscode/mcp.json', { clawql: unset })], ['cursor']), undefined);
  });

  it('is none where another entry leads to the server, unless VS Code takes only one of the two', () => {
    const broken = file('.vscode/mcp.json', { clawql: unset });
    assert.equal(unsetVariable([broken, file('User mcp.json', { another: selection.url })], own), undefined);
    assert.ok(unsetVariable([broken, file('User mcp.json', { clawql: selection.url })], own));
  });

  it('is none where every variable is set', () => {
    assert.equal(unsetVariable([file('.vscode/mcp.json', { clawql: selection.url })], own), undefined);
    assert.equal(unsetVariable([], own), undefined);
  });
});
