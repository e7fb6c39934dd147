import assert from 'node:assert/strict';

import * as vscode from 'vscode';

import { needsWorkbench } from '../../host/support/workbench.ts';
import { eventually } from '../../support/editor/eventually.ts';
import { askWhoAnswers } from './support/askClawql.ts';
import { folderState } from './support/folderState.ts';
import { clawqlServers, select } from './support/operate.ts';

function variables(): Readonly<Record<string, string | undefined>> {
  return { url: process.env['CLAWQL_MCP_URL'], host: process.env['CLAWQL_MCP_HOST'] };
}

/** The settings in force that could have to do with MCP servers, ours and VS Code's. */
function settings(): string {
  return JSON.stringify(['clawql', 'mcp', 'chat.mcp'].map((section) => vscode.workspace.getConfiguration(section)));
}

describe("VS Code's own MCP client on the tailnet", function () {
  this.timeout(90_000);
  const folder = vscode.workspace.workspaceFolders![0]!;
  const managed = process.env['CLAWQL_LAB_CONTROL'] === 'managed';
  const urlOf = (host: string): string =>
    managed ? `https://${host}.tail0a1b2c.ts.net/mcp` : `http://${host}.clawql.test:8080/mcp`;
  let initial: Readonly<Record<string, string>>;
  let initialSettings: string;

  before('remember the workspace as it is', async () => {
    initial = await folderState(folder.uri.fsPath);
    initialSettings = settings();
    assert.deepEqual(variables(), { url: undefined, host: undefined });
  });

  it('calls a tool on the host that was picked from the palette, and the extension says that it saw it', async function () {
    const workbench = needsWorkbench(this);
    const said = await select(workbench, 'clawql-1');
    assert.match(said, /holds its 7 tools now/);
    assert.equal(await askWhoAnswers(workbench, 'live'), 'clawql-1');
    assert.equal(variables()['url'], urlOf('clawql-1'));
    const item = await workbench.waitForStatusBar('ClawQL: clawql-1');
    assert.match(item.label, /clawql-mcp 5\.0\.0 answers at/);
  });

  it('calls the other host after it was picked, without a reload', async function () {
    const workbench = needsWorkbench(this);
    await select(workbench, 'clawql-2');
    assert.equal(await askWhoAnswers(workbench, 'live'), 'clawql-2');
  });

  it('reaches the host by the entry that was written to .vscode/mcp.json, once', async function () {
    const workbench = needsWorkbench(this);
    await workbench.dismissNotifications();
    await workbench.palette('ClawQL: Write It to mcp.json…');
    await workbench.pick('.vscode/mcp.json');
    await workbench.waitForNotification('Written to .vscode/mcp.json');
    const file = vscode.Uri.joinPath(folder.uri, '.vscode', 'mcp.json');
    const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
    const scheme = managed ? 'https' : 'http';
    assert.deepEqual(JSON.parse(text), {
      servers: { clawql: { type: 'http', url: `${scheme}://\${env:CLAWQL_MCP_HOST}/mcp` } },
    });
    assert.doesNotMatch(text, /clawql-2/);
    await workbench.clickNotificationButton('Written to .vscode/mcp.json', 'Start the Server');
    await workbench.waitForNotification('Started');
    assert.deepEqual(await clawqlServers(workbench), ['clawql']);
    assert.equal(await askWhoAnswers(workbench, 'file'), 'clawql-2');
  });

  it('follows the pick by the file too, without a reload', async function () {
    const workbench = needsWorkbench(this);
    await select(workbench, 'clawql-1');
    assert.equal(await askWhoAnswers(workbench, 'file'), 'clawql-1');
    assert.deepEqual(await clawqlServers(workbench), ['clawql']);
  });

  it('leaves everything as it was after Disconnect', async function () {
    const workbench = needsWorkbench(this);
    await workbench.dismissNotifications();
    await workbench.palette('ClawQL: Disconnect');
    await workbench.waitForNotification('taken back');
    assert.deepEqual(await folderState(folder.uri.fsPath), initial);
    // VS Code keeps the content of mcp.json as a setting too, and hears of the file's end by its watcher.
    await eventually(
      () => Promise.resolve(settings()),
      (now) => (now === initialSettings ? true : undefined),
      (now) => `The settings were ${initialSettings} and are ${now}`,
    );
    assert.deepEqual(variables(), { url: undefined, host: undefined });
    assert.deepEqual(
      vscode.window.tabGroups.all.flatMap((group) => group.tabs),
      [],
    );
    await eventually(
      () => clawqlServers(workbench),
      (servers) => (servers.length === 0 ? true : undefined),
      (servers) => `VS Code still lists ${servers.join(', ')}`,
    );
    await workbench.waitForStatusBar('ClawQL: Select Server');
  });
});
